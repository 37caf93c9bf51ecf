import type { Arrangement } from '../../contract/arrangement.ts';
import { tempoAt } from './marks.ts';
import { frameMeasures } from './measure-frames.ts';
import { writeMidiFile } from './midi-file.ts';
import { layMidiGrid } from './midi-grid.ts';
import { noteTracks, setTempo, songEvents } from './midi-tracks.ts';

/** Mezzo-forte. */
const PLAIN_VELOCITY = 80;

/**
 * The arrangement as plain notes for a notation program or a sequencer: bars from the file's start, one tempo, one
 * velocity. A pickup is a bar of its own length. Where the beat becomes another note value the tempo is written again,
 * since MIDI counts quarters and the beat keeps its speed.
 *
 * @throws SongleafError `score-invalid` where bars are not contiguous
 */
export function writeScoreMidi(arrangement: Arrangement): Uint8Array {
  const frames = frameMeasures(arrangement.bars);
  const grid = layMidiGrid(frames, 0);
  const conductor = songEvents(arrangement, frames, grid, false);
  frames.forEach((frame, at) => {
    const tempo = tempoAt(frames, at, arrangement.bpm);
    if (!tempo) return;
    const quarters = tempo.perMinute * (tempo.beatUnit === 'quarter' ? 1 : 1.5);
    conductor.push(setTempo(grid.toMidi(frame.start), Math.round(60e6 / quarters)));
  });
  return writeMidiFile([conductor, ...noteTracks(arrangement, grid, () => PLAIN_VELOCITY)]);
}
