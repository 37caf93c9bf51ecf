import { type Progress, type Stage, stages } from '../contract/jobs.ts';

/** Share of the whole work that each stage takes, measured on a two-minute song on two cores. */
const SHARES: Record<Stage, number> = {
  read: 0.02,
  listen: 0.83,
  beats: 0.05,
  chords: 0.02,
  melody: 0.02,
  arrange: 0.03,
  engrave: 0.02,
  write: 0.01,
};

/** Progress of the whole work at a point of one stage. `stageFraction` is taken as 0-1 and may be anything. */
export function progressAt(stage: Stage, stageFraction: number): Progress {
  const inside = Number.isFinite(stageFraction) ? Math.min(1, Math.max(0, stageFraction)) : 0;
  let before = 0;
  for (const earlier of stages) {
    if (earlier === stage) break;
    before += SHARES[earlier];
  }
  return { stage, stageFraction: inside, fraction: Math.min(1, before + SHARES[stage] * inside) };
}
