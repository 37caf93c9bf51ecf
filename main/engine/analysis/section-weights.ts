import type { BorderFeature } from './border-features.ts';

/**
 * Log-odds that each feature of a bar line, standardised over the song, speaks for a border; then what its contrast to
 * the bar lines around it does. `models/songleaf_models/sections.py` fits them.
 */
export const borderWeights: Record<BorderFeature, readonly [own: number, contrast: number]> = {
  harmonyChange: [-0.04, -0.05],
  leadChange: [0.23, -0.04],
  soundChange2: [0.25, 0.13],
  soundChange: [0.04, 0.14],
  change8: [-0.25, -0.11],
  repeatStart: [0.07, 0.02],
  repeatEnd: [-0.07, 0.19],
  repeat: [-0.16, 0.3],
  repeatStart8: [-0.15, 0.18],
  repeatEnd8: [0.36, -0.23],
  repeat8: [0.2, 0.11],
  harmonyRepeatStart: [0.2, 0.05],
  leadRepeatStart: [0.17, 0.28],
  leadRepeatEnd: [0.02, 0.35],
  leadPause: [-0.11, 0.05],
  onsetRise: [0.29, -0.19],
  loudnessRise: [0.16, -0.01],
  crash: [0.2, 0.16],
  fill: [-0.04, 0.19],
  chordChange: [0.05, -0.43],
  chordHeld: [0.03, 0.27],
};

/** Log-odds of a border where every feature is at its mean. */
export const BORDER_BIAS = -2.42;

/** Natural logarithm of how many phrases have 0, 1, 2 … bars (POP909 as people labelled it); longer ones do not occur. */
export const phraseLengths: readonly number[] = [
  -99, -3.1, -3.6, -3.7, -1.1, -3.9, -4.3, -4.1, -0.9, -3.1, -4.3, -5.9, -4.7, -5.2, -5.1, -6.0, -3.4, -7.3,
  -8.4, -8.4, -8.4, -8.4, -8.4, -8.4, -8.4,
];
