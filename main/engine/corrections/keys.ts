import type { Analysis, Key } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { endOf } from './beat-grid.ts';
import { refuse } from './refuse.ts';

/** Sets the key from a place on up to the next key, or of the whole song. */
export function setKey(analysis: Analysis, { start, tonic, mode, whole }: CorrectionOf<'key'>): Analysis {
  if (start >= endOf(analysis)) {
    throw refuse('The key lies beyond the end of the song.', 'Choose an earlier place.');
  }
  const key: Key = { start: whole ? 0 : start, tonic, mode, confidence: 1, byHand: true };
  if (whole) return { ...analysis, keys: [key] };
  const others = analysis.keys.filter((each) => each.start !== start);
  return { ...analysis, keys: joinKeys([...others, key].toSorted((a, b) => a.start - b.start)) };
}

/**
 * Leaves out keys that say what the one before them says, unless a person set them after one that was found: it would
 * not be known that they stay. The first one starts the song.
 */
export function joinKeys(keys: readonly Key[]): Key[] {
  return keys
    .filter((key, i) => {
      const before = keys[i - 1];
      const isSame = before?.tonic === key.tonic && before.mode === key.mode;
      return !isSame || (key.byHand === true && before.byHand !== true);
    })
    .map((key, i) => (i === 0 ? { ...key, start: 0 } : key));
}
