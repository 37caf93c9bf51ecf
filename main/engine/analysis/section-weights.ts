import type { BorderFeature } from './border-features.ts';

/**
 * Log-odds that each feature of a bar line, standardised over the song, speaks for a border; then what its contrast to
 * the bar lines around it does. `models/songleaf_models/sections.py` fits them.
 */
export const borderWeights: Record<BorderFeature, readonly [own: number, contrast: number]> = {
  harmonyChange: [0.08, -0.03],
  leadChange: [0.04, 0.01],
  soundChange2: [0.11, 0.2],
  soundChange: [0.04, 0.01],
  change8: [-0.21, -0.09],
  repeatStart: [0.02, 0.15],
  repeatEnd: [0.01, 0.21],
  repeat: [-0.1, 0.18],
  repeatStart8: [-0.15, 0.11],
  repeatEnd8: [0.21, 0.01],
  repeat8: [0.2, 0.1],
  harmonyRepeatStart: [0.05, 0.12],
  leadRepeatStart: [0.19, 0.31],
  leadRepeatEnd: [0.02, 0.25],
  leadPause: [-0.1, 0.04],
  onsetRise: [0.28, -0.19],
  loudnessRise: [0.17, -0.03],
  crash: [0.11, 0.18],
  fill: [0.02, 0.19],
  voiceRise: [-0.12, 0.14],
  voiceChange: [0.16, 0.6],
  chordChange: [0.11, -0.4],
  chordHeld: [-0.03, 0.3],
};

/** Log-odds of a border where every feature is at its mean. */
export const BORDER_BIAS = -2.52;

/** Natural logarithm of how many phrases have 0, 1, 2 … bars (POP909 as people labelled it); longer ones do not occur. */
export const phraseLengths: readonly number[] = [
  -99.0, -3.1, -3.8, -3.7, -1.1, -3.9, -4.0, -4.1, -0.9, -3.1, -4.5, -5.5, -4.7, -5.4, -6.4, -5.8, -3.4, -7.5,
  -9.1, -9.1, -8.0, -9.1, -9.1, -9.1, -9.1,
];
