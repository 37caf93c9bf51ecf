import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { arrangeGrid } from '../../../../main/engine/score/import/arrange-grid.ts';
import type { GridMusic } from '../../../../main/engine/score/import/grid-music.ts';
import { timeAt } from '../../../../main/engine/score/marks.ts';
import { frameMeasures } from '../../../../main/engine/score/measure-frames.ts';
import { Order, type TimedEvent, writeMidiFile } from '../../../../main/engine/score/midi-file.ts';
import { layMidiGrid } from '../../../../main/engine/score/midi-grid.ts';
import { setTempo, timeSignature } from '../../../../main/engine/score/midi-tracks.ts';
import { readParts } from '../../../../main/engine/score/musicxml-content.ts';
import { museScore, offscreen } from '../../../unit/score/tools.ts';
import { type PrintedPage, readPage } from './printed-notes.ts';

/** Bars and notes as a MIDI file with one piano track. A pickup is a bar of its own length. */
export function gridMidi(music: GridMusic): Uint8Array {
  const { bars, notes } = arrangeGrid(music, '0'.repeat(64));
  const frames = frameMeasures(bars);
  const grid = layMidiGrid(frames, 0);
  const conductor: TimedEvent[] = [setTempo(0, 600_000)];
  frames.forEach((frame, at) => {
    const time = at === 1 && frames[0]!.lead > 0 ? frame.time : timeAt(frames, at);
    if (!time) return;
    const share = frame.lead > 0 ? frame.length / (frame.length + frame.lead) : 1;
    conductor.push(timeSignature(grid.toMidi(frame.start), time.beats * share, time.beatType));
  });
  const events = notes.flatMap(({ start, duration, pitch, velocity }): TimedEvent[] => [
    {
      tick: grid.toMidi(start),
      order: Order.noteOn,
      event: { type: 'noteOn', channel: 0, noteNumber: pitch, velocity },
    },
    {
      tick: grid.toMidi(start + duration),
      order: Order.noteOff,
      event: { type: 'noteOff', channel: 0, noteNumber: pitch, velocity: 0 },
    },
  ]);
  const program: TimedEvent = {
    tick: 0,
    order: Order.program,
    event: { type: 'programChange', channel: 0, programNumber: 0 },
  };
  return writeMidiFile([conductor, [program, ...events]]);
}

/** What MuseScore engraves from the MIDI file of the same notes. Null where it fails. */
export function importWithMuseScore(music: GridMusic): PrintedPage | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-bench-'));
  try {
    const source = path.join(folder, 'in.mid');
    const target = path.join(folder, 'out.musicxml');
    writeFileSync(source, gridMidi(music));
    const { status } = spawnSync(museScore!, ['-o', target, source], { env: offscreen(), timeout: 120_000 });
    return status === 0 ? readPage(readParts(readFileSync(target, 'utf8'))) : null;
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
