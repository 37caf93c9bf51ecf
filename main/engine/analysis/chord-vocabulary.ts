import type { ChordQuality } from '../../contract/analysis.ts';

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
