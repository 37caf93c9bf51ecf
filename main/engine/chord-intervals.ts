import type { ChordQuality } from '../contract/analysis.ts';

/**
 * Semitones above the root of each quality (Harte et al., ISMIR 2005): root, third (or what stands for it), fifth, then
 * the seventh, sixth or ninth.
 */
export const chordIntervals: Record<ChordQuality, readonly number[]> = {
  maj: [0, 4, 7],
  min: [0, 3, 7],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  min7: [0, 3, 7, 10],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  dim: [0, 3, 6],
  aug: [0, 4, 8],
  maj6: [0, 4, 7, 9],
  min6: [0, 3, 7, 9],
  '9': [0, 4, 7, 10, 2],
  add9: [0, 4, 7, 2],
  dim7: [0, 3, 6, 9],
  hdim7: [0, 3, 6, 10],
  minmaj7: [0, 3, 7, 11],
};
