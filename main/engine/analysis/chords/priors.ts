import table from './priors.json' with { type: 'json' };
import { NONE, STATES, TRIADS, triadOf } from './states.ts';

/** What `models/songleaf_models/chords/priors.py` learned, as natural logarithms of probabilities. */

export const MODES = 2;
/** Beats of the longest chord that durations tell apart; one that lasts longer counts as struck again. */
export const LONGEST = 16;

/** ln P(a chord that begins at a position lasts so many beats); metres other than 2, 3 and 4 take their like's. */
export function durationPrior(bar: number, position: number, beats: number): number {
  const known = bar === 3 || bar === 2 ? bar : bar % 3 === 0 && bar !== 12 ? 3 : 4;
  const rows = table.durations[String(known) as keyof typeof table.durations];
  return -rows[(position - 1) % known][beats - 1] / 100;
}

/** `[mode][25][25]` P(next | this) by degree: `12 × family + degree`, 24 none. */
export const progressions = toProbability3(table.progressions);
/** `[mode][24][16]` P(quality | degree and family). */
export const qualities = toProbability3(table.qualities);
/** `[mode][25]` share of time. */
export const occupancy = table.occupancy.map((row) =>
  Float64Array.from(row, (value) => Math.exp(-value / 100)),
);

function toProbability3(values: readonly (readonly (readonly number[])[])[]): Float64Array[][] {
  return values.map((rows) =>
    rows.map((row) => Float64Array.from(row, (v) => (v >= 999 ? 0 : Math.exp(-v / 100)))),
  );
}

/** Moves a chord of `TRIADS` from pitch classes to degrees of a key. */
export function degreeOf(triad: number, tonic: number): number {
  return triad === 24 ? 24 : triad < 12 ? (triad - tonic + 12) % 12 : 12 + ((triad - tonic + 12) % 12);
}

/** What follows what, for a mixture of keys. */
export interface HarmonyPrior {
  /** `25 × 25`, ln P(next | this). */
  next: Float32Array;
  /** `STATES`, ln P(quality | root and third). */
  quality: Float32Array;
}

/** Smallest probability that a prior may give: nothing is impossible. */
const FLOOR = 1e-4;

/**
 * Prior of progressions and qualities where the key is known in part.
 * @param keys `24`, probability of each key, `12 × mode + tonic`; null: nothing known, then the chord before tells of the key
 */
export function mixPriors(keys: Float64Array | null): HarmonyPrior {
  const next = new Float32Array(TRIADS * TRIADS);
  const quality = new Float32Array(STATES);
  const likely = Array.from({ length: 24 }, (_, key) => key).filter(
    (key) => keys === null || keys[key] > 0.005,
  );
  for (let from = 0; from < TRIADS; from++) {
    // Where a chord stands tells which keys are meant.
    const shares = likely.map(
      (key) => (keys?.[key] ?? 1) * occupancy[Math.floor(key / 12)][degreeOf(from, key % 12)],
    );
    const all = shares.reduce((a, b) => a + b, 0);
    for (let to = 0; to < TRIADS; to++) {
      let sum = 0;
      likely.forEach((key, i) => {
        sum +=
          (shares[i] / all) *
          progressions[Math.floor(key / 12)][degreeOf(from, key % 12)][degreeOf(to, key % 12)];
      });
      next[from * TRIADS + to] = Math.log(sum + FLOOR);
    }
  }
  for (let state = 0; state < NONE; state++) {
    const triad = triadOf(state);
    let sum = 0;
    let all = 0;
    for (const key of likely) {
      const degree = degreeOf(triad, key % 12);
      const mode = Math.floor(key / 12);
      const share = (keys?.[key] ?? 1) * occupancy[mode][degree];
      sum += share * qualities[mode][degree][Math.floor(state / 12)];
      all += share;
    }
    quality[state] = Math.log(sum / all + FLOOR);
  }
  return { next, quality };
}
