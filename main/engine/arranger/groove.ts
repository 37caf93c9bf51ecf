import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type Evidence, FLUX_BANDS, KEYS } from '../transcription/evidence.ts';
import type { FormPlace } from './form.ts';
import { barTicks, type SongGrid, slotTicks } from './song-grid.ts';
import { tickToFrame } from './time.ts';

/** Bands of the flux below about 160 Hz: bass and kick drum. */
const LOW_BANDS = 2;
/** Frames either side of a slot in which its attack may lie: 23 ms. */
const REACH = 2;
/** Onset probabilities below this, of 255, are not counted. */
const LEAST_ONSET = 90;
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
  const attacks = grid.bars.map((bar) => {
    const step = slotTicks(bar.unit);
    return Array.from({ length: barTicks(bar) / step }, (_, slot) =>
      readAttack(evidence, tickToFrame(grid.beatTimes, bar.start + slot * step)),
    );
  });
  const scale = (part: keyof Attack) => {
    const strong = strongAttack(attacks.flat().map((attack) => attack[part]));
    return strong > 0 ? 1 / strong : 0;
  };
  const [noise, pitched, low] = [scale('noise'), scale('pitched'), scale('low')];
  if (noise === 0 && pitched === 0) return attacks.map(() => null);
  // Drums and played notes count alike, each against its own strong attacks.
  const parts = (noise > 0 ? 1 : 0) + (pitched > 0 ? 1 : 0);
  const raw = attacks.map((bar) => ({
    all: Float32Array.from(bar, (attack) => (attack.noise * noise + attack.pitched * pitched) / parts),
    low: Float32Array.from(bar, (attack) => attack.low * low),
  }));
  return mixWithSections(grid, raw, places);
}

/** The strongest moment near a frame. */
interface Attack {
  /** Flux of all bands. */
  noise: number;
  /** Flux of the low bands. */
  low: number;
  /** Sum of onset probabilities. */
  pitched: number;
}

function readAttack(evidence: Evidence, frame: number): Attack {
  const attack = { noise: 0, low: 0, pitched: 0 };
  for (let f = Math.max(0, frame - REACH); f <= Math.min(evidence.frames - 1, frame + REACH); f++) {
    const flux = evidence.flux.subarray(f * FLUX_BANDS, (f + 1) * FLUX_BANDS);
    attack.noise = Math.max(attack.noise, sum(flux));
    attack.low = Math.max(attack.low, sum(flux.subarray(0, LOW_BANDS)));
    const onset = evidence.onset.subarray(f * KEYS, (f + 1) * KEYS);
    attack.pitched = Math.max(attack.pitched, sum(onset, LEAST_ONSET));
  }
  return attack;
}

function sum(values: Uint8Array, least = 0): number {
  let total = 0;
  for (const value of values) if (value >= least) total += value;
  return total;
}

/** The value that a twentieth of all slots reach. */
function strongAttack(attacks: readonly number[]): number {
  const values = attacks.toSorted((a, b) => b - a);
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
