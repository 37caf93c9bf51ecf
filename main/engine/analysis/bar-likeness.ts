import type { Chord } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { chordIntervals } from '../chord-intervals.ts';
import { type BeatSound, LEAD_PITCHES } from './beat-sound.ts';
import type { Chroma } from './chroma.ts';

/** One row and one column a bar. */
export type Matrix = readonly Float32Array[];

/** How alike bars are, 0 to 1, in their harmony, their lead and their sound, and in harmony and lead together. */
export interface Likeness {
  harmony: Matrix;
  lead: Matrix;
  sound: Matrix;
  both: Matrix;
}

/** What is known of every beat of a song. */
export interface Beats {
  chroma: Chroma;
  sounds: readonly BeatSound[];
  /** The chord that sounds at each beat, null where there is none. */
  chords: readonly (Chord | null)[];
}

/** Slots of a bar in which harmony and lead are compared, whatever its metre. */
const SLOTS = 4;
/** Share of the chroma in the harmony beside the chord that was recognised. */
const CHROMA_SHARE = 0.6;
/** Posterior below which nothing leads. */
const LEAD_FLOOR = 0.08;

/** The chord at each beat. */
export function listChords(chords: readonly Chord[], beats: number): (Chord | null)[] {
  let at = 0;
  return Array.from({ length: beats }, (_, beat) => {
    const tick = beat * TICKS_PER_BEAT;
    while (at + 1 < chords.length && chords[at + 1].start <= tick) at++;
    const chord = chords[at];
    return chord !== undefined && chord.start <= tick && chord.root !== null ? chord : null;
  });
}

/** Compares every bar with every other. `bounds`: the beats at which bars begin, and the end of the last. */
export function compareBars(beats: Beats, bounds: readonly number[]): Likeness {
  const harmony = correlate(describeSlots(bounds, (beat) => describeHarmony(beats, beat)));
  const lead = correlate(describeSlots(bounds, (beat) => weighLead(beats.sounds[beat]).map(Math.sqrt)));
  const both = harmony.map((row, i) => row.map((value, j) => (value + lead[i][j]) / 2));
  return { harmony, lead, sound: compareSound(beats.sounds, bounds), both };
}

/** The lead's pitches above the noise, the higher the more likely to lead: weights 0.5 to 1.5. */
export function weighLead(sound: BeatSound): Float32Array {
  return Float32Array.from(
    sound.lead,
    (value, pitch) => Math.max(0, value - LEAD_FLOOR) * (0.5 + pitch / (LEAD_PITCHES - 1)),
  );
}

function describeHarmony({ chroma, chords }: Beats, beat: number): Float32Array {
  const heard = toUnit(Float32Array.from(chroma.treble.subarray(beat * 12, beat * 12 + 12)));
  const named = new Float32Array(12);
  const chord = chords[beat];
  if (chord?.root != null && chord.quality !== null) {
    for (const interval of chordIntervals[chord.quality]) named[(chord.root + interval) % 12] = 1;
    named[chord.root] += 0.5;
  }
  const unit = toUnit(named);
  return toUnit(heard.map((value, pc) => CHROMA_SHARE * value + unit[pc]));
}

/** One unit vector a bar: what `describe` says at the beats of its slots, one after the other. */
function describeSlots(bounds: readonly number[], describe: (beat: number) => Float32Array): Float32Array[] {
  return bounds.slice(0, -1).map((from, bar) => {
    const length = bounds[bar + 1] - from;
    const slots = Array.from({ length: SLOTS }, (_, slot) =>
      describe(Math.min(from + length - 1, from + Math.floor((length * slot) / SLOTS))),
    );
    return toUnit(Float32Array.from(slots.flatMap((slot) => [...slot])));
  });
}

function correlate(bars: readonly Float32Array[]): Float32Array[] {
  return compareAll(bars, (a, b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  });
}

/** A symmetric comparison of every vector with every other. */
function compareAll(
  bars: readonly Float32Array[],
  compare: (a: Float32Array, b: Float32Array) => number,
): Float32Array[] {
  const matrix = bars.map(() => new Float32Array(bars.length));
  for (let i = 0; i < bars.length; i++) {
    for (let j = 0; j <= i; j++) matrix[i][j] = matrix[j][i] = compare(bars[i], bars[j]);
  }
  return matrix;
}

/** exp(−distance²) of registers, flux, onsets and loudness, each of equal spread over the song; the median is 1/e. */
function compareSound(sounds: readonly BeatSound[], bounds: readonly number[]): Float32Array[] {
  const bars = bounds.slice(0, -1).map((from, bar) => {
    const inside = sounds.slice(from, bounds[bar + 1]);
    const rows = inside.map((sound) => [
      ...Array.from(sound.registers, Math.sqrt),
      ...Array.from(sound.flux),
      sound.onsets,
      sound.loudness,
    ]);
    return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  });
  const columns = bars[0].map((_, i) => standardise(bars.map((bar) => bar[i])));
  const distances = compareAll(
    bars.map((_, bar) => Float32Array.from(columns, (column) => column[bar])),
    (a, b) => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
      return sum / a.length;
    },
  );
  const sorted = Float32Array.from(distances.flatMap((row) => Array.from(row))).sort();
  const middle = sorted[sorted.length >> 1] + 1e-6;
  return distances.map((row) => row.map((distance) => Math.exp(-distance / middle)));
}

/** Mean 0 and deviation 1; a constant becomes 0. */
export function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / (deviation + 1e-6));
}

function toUnit(vector: Float32Array): Float32Array {
  const norm = Math.max(1e-6, Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)));
  return vector.map((value) => value / norm);
}
