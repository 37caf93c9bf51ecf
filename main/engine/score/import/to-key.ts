import type { Key } from '../../../contract/analysis.ts';

/** The key that a signature stands for from a tick on. */
export function toKey(start: number, fifths: number, isMinor: boolean): Key {
  const tonic = (((fifths * 7 + (isMinor ? 9 : 0)) % 12) + 12) % 12;
  return { start: Math.max(0, start), tonic, mode: isMinor ? 'minor' : 'major', confidence: 1 };
}
