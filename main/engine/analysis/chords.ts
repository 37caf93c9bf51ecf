import type { Chord } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { BarPosition } from './beats.ts';
import { findBassNotes } from './chords/bass.ts';
import { findSegments, measurePosteriors } from './chords/decode.ts';
import { rateChords } from './chords/emissions.ts';
import type { HeardHarmony } from './chords/harmony-listener.ts';
import type { HeardHalves } from './chords/heard.ts';
import { hearKeys } from './chords/keys-heard.ts';
import { Lattice } from './chords/lattice.ts';
import { mixPriors } from './chords/priors.ts';
import { rateSegment } from './chords/rate.ts';
import { qualityOf, rootOf } from './chords/states.ts';
import { type ChordWeights, chordWeights } from './chords/weights.ts';

/**
 * Finds chords in what was heard of each half beat: what the harmony network says and the note posteriors, weighed
 * against how long chords last and what follows what in the key (which a first pass tells), by a semi-Markov model. Every
 * beat belongs to one chord; chords begin on beats.
 */
export function decodeChords(
  heard: HeardHalves,
  harmony: HeardHarmony,
  bars: readonly BarPosition[],
  weights: ChordWeights = chordWeights,
): Chord[] {
  if (bars.length === 0) return [];
  const emissions = rateChords(heard, harmony, weights);
  const anyKey = mixPriors(null);
  const first = new Lattice(emissions, bars, () => anyKey, weights);
  const { barOf, keys } = hearKeys(
    measurePosteriors(first, weights.calibration),
    heard.chroma,
    bars,
    weights,
  );
  const priors = keys.map(mixPriors);
  const lattice = new Lattice(emissions, bars, (beat) => priors[barOf[beat]], weights);
  const segments = findSegments(lattice);
  const posteriors = measurePosteriors(lattice, weights.calibration);
  return segments.flatMap((segment) => {
    const rating = rateSegment(segment, posteriors);
    return findBassNotes(segment, emissions, weights).map(({ bass, from, to }) => ({
      start: from * TICKS_PER_BEAT,
      duration: (to - from) * TICKS_PER_BEAT,
      root: rootOf(segment.state),
      quality: qualityOf(segment.state),
      bass,
      ...rating,
    }));
  });
}
