import type { Beat } from '../../contract/analysis.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { findBeatGrid } from './beats.ts';

/** Beats to show while the notes are still being heard; the analysis finds them again from all that was heard. */
export function findProvisionalBeats(evidence: Evidence): readonly Beat[] {
  return findBeatGrid(evidence, null).beats;
}
