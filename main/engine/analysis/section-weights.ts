import type { BorderFeature } from './border-features.ts';

/**
 * Log-odds that each feature of a bar line, standardised over the song, speaks for a border; then what its contrast to
 * the bar lines around it does. `models/songleaf_models/sections.py` fits them.
 */
export const borderWeights: Record<BorderFeature, readonly [own: number, contrast: number]> = {
  harmonyChange: [0.05, -0.06],
  leadChange: [0.12, 0.06],
  soundChange2: [0.15, 0.23],
  soundChange: [0.07, 0.01],
  change8: [-0.22, -0.14],
  repeatStart: [0.05, 0.15],
  repeatEnd: [-0.01, 0.21],
  repeat: [-0.2, 0.27],
  repeatStart8: [-0.11, 0.1],
  repeatEnd8: [0.27, -0.07],
  repeat8: [0.21, 0.15],
  harmonyRepeatStart: [0.04, 0.07],
  leadRepeatStart: [0.21, 0.31],
  leadRepeatEnd: [0.06, 0.25],
  leadPause: [-0.15, 0.07],
  onsetRise: [0.22, -0.15],
  loudnessRise: [0.18, 0.04],
  crash: [0.12, 0.14],
  fill: [0.03, 0.16],
  chordChange: [0.11, -0.5],
  chordHeld: [-0.02, 0.32],
};

/** Log-odds of a border where every feature is at its mean. */
export const BORDER_BIAS = -2.39;

/** Natural logarithm of how many phrases have 0, 1, 2 … bars (POP909 as people labelled it); longer ones do not occur. */
export const phraseLengths: readonly number[] = [
  -99.0, -3.1, -3.8, -3.7, -1.1, -3.9, -4.1, -4.0, -0.9, -3.1, -4.4, -5.6, -4.6, -5.4, -5.6, -5.7, -3.4, -7.5,
  -9.1, -9.1, -8.0, -9.1, -9.1, -9.1, -9.1,
];
