import type { Reading } from '../../contract/analysis.ts';
import type { BarScores, TrackedBeat } from './bar-pointer.ts';

/**
 * Nats of the scores that make one nat of certainty. What is heard repeats from bar to bar, and so do the errors in it:
 * bars must not be counted as if each were heard for itself.
 */
const TEMPERATURE = { song: 4, beat: 0.2, around: 4 };
/** Beats on either side that tell how sure a beat's place in the bar is. */
const AROUND = 16;
/** Beats a minute that double and half tempo may reach. */
const FASTEST = 300;
const SLOWEST = 30;
/** Frames around the middle between two beats in which a beat of the double tempo is looked for. */
const SNAP = 3;
const MOST_READINGS = 6;

/** A way to read beats that were found, with its total in nats. */
export interface WeighedReading {
  change: Reading['change'] | 'none';
  beats: number;
  score: number;
}

/**
 * The other ways to read beats that were found, with their probability from the same scores: bars that begin later,
 * twice the tempo, half of it (`beats` is the first beat that stays).
 * @returns likeliest first; with that of the beats as found, the likelihoods add up to 1
 */
export function listReadings(scores: BarScores, beats: readonly TrackedBeat[], bpm: number): Reading[] {
  if (beats.length < 4) return [];
  const [found, ...others] = weighReadings(scores, beats, bpm);
  const temperature = TEMPERATURE.song + TEMPERATURE.beat * beats.length;
  // A reading that scores higher than the one taken was ruled out by what the scores do not hold: tempo and metre.
  const weights = others.map(({ score }) => Math.exp(Math.min(0, score - found.score) / temperature));
  const total = 1 + weights.reduce((a, b) => a + b, 0);
  return others
    .flatMap(({ change, beats: by }, i) =>
      change === 'none' ? [] : [{ change, beats: by, likelihood: round(weights[i] / total) }],
    )
    .toSorted((a, b) => b.likelihood - a.likelihood)
    .slice(0, MOST_READINGS);
}

/** Every reading with its score; that of the beats as found first. */
export function weighReadings(
  scores: BarScores,
  beats: readonly TrackedBeat[],
  bpm: number,
): WeighedReading[] {
  const frames = beats.map((beat) => beat.frame);
  const size = longestBar(beats);
  const readings: WeighedReading[] = [];
  for (let shift = 0; shift < size; shift++) {
    const score = scoreShift(scores, beats, shift);
    readings.push({ change: shift > 0 ? 'shift' : 'none', beats: shift, score });
  }
  if (bpm * 2 <= FASTEST) {
    const score = scoreBestPhase(scores, doubleFrames(scores, frames), size);
    readings.push({ change: 'double', beats: 0, score });
  }
  for (let first = 0; first < 2 && bpm / 2 >= SLOWEST; first++) {
    const half = frames.filter((_, i) => i % 2 === first);
    readings.push({ change: 'halve', beats: first, score: scoreBestPhase(scores, half, size) });
  }
  return readings;
}

/** How sure each beat's place in its bar is, 0-1: that of the bars around against bars that begin later. */
export function rateBars(scores: BarScores, beats: readonly TrackedBeat[]): number[] {
  const size = longestBar(beats);
  const sums = Array.from({ length: size }, (_, shift) => sumShift(scores, beats, shift));
  return beats.map((_, i) => {
    const from = Math.max(0, i - AROUND);
    const to = Math.min(beats.length, i + AROUND + 1);
    const found = sums[0][to] - sums[0][from];
    let total = 0;
    for (const sum of sums) total += Math.exp((sum[to] - sum[from] - found) / TEMPERATURE.around);
    return 1 / total;
  });
}

function longestBar(beats: readonly TrackedBeat[]): number {
  return beats.reduce((longest, beat) => Math.max(longest, beat.beats), 2);
}

/** Running sums over the beats of what their places score if every bar began `shift` beats later. */
function sumShift(scores: BarScores, beats: readonly TrackedBeat[], shift: number): Float64Array {
  const sums = new Float64Array(beats.length + 1);
  beats.forEach(({ frame }, i) => {
    const place = beats[i - shift] ?? beats[i];
    // Before the first bar line that is known, its bar counts on backwards.
    const position =
      i < shift
        ? ((((place.position - 1 - shift) % place.beats) + place.beats) % place.beats) + 1
        : place.position;
    sums[i + 1] = sums[i] + (position === 1 ? scores.onDownbeat[frame] : scores.offDownbeat[frame]);
  });
  return sums;
}

function scoreShift(scores: BarScores, beats: readonly TrackedBeat[], shift: number): number {
  const bars = sumShift(scores, beats, shift)[beats.length];
  return beats.reduce((sum, { frame }) => sum + scores.onBeat[frame], bars);
}

/** Beats with another half-way between every two of them, where an attack is nearest. */
function doubleFrames(scores: BarScores, frames: readonly number[]): number[] {
  return frames.flatMap((frame, i) => {
    if (i + 1 === frames.length) return [frame];
    const middle = (frame + frames[i + 1]) >> 1;
    let best = middle;
    for (let t = middle - SNAP; t <= middle + SNAP; t++) {
      if (scores.onBeat[t] > scores.onBeat[best]) best = t;
    }
    return [frame, best];
  });
}

/** The score of beats in bars of `size`, begun where they score most. */
function scoreBestPhase(scores: BarScores, frames: readonly number[], size: number): number {
  const beats = frames.map((frame, i) => ({ frame, position: (i % size) + 1, beats: size }));
  return Math.max(...Array.from({ length: size }, (_, shift) => scoreShift(scores, beats, shift)));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
