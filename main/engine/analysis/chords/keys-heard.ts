import { chordQualities } from '../../../contract/analysis.ts';
import { chordIntervals } from '../../chord-intervals.ts';
import type { BarPosition } from '../beats.ts';
import type { Chroma } from '../chroma.ts';
import { degreeOf, MODES, occupancy, qualities } from './priors.ts';
import { NONE, STATES, TRIADS, triadOf } from './states.ts';
import type { ChordWeights } from './weights.ts';

const KEYS = 12 * MODES;
/** ln P of another key in the next bar. */
const CHANGE = -12;

/** ln P of each state in each key: `24 × STATES`. */
const likelihoods = Array.from({ length: KEYS }, (_, key) =>
  Float64Array.from({ length: STATES }, (_, state) => {
    const mode = Math.floor(key / 12);
    const degree = degreeOf(triadOf(state), key % 12);
    const quality = state === NONE ? 1 : qualities[mode][degree][Math.floor(state / 12)];
    return degree === TRIADS - 1 ? 0 : Math.log(occupancy[mode][degree] * quality + 1e-5);
  }),
);

/** ln of the share of each pitch class in each key, `24 × 12`: what its chords are made of. */
const profiles = Array.from({ length: KEYS }, (_, key) => {
  const mode = Math.floor(key / 12);
  const shares = new Float64Array(12).fill(0.05);
  for (let degree = 0; degree < 24; degree++) {
    chordQualities.forEach((quality, q) => {
      const share = occupancy[mode][degree] * qualities[mode][degree][q];
      for (const interval of chordIntervals[quality]) shares[(degree + interval + key) % 12] += share;
    });
  }
  const all = shares.reduce((a, b) => a + b);
  return shares.map((share) => Math.log(share / all));
});

/**
 * How likely each key is in each bar, from how likely each chord is on its beats and from the notes (forward-backward
 * over bars).
 * @param posteriors `beats × STATES`
 * @param chroma of half beats
 * @returns a bar's number of each beat, and of each bar 24 probabilities, `12 × mode + tonic`
 */
export function hearKeys(
  posteriors: Float32Array,
  chroma: Chroma,
  bars: readonly BarPosition[],
  weights: ChordWeights,
): { barOf: number[]; keys: Float64Array[] } {
  const barOf: number[] = [];
  const scores: Float64Array[] = [];
  bars.forEach(({ position }, beat) => {
    if (beat === 0 || position === 1) scores.push(new Float64Array(KEYS));
    barOf.push(scores.length - 1);
    const row = scores[scores.length - 1];
    for (let s = 0; s < STATES; s++) {
      const p = posteriors[beat * STATES + s];
      if (p < 0.01) continue;
      for (let key = 0; key < KEYS; key++) row[key] += weights.keyChords * p * likelihoods[key][s];
    }
    addNotes(row, chroma, beat, weights.keyNotes);
  });
  const forward = pass(scores);
  const backward = pass([...scores].reverse()).reverse();
  const keys = scores.map((score, bar) =>
    normalise(score.map((own, key) => forward[bar][key] + backward[bar][key] - own)),
  );
  return { barOf, keys };
}

/** Pitch classes of a beat against those of each key. */
function addNotes(row: Float64Array, chroma: Chroma, beat: number, weight: number): void {
  const notes = new Float64Array(12);
  let all = 0.1;
  for (let pc = 0; pc < 12; pc++) {
    notes[pc] = chroma.treble[2 * beat * 12 + pc] + chroma.treble[(2 * beat + 1) * 12 + pc];
    all += notes[pc];
  }
  for (let key = 0; key < KEYS; key++) {
    for (let pc = 0; pc < 12; pc++) row[key] += (weight * notes[pc] * profiles[key][pc]) / all;
  }
}

/** Log-probability of each bar's key, given the bars so far. */
function pass(scores: readonly Float64Array[]): Float64Array[] {
  const out: Float64Array[] = [];
  for (const score of scores) {
    const before = out[out.length - 1];
    out.push(
      before
        ? score.map((own, key) => own + Math.log(Math.exp(before[key]) + Math.exp(CHANGE)))
        : score.slice(),
    );
    const row = out[out.length - 1];
    const all = Math.log(normalised(row)) + Math.max(...row);
    for (let key = 0; key < KEYS; key++) row[key] -= all;
  }
  return out;
}

/** Sum of e^(x − max). */
function normalised(row: Float64Array): number {
  const top = Math.max(...row);
  return row.reduce((sum, value) => sum + Math.exp(value - top), 0);
}

function normalise(row: Float64Array): Float64Array {
  const top = Math.max(...row);
  const all = normalised(row);
  return row.map((value) => Math.exp(value - top) / all);
}
