import type { Analysis, Chord } from '../../contract/analysis.ts';
import type { Correction } from '../../contract/corrections.ts';
import type { BeatSpans } from '../analysis/chords/harmony-rows.ts';
import type { HeardMelody } from '../analysis/melody-listener.ts';
import { measureOnsetStrength } from '../analysis/onset-strength.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { correct, partsAfter } from './correct.ts';
import { findAgain } from './find-again.ts';

/** What was heard of a song. Networks listen again for the melody and for chords where a correction needs them. */
export interface Hearing {
  evidence: Evidence;
  listenForMelody: () => Promise<HeardMelody>;
  findChords: (grid: BeatSpans) => Promise<Chord[]>;
}

/**
 * Applies a correction and finds again what depends on it, and only that.
 * @param hear reads what was heard, where it is needed; null where nothing is kept of it: then all is carried over by its
 * time
 * @throws SongleafError `bad-request` where the correction makes no sense in this song
 */
export async function makeCorrection(
  analysis: Analysis,
  correction: Correction,
  hear: () => Hearing | null,
): Promise<Analysis> {
  const taps = correction.kind === 'tap' ? hear() : null;
  const corrected = correct(analysis, correction, taps && measureOnsetStrength(taps.evidence).full);
  const parts = partsAfter(correction, analysis, corrected);
  const hearing = parts.size > 0 ? hear() : null;
  if (!hearing) return corrected;
  const melody = parts.has('melody') ? await hearing.listenForMelody() : null;
  return await findAgain(corrected, parts, { ...hearing, melody });
}
