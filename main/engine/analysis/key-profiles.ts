import type { ChordQuality } from '../../contract/analysis.ts';

export type Mode = 'major' | 'minor';

type Family = 'major' | 'minor' | 'suspended' | 'dominant';

/** What keys tell apart; other qualities are as rare in every key. */
const FAMILIES: Partial<Record<ChordQuality, Family>> = {
  maj: 'major',
  maj7: 'major',
  maj6: 'major',
  add9: 'major',
  min: 'minor',
  min7: 'minor',
  min6: 'minor',
  minmaj7: 'minor',
  sus2: 'suspended',
  sus4: 'suspended',
  '7': 'dominant',
  '9': 'dominant',
};

/** What any chord is taken to be likely at least: what was heard may be wrong. */
const RARE = -6;

/**
 * Natural logarithm of the share of time that each chord takes in a key, by semitones above the tonic: two parts
 * POP909 (training songs only), one part McGill Billboard. `models/songleaf_models/key_profiles.py` prints them.
 */
const CHORDS: Record<Mode, Record<Family, readonly number[]>> = {
  major: {
    major: [-1.3, -5.6, -4.7, -5.5, -5.1, -1.9, -6, -1.9, -5.1, -5, -4.3, -6],
    minor: [-5.9, -6, -2.7, -6, -2.8, -4.9, -6, -5.5, -6, -2.2, -6, -6],
    suspended: [-4, -6, -6, -6, -6, -5.4, -6, -3.9, -6, -5.4, -6, -6],
    dominant: [-4, -6, -5.4, -6, -6, -5.3, -6, -3.9, -6, -6, -6, -6],
  },
  minor: {
    major: [-3.8, -6, -6, -2.4, -6, -3.8, -6, -3.3, -2.2, -6, -2.1, -6],
    minor: [-1.1, -6, -5.7, -6, -6, -2.5, -6, -2.7, -6, -6, -6, -6],
    suspended: [-4, -6, -6, -5.1, -6, -5.4, -6, -4.8, -6, -6, -4.7, -6],
    dominant: [-6, -6, -6, -6, -6, -4.8, -6, -4.3, -6, -6, -5.8, -6],
  },
};

/** Natural logarithm of each pitch class's share of what sounds in a beat (roots of loudness), POP909, from the tonic. */
const CLASSES: Record<Mode, readonly number[]> = {
  major: [-1.6, -5.92, -2.01, -6.01, -1.86, -2.46, -5.68, -1.64, -4.94, -2.05, -5.14, -2.54],
  minor: [-1.6, -6.12, -2.35, -1.82, -5.9, -2.1, -6.66, -1.63, -2.68, -5.4, -2.02, -4.53],
};

/** How likely a chord is in a key, as the logarithm of its share of the time. */
export function rateChordInKey(root: number, quality: ChordQuality, tonic: number, mode: Mode): number {
  const family = FAMILIES[quality];
  return family === undefined ? RARE : CHORDS[mode][family][(root - tonic + 12) % 12];
}

/** The same for a pitch class. */
export function rateClassInKey(pitchClass: number, tonic: number, mode: Mode): number {
  return CLASSES[mode][(pitchClass - tonic + 12) % 12];
}
