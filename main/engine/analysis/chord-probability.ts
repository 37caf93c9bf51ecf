import { CHORD_STEPS } from '../transcription/evidence.ts';

/** Probability that each byte of the evidence's plane `chords` stands for. */
export const chordProbability = Float64Array.from({ length: 256 }, (_, v) => Math.exp(-v / CHORD_STEPS));
