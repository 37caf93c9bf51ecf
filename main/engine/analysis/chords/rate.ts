import type { Chord } from '../../../contract/analysis.ts';
import type { Segment } from './decode.ts';
import { qualityOf, rootOf, STATES, triadOf } from './states.ts';

/** Alternatives told of a chord, and the least probability that is worth telling. */
const MOST = 4;
const LEAST = 0.02;

/**
 * How sure a chord's root and third are, and what else it may be.
 * @param posteriors `beats × STATES`
 */
export function rateSegment(
  { state, from, to }: Segment,
  posteriors: Float32Array,
): Pick<Chord, 'confidence' | 'alternatives'> {
  const mean = new Float64Array(STATES);
  for (let beat = from; beat < to; beat++) {
    for (let s = 0; s < STATES; s++) mean[s] += posteriors[beat * STATES + s] / (to - from);
  }
  let own = 0;
  for (let s = 0; s < STATES; s++) if (triadOf(s) === triadOf(state)) own += mean[s];
  const others = Array.from({ length: STATES }, (_, s) => s)
    .filter((s) => s !== state && mean[s] >= LEAST)
    .sort((a, b) => mean[b] - mean[a] || a - b)
    .slice(0, MOST);
  return {
    confidence: round(Math.min(1, own)),
    alternatives: others.map((s) => ({
      root: rootOf(s),
      quality: qualityOf(s),
      bass: rootOf(s),
      probability: round(mean[s]),
    })),
  };
}

/** To a thousandth, down: the probabilities of alternatives must not add up to more than 1. */
function round(value: number): number {
  return Math.floor(value * 1000) / 1000;
}
