import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MidiEvent, parseMidi } from 'midi-file';
import { type ChordQuality, chordQualities } from '../../../../main/contract/analysis.ts';
import type { PlayedNote, SongFixture } from './song-fixture.ts';

/** POP909 (Wang et al., ISMIR 2020; MIT licence), where somebody has put it beside the repository. */
export const pop909Folder =
  process.env.SONGLEAF_POP909 ?? join(process.env.SONGLEAF_DATA ?? '../shared', 'pop909');
/** People's downbeats and phrases for it (Dai, Jiang & Dannenberg; MIT licence). */
const structureFolder =
  process.env.SONGLEAF_POP909_STRUCTURE ?? join(process.env.SONGLEAF_DATA ?? '../shared', 'pop909-structure');

export const hasPop909 = existsSync(pop909Folder) && existsSync(structureFolder);

const pitchClasses: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const otherQualities: Record<string, ChordQuality> = { 'sus4(b7)': 'sus4' };
/** Semitones of Harte's bass degrees. */
const degrees: Record<string, number> = { '1': 0, '2': 2, '3': 4, '4': 5, '5': 7, '6': 9, '7': 11 };

/** Songs in four whose downbeats people marked and agree with the MIDI, by number. */
export function listSongs(): string[] {
  const rows = readFileSync(join(structureFolder, 'metre.csv'), 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [song, , first, match] = row.split(',');
    const isWholeBeat = Number(first) % 4 === 0;
    const isThere = existsSync(join(pop909Folder, song, `${song}.mid`));
    return Number(match) >= 0.9 && isWholeBeat && isThere ? [song] : [];
  });
}

/** Reads a song of `listSongs`. */
export function readSong(song: string): SongFixture {
  const folder = join(pop909Folder, song);
  const rows = (name: string) =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/));
  const beats = rows('beat_midi.txt').map(([time]) => Number(time));
  const metre = readFileSync(join(structureFolder, 'metre.csv'), 'utf8');
  const first = Number(new RegExp(`^${song},[^,]*,([^,]*),`, 'm').exec(metre)![1]) / 4;
  const nearest = (seconds: number) => {
    let best = 0;
    beats.forEach((time, i) => {
      if (Math.abs(time - seconds) < Math.abs(beats[best] - seconds)) best = i;
    });
    return best;
  };
  const chords = rows('chord_midi.txt').flatMap(([from, to, label]): SongFixture['chords'] => {
    const [a, b] = [nearest(Number(from)), nearest(Number(to))];
    return b > a ? [[a, b, readChord(label)]] : [];
  });
  const tracks = readTracks(join(folder, `${song}.mid`));
  const keyLabel = rows('key_audio.txt')[0][2];
  return {
    source: `POP909 ${song}`,
    licence: 'MIT',
    beats,
    firstPosition: 1 + ((4 - (((first % 4) + 4) % 4)) % 4),
    beatsPerBar: 4,
    chords,
    key: { tonic: readPitchClass(keyLabel), mode: keyLabel.endsWith('min') ? 'minor' : 'major' },
    sections: readSections(song, first),
    melody: tracks.MELODY ?? [],
    accompaniment: [...(tracks.PIANO ?? []), ...(tracks.BRIDGE ?? [])].sort((a, b) => a[0] - b[0]),
  };
}

function readPitchClass(label: string): number {
  const sharps = label[1] === '#' ? 1 : label[1] === 'b' ? -1 : 0;
  return (pitchClasses[label[0]] + sharps + 12) % 12;
}

function readChord(label: string): SongFixture['chords'][number][2] {
  if (label === 'N') return null;
  const [, name, kind, , flat, degree] = /^([A-G][#b]?):([^/]+)(\/(b?)(\d))?/.exec(label)!;
  const quality = (chordQualities as readonly string[]).includes(kind)
    ? (kind as ChordQuality)
    : otherQualities[kind];
  const root = readPitchClass(name);
  const bass = degree ? (root + degrees[degree] - (flat ? 1 : 0) + 12) % 12 : root;
  return [root, quality ?? 'maj', bass];
}

function readSections(song: string, first: number): SongFixture['sections'] {
  const text = readFileSync(join(structureFolder, song, 'human_label1.txt'), 'utf8').trim();
  const sections: SongFixture['sections'] = [];
  let beat = first;
  for (const [, label, bars] of text.matchAll(/([A-Za-z])(\d+)/g)) {
    if (beat >= 0) sections.push([beat, Number(bars) * 4, label]);
    beat += Number(bars) * 4;
  }
  return sections;
}

/** Notes of each named track in seconds. */
function readTracks(file: string): Record<string, PlayedNote[]> {
  const midi = parseMidi(readFileSync(file));
  const tempos: { tick: number; secondsPerTick: number; seconds: number }[] = [];
  const timed = (events: readonly MidiEvent[]) => {
    let tick = 0;
    return events.map((event) => {
      tick += event.deltaTime;
      return { tick, event };
    });
  };
  const perQuarter = midi.header.ticksPerBeat!;
  const changes = midi.tracks
    .flatMap(timed)
    .filter(({ event }) => event.type === 'setTempo')
    .sort((a, b) => a.tick - b.tick);
  for (const { tick, event } of [
    { tick: 0, event: { type: 'setTempo', microsecondsPerBeat: 500_000 } },
    ...changes,
  ]) {
    if (event.type !== 'setTempo') continue;
    const before = tempos.at(-1);
    const seconds = before ? before.seconds + (tick - before.tick) * before.secondsPerTick : 0;
    const { microsecondsPerBeat } = event as { microsecondsPerBeat: number };
    tempos.push({ tick, seconds, secondsPerTick: microsecondsPerBeat / 1e6 / perQuarter });
  }
  const toSeconds = (tick: number) => {
    const tempo = tempos.findLast((candidate) => candidate.tick <= tick)!;
    return tempo.seconds + (tick - tempo.tick) * tempo.secondsPerTick;
  };
  const tracks: Record<string, PlayedNote[]> = {};
  for (const track of midi.tracks) {
    let name = '';
    const notes: PlayedNote[] = [];
    const open = new Map<number, PlayedNote>();
    for (const { tick, event } of timed(track)) {
      if (event.type === 'trackName') name = event.text;
      if (event.type !== 'noteOn' && event.type !== 'noteOff') continue;
      const begun = open.get(event.noteNumber);
      if (begun) begun[1] = toSeconds(tick);
      open.delete(event.noteNumber);
      if (event.type === 'noteOff' || event.velocity === 0) continue;
      const note: PlayedNote = [toSeconds(tick), toSeconds(tick), event.noteNumber, event.velocity];
      open.set(event.noteNumber, note);
      notes.push(note);
    }
    if (notes.length > 0) tracks[name] = notes;
  }
  return tracks;
}
