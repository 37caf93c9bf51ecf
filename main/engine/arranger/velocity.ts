import type { ArrangedNote } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { Layer, LayerNote } from './layers.ts';
import { phraseAt, swellAt } from './phrases.ts';
import type { Song } from './song.ts';
import { barIndexAt } from './song-grid.ts';

/** The melody sings over the bass, and both over what fills in between. */
const base: Record<Layer, number> = { melody: 84, bass: 70, lower: 60, upper: 63 };
const ON_BAR = 5;
const ON_BEAT = 2;
const OFF_EIGHTH = -3;
/** Velocity per unit of weight above or below a half. */
const PER_WEIGHT = 8;
/** Velocity by which a phrase swells towards its height; what accompanies it follows by half of that. */
const SWELL = 4;
/** Velocity a semitone above or below the phrase's mean, and its bound: a melody sings out where it is high. */
const PER_SEMITONE = 0.4;
const MOST_BY_PITCH = 4;
/** Velocity per dB of the recording's dynamics, and its bounds. */
const PER_DB = 1;
const MOST_SOFT = -14;
const MOST_LOUD = 8;

/** How hard a note is struck: by its layer, its place in bar and phrase, its weight and the recording's loudness. */
export function velocityOf(note: LayerNote, song: Song): number {
  const bar = song.grid.bars[barIndexAt(song.grid.bars, note.start)];
  const inBeat = note.start % TICKS_PER_BEAT;
  const accent = note.start === bar.start ? ON_BAR : inBeat === 0 ? ON_BEAT : inBeat === 24 ? 0 : OFF_EIGHTH;
  const dynamics = song.dynamics[Math.floor(note.start / TICKS_PER_BEAT)] ?? 0;
  const swell = Math.min(MOST_LOUD, Math.max(MOST_SOFT, PER_DB * dynamics));
  const weight = note.layer === 'melody' ? 0 : PER_WEIGHT * (note.weight - 0.5);
  const sum = base[note.layer] + accent + swell + weight + (note.touch ?? 0) + phrasing(note, song);
  return Math.min(127, Math.max(1, Math.round(sum)));
}

function phrasing({ layer, start, pitch }: LayerNote, song: Song): number {
  const phrase = phraseAt(song.phrases, start);
  if (!phrase) return 0;
  const swell = SWELL * swellAt(phrase, start);
  if (layer !== 'melody') return swell / 2;
  const height = PER_SEMITONE * (pitch - phrase.pitch);
  return swell + Math.min(MOST_BY_PITCH, Math.max(-MOST_BY_PITCH, height));
}

/** The melody as right-hand notes of the arrangement. */
export function sungNotes(melody: Song['melody']): LayerNote[] {
  return melody.notes.map(({ start, end, pitch }) => ({ layer: 'melody', start, end, pitch, weight: 1 }));
}

/** Layer notes as the contract has them. */
export function toArranged(notes: readonly LayerNote[], song: Song): ArrangedNote[] {
  return notes.map((note) => ({
    start: note.start,
    duration: note.end - note.start,
    pitch: note.pitch,
    velocity: velocityOf(note, song),
    role: note.layer === 'melody' ? 'melody' : note.layer === 'bass' ? 'bass' : 'inner',
  }));
}
