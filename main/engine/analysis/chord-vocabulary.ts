import type { ChordQuality } from '../../contract/analysis.ts';

/** Pitch classes above the root of each quality (Harte et al., ISMIR 2005). */
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
  '9': [0, 2, 4, 7, 10],
  add9: [0, 2, 4, 7],
  dim7: [0, 3, 6, 9],
  hdim7: [0, 3, 6, 10],
  minmaj7: [0, 3, 7, 11],
};

/**
 * Qualities that chords are recognised as from note posteriors, with what it costs to call each (log probability
 * against a plain triad): the rarer a quality in pop (POP909: 50.6 % maj, 33.1 % min, 3.9 % sus2, 3.7 % min7,
 * 2.2 % maj7, 1.9 % sus4, 1.1 % 7), the more evidence it needs.
 */
export const recognisedQualities: readonly { quality: ChordQuality; cost: number }[] = [
  { quality: 'maj', cost: 0 },
  { quality: 'min', cost: 0.1 },
  { quality: '7', cost: 0.9 },
  { quality: 'maj7', cost: 0.9 },
  { quality: 'min7', cost: 0.7 },
  { quality: 'sus2', cost: 1 },
  { quality: 'sus4', cost: 1 },
  { quality: 'dim', cost: 1 },
];
