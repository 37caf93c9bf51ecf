import type { Analysis } from '../../contract/analysis.ts';
import type { Correction } from '../../contract/corrections.ts';
import type { HeardMelody } from '../analysis/melody-listener.ts';
import { measureOnsetStrength } from '../analysis/onset-strength.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { correct, partsAfter } from './correct.ts';
import { findAgain } from './find-again.ts';

/** What was heard of a song. The melody is listened for where a correction needs it. */
export interface Hearing {
  evidence: Evidence;
  listenForMelody: () => Promise<HeardMelody>;
}

/**
 * Applies a correction and finds again what depends on it, and only that.
 * @param hearing null where nothing is kept of what was heard: then all is carried over by its time
 * @throws SongleafError `bad-request` where the correction makes no sense in this song
 */
export async function makeCorrection(
  analysis: Analysis,
  correction: Correction,
  hearing: Hearing | null,
): Promise<Analysis> {
  const attack = hearing && correction.kind === 'tap' ? measureOnsetStrength(hearing.evidence).full : null;
  const corrected = correct(analysis, correction, attack);
  const parts = partsAfter(correction, analysis, corrected);
  if (!hearing || parts.size === 0) return corrected;
  const melody = parts.has('melody') ? await hearing.listenForMelody() : null;
  return findAgain(corrected, parts, { evidence: hearing.evidence, melody });
}
