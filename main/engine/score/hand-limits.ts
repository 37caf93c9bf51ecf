import type { Level } from '../../contract/arrangement.ts';

/** What one hand can be asked to hold at a time. */
export interface HandLimits {
  /** Widest distance between the lowest and the highest note of a hand, in semitones. */
  span: number;
  /** Most notes that sound in one hand at once. */
  notes: number;
}

/** An octave (12 semitones) for everybody, a major ninth (14) for practised hands; five notes are five fingers. */
export const handLimits: Record<Level, HandLimits> = {
  easy: { span: 12, notes: 2 },
  intermediate: { span: 12, notes: 3 },
  full: { span: 14, notes: 5 },
};

/** Printed music asks for up to a tenth (16 semitones), and what is wider is rolled. */
export const printedLimits: HandLimits = { span: 16, notes: 6 };
