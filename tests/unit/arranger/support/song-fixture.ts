import type { Analysis, Chord, ChordQuality } from '../../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';

/** Start and end in seconds, MIDI pitch, velocity. */
export type PlayedNote = [start: number, end: number, pitch: number, velocity: number];

/** A song with everything known about it, small enough for a JSON file. */
export interface SongFixture {
  source: string;
  licence: string;
  /** Seconds. */
  beats: number[];
  /** Place of the first beat in its bar, from 1. */
  firstPosition: number;
  beatsPerBar: number;
  /** Start and end in beats, root, quality, bass; null for no chord. */
  chords: [number, number, [number, ChordQuality, number] | null][];
  key: { tonic: number; mode: 'major' | 'minor' };
  /** Start and length in beats, label. */
  sections: [number, number, string][];
  melody: PlayedNote[];
  accompaniment: PlayedNote[];
}

/** Place of a time on the 16th grid, in ticks from the first beat; null outside the beats. */
export function toTick(beats: readonly number[], seconds: number, step = 12): number | null {
  let beat = beats.findIndex((time) => time > seconds) - 1;
  if (beat < -1) beat = beats.length - 2;
  if (beat < 0) beat = 0;
  const length = beats[beat + 1] - beats[beat];
  const tick = Math.round(((beat + (seconds - beats[beat]) / length) * TICKS_PER_BEAT) / step) * step;
  return tick >= 0 && tick < beats.length * TICKS_PER_BEAT ? tick : null;
}

/** The true analysis of a fixture. */
export function toAnalysis(song: SongFixture): Analysis {
  const seconds = song.beats.at(-1)! - song.beats[0];
  const bpm = (60 * (song.beats.length - 1)) / seconds;
  const chords: Chord[] = song.chords.map(([from, to, chord]) => ({
    start: from * TICKS_PER_BEAT,
    duration: (to - from) * TICKS_PER_BEAT,
    root: chord ? chord[0] : null,
    quality: chord ? chord[1] : null,
    bass: chord ? chord[2] : null,
    confidence: 0.9,
  }));
  return {
    format: 'songleaf-analysis',
    version: 1,
    engine: 'test',
    song: {
      hash: 'a'.repeat(64),
      title: song.source,
      artist: '',
      album: '',
      duration: song.beats.at(-1)! + 2,
    },
    tuning: { cents: 0, confidence: 1 },
    tempo: { bpm, confidence: 1 },
    beats: song.beats.map((time, i) => ({
      time,
      position: ((song.firstPosition - 1 + i) % song.beatsPerBar) + 1,
      confidence: 1,
    })),
    metres: [{ start: 0, beats: song.beatsPerBar, unit: 'quarter', confidence: 1 }],
    chords,
    keys: [{ start: 0, ...song.key, confidence: 1 }],
    melody: song.melody.flatMap(([start, end, pitch]) => {
      const from = toTick(song.beats, start);
      const to = toTick(song.beats, end) ?? 0;
      if (from === null) return [];
      return [{ start: from, duration: Math.max(12, to - from), pitch, confidence: 0.9 }];
    }),
    sections: song.sections.map(([start, beats, label]) => ({
      start: start * TICKS_PER_BEAT,
      duration: beats * TICKS_PER_BEAT,
      label,
      confidence: 0.9,
    })),
  };
}
