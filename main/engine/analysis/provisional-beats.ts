import type { Beat } from '../../contract/analysis.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { barOptions, findBeatGrid } from './beats.ts';

/** Without lone bars of two, which take a fifth of the search. */
const usual = { ...barOptions, metres: barOptions.metres.filter(({ beats }) => beats !== 2) };

/** Beats to show while the notes are still being heard; the analysis finds them again from all that was heard. */
export function findProvisionalBeats(evidence: Evidence): readonly Beat[] {
  return findBeatGrid(evidence, null, usual).beats;
}
