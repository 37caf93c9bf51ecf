import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type Evidence, FLUX_BANDS } from '../transcription/evidence.ts';
import type { FormPlace } from './form.ts';
import { barTicks, type SongGrid, slotTicks } from './song-grid.ts';
import { tickToFrame } from './time.ts';

/** Bands of the flux below about 160 Hz: bass and kick drum. */
const LOW_BANDS = 2;
/** Frames either side of a slot in which its attack may lie: 23 ms. */
const REACH = 2;
/** How much of a bar's profile is its section's habit; the rest is the bar itself. */
const SECTION_SHARE = 0.65;

/** Strength of attack in each slot of a bar, 0 to about 1 (1 = the song's strong attacks). */
export interface Groove {
  all: Float32Array;
  /** Low bands only. */
  low: Float32Array;
}

/**
 * Reads each bar's onset profile on the straight grid (16 slots in 4/4, 12 in 6/8), mixed with the mean of the bars of
 * equal section label and length. Null where the evidence shows no attack at all.
 */
export function readGrooves(
  grid: SongGrid,
  evidence: Evidence,
  places: readonly FormPlace[],
): (Groove | null)[] {
  const raw = grid.bars.map((bar) => {
    const step = slotTicks(bar.unit);
    const slots = barTicks(bar) / step;
    const groove = { all: new Float32Array(slots), low: new Float32Array(slots) };
    for (let slot = 0; slot < slots; slot++) {
      const frame = tickToFrame(grid.beatTimes, bar.start + slot * step);
      readAttack(evidence, frame, groove, slot);
    }
    return groove;
  });
  const scale = { all: strongAttack(raw.map((g) => g.all)), low: strongAttack(raw.map((g) => g.low)) };
  if (scale.all === 0) return raw.map(() => null);
  for (const groove of raw) {
    groove.all = groove.all.map((value) => value / scale.all);
    groove.low = groove.low.map((value) => (scale.low > 0 ? value / scale.low : 0));
  }
  return mixWithSections(grid, raw, places);
}

function readAttack(evidence: Evidence, frame: number, into: Groove, slot: number): void {
  let all = 0;
  let low = 0;
  for (let f = Math.max(0, frame - REACH); f <= Math.min(evidence.frames - 1, frame + REACH); f++) {
    let sum = 0;
    let lowSum = 0;
    for (let band = 0; band < FLUX_BANDS; band++) {
      const value = evidence.flux[f * FLUX_BANDS + band];
      sum += value;
      if (band < LOW_BANDS) lowSum += value;
    }
    all = Math.max(all, sum);
    low = Math.max(low, lowSum);
  }
  into.all[slot] = all;
  into.low[slot] = low;
}

/** The value that a twentieth of all slots reach. */
function strongAttack(profiles: readonly Float32Array[]): number {
  const values = profiles.flatMap((profile) => [...profile]).sort((a, b) => b - a);
  return values[Math.floor(values.length / 20)] ?? 0;
}

function mixWithSections(grid: SongGrid, raw: readonly Groove[], places: readonly FormPlace[]): Groove[] {
  const sums = new Map<string, { all: Float32Array; low: Float32Array; bars: number }>();
  const keyOf = (bar: number) =>
    `${places[bar].label}\n${grid.bars[bar].unit}\n${grid.bars[bar].beats * TICKS_PER_BEAT}`;
  raw.forEach((groove, bar) => {
    const slots = groove.all.length;
    const sum = sums.get(keyOf(bar)) ?? {
      all: new Float32Array(slots),
      low: new Float32Array(slots),
      bars: 0,
    };
    for (let slot = 0; slot < slots; slot++) {
      sum.all[slot] += groove.all[slot];
      sum.low[slot] += groove.low[slot];
    }
    sum.bars++;
    sums.set(keyOf(bar), sum);
  });
  return raw.map((groove, bar) => {
    const sum = sums.get(keyOf(bar))!;
    const mix = (own: Float32Array, total: Float32Array) =>
      own.map((value, slot) => (1 - SECTION_SHARE) * value + (SECTION_SHARE * total[slot]) / sum.bars);
    return { all: mix(groove.all, sum.all), low: mix(groove.low, sum.low) };
  });
}
