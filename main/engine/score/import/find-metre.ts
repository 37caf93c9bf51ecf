/** A metre and where its bars begin. */
export interface FoundMetre {
  time: { beats: number; beatType: number };
  /** Quarters that the first bar lasts where it is a pickup; 0 where it is whole. */
  pickup: number;
}

interface Played {
  /** Quarters. */
  start: number;
  end: number;
  pitch: number;
}

/** Steps of an eighth. */
const STEP = 0.5;
/** The first minutes tell. */
const MOST_STEPS = 2000;

const candidates = [
  { beats: 4, beatType: 4, steps: 8, inner: [4] },
  { beats: 3, beatType: 4, steps: 6, inner: [2, 4] },
  { beats: 2, beatType: 4, steps: 4, inner: [2] },
  { beats: 6, beatType: 8, steps: 6, inner: [3] },
] as const;

/** A bar's length weighs as much as where in it the weight lies; longer bars repeat less exactly. */
const REPETITION = 1;
const ACCENT = 0.8;
const INNER = 0.4;
/** Most music begins with a whole bar. */
const WHOLE_FIRST_BAR = 0.15;

/**
 * Finds the metre of notes that lie on quarters but do not say where bars begin: the length at which weight and harmony
 * come again (autocorrelation over eighths), and the place in it where most weight falls: many, long and low notes.
 */
export function findMetre(notes: readonly Played[]): FoundMetre {
  const weights = weighSteps(notes);
  let best = { score: Number.NEGATIVE_INFINITY, at: 0, phase: 0 };
  candidates.forEach(({ steps, inner }, at) => {
    const repetition = REPETITION * correlate(weights, steps);
    for (let phase = 0; phase < steps; phase++) {
      const accent = contrast(weights, steps, phase, 0);
      const within =
        inner.reduce((sum, step) => sum + contrast(weights, steps, phase, step), 0) / inner.length;
      const score = repetition + ACCENT * accent + INNER * within + (phase === 0 ? WHOLE_FIRST_BAR : 0);
      if (score > best.score) best = { score, at, phase };
    }
  });
  const { beats, beatType, steps } = candidates[best.at]!;
  const pickup = best.phase * STEP;
  const isWhole = pickup === 0 || steps * STEP === pickup;
  return { time: { beats, beatType }, pickup: isWhole ? 0 : pickup };
}

/** Weight of what begins on each eighth, logarithmic, its mean taken off. */
function weighSteps(notes: readonly Played[]): Float64Array {
  const last = notes.reduce((latest, note) => Math.max(latest, note.start), 0);
  const weights = new Float64Array(Math.min(MOST_STEPS, Math.floor(last / STEP) + 1));
  for (const { start, end, pitch } of notes) {
    const step = Math.round(start / STEP);
    if (step >= weights.length || Math.abs(step * STEP - start) > 0.05) continue;
    weights[step]! += Math.min(end - start, 4) * 0.5 + Math.max(0, 60 - pitch) / 12 + 0.5;
  }
  const logs = weights.map((weight) => Math.log1p(weight));
  const mean = logs.reduce((sum, weight) => sum + weight, 0) / logs.length;
  return logs.map((weight) => weight - mean);
}

function correlate(weights: Float64Array, lag: number): number {
  let product = 0;
  let power = 1e-9;
  for (let at = 0; at < weights.length; at++) {
    power += weights[at]! ** 2;
    if (at + lag < weights.length) product += weights[at]! * weights[at + lag]!;
  }
  return product / power;
}

/** Mean weight of a place in the bar, in standard deviations. */
function contrast(weights: Float64Array, steps: number, phase: number, place: number): number {
  let sum = 0;
  let count = 0;
  let power = 1e-9;
  for (let at = 0; at < weights.length; at++) power += weights[at]! ** 2;
  for (let at = phase + place; at < weights.length; at += steps) {
    sum += weights[at]!;
    count++;
  }
  return sum / Math.max(1, count) / Math.sqrt(power / weights.length);
}
