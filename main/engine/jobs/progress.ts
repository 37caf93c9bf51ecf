import { type Progress, stages } from '../../contract/jobs.ts';

/** No estimate before this much of the work and this much time: the first percent of a job says nothing. */
const MIN_FRACTION = 0.03;
const MIN_ELAPSED_MS = 2000;

function clampFraction(value: number, fallback: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : fallback;
}

/**
 * The progress to show after `next` was reported: neither the stage nor a fraction ever goes back, fractions stay in
 * 0-1, and what is not a number changes nothing.
 */
export function advanceProgress(previous: Progress | null, next: Progress): Progress {
  const fraction = Math.max(previous?.fraction ?? 0, clampFraction(next.fraction, 0));
  const stageBefore = previous ? stages.indexOf(previous.stage) : -1;
  const stageAfter = stages.indexOf(next.stage);
  if (previous && stageAfter < stageBefore) return { ...previous, fraction };
  const floor = previous && stageAfter === stageBefore ? previous.stageFraction : 0;
  const stageFraction = Math.max(floor, clampFraction(next.stageFraction, floor));
  return { stage: next.stage, stageFraction, fraction };
}

/**
 * Seconds left if the rest goes as fast as the `fraction` (0-1) done in `elapsedMs` milliseconds; null until both
 * 3 % and 2 s have passed.
 */
export function estimateSecondsLeft(elapsedMs: number, fraction: number): number | null {
  if (!(elapsedMs >= MIN_ELAPSED_MS && fraction >= MIN_FRACTION)) return null;
  return ((elapsedMs / 1000) * (1 - fraction)) / fraction;
}
