import type { HarmonySpan } from '../harmony.ts';
import { tonesByImportance } from '../harmony.ts';

/** Where and how large a voicing may be. Pitches are MIDI note numbers. */
export interface VoicingSpace {
  low: number;
  high: number;
  /** Widest distance from lowest to highest note, semitones. */
  span: number;
  /** Notes wanted; fewer where the space has no room. */
  count: number;
  /** Where the hand likes to be. */
  centre: number;
}

/** Below this, notes closer than a fourth sound muddy (low interval limits of orchestration books). */
const MUDDY_BELOW = 53;
/** Costs, in semitones of movement of one voice. */
const MISSING_TONE = [12, 7, 3.5, 2.5, 2];
const DOUBLED_THIRD = 3;
const DOUBLED_TONE = 1.5;
const SECOND = 3;
const MUDDY = 8;
const OFF_CENTRE = 0.35;
const NEW_COUNT = 1;

/**
 * Chooses the voicing of a chord that moves least from the one before (each voice to its nearest), holds the tones
 * that name the chord, and lies near the centre.
 * @returns pitches, ascending; empty where no chord tone fits
 */
export function voiceChord(
  span: HarmonySpan,
  space: VoicingSpace,
  previous: readonly number[] | null,
): number[] {
  const candidates: number[] = [];
  for (let pitch = space.low; pitch <= space.high; pitch++) {
    if (span.tones.includes(pitch % 12)) candidates.push(pitch);
  }
  const count = Math.min(space.count, candidates.length);
  if (count <= 0) return [];
  const wanted = tonesByImportance(span);
  let best: number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  const chosen: number[] = [];
  const extend = (from: number) => {
    if (chosen.length > 0) {
      const cost = NEW_COUNT * 4 * (count - chosen.length) + costOf(chosen, span, wanted, space, previous);
      if (cost < bestCost) {
        bestCost = cost;
        best = [...chosen];
      }
    }
    if (chosen.length === count) return;
    for (let i = from; i < candidates.length; i++) {
      if (chosen.length > 0 && candidates[i] - chosen[0] > space.span) break;
      chosen.push(candidates[i]);
      extend(i + 1);
      chosen.pop();
    }
  };
  extend(0);
  return best;
}

function costOf(
  pitches: readonly number[],
  span: HarmonySpan,
  wanted: readonly number[],
  space: VoicingSpace,
  previous: readonly number[] | null,
): number {
  let cost = 0;
  wanted.forEach((tone, rank) => {
    // The bass holds its own tone; the voicing need not.
    if (tone !== span.bass && !pitches.some((pitch) => pitch % 12 === tone)) cost += MISSING_TONE[rank] ?? 2;
  });
  const third = span.tones[1];
  for (let i = 1; i < pitches.length; i++) {
    const interval = pitches[i] - pitches[i - 1];
    if (interval <= 1) cost += SECOND;
    if (interval < 5 && pitches[i - 1] < MUDDY_BELOW) cost += MUDDY;
    for (let j = 0; j < i; j++) {
      if ((pitches[i] - pitches[j]) % 12 !== 0) continue;
      cost += pitches[i] % 12 === third ? DOUBLED_THIRD : DOUBLED_TONE;
    }
  }
  const middle = (pitches[0] + pitches.at(-1)!) / 2;
  cost += OFF_CENTRE * Math.abs(middle - space.centre);
  return cost + movement(pitches, previous);
}

/** Semitones that the voices move, each to the nearest note of the other voicing; both ways, so none is forgotten. */
function movement(pitches: readonly number[], previous: readonly number[] | null): number {
  if (!previous || previous.length === 0) return 0;
  const toNearest = (from: readonly number[], to: readonly number[]) =>
    from.reduce((sum, pitch) => sum + Math.min(...to.map((other) => Math.abs(other - pitch))), 0);
  return (toNearest(pitches, previous) + toNearest(previous, pitches)) / 2;
}
