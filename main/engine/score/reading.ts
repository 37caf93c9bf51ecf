import type { ArrangedNote, Arrangement, Level } from '../../contract/arrangement.ts';
import { type HandLimits, handLimits, printedLimits } from './hand-limits.ts';

/**
 * What the lengths of notes mean: `arranged` as they should ring, where values follow what reads plainly and the pedal
 * holds the rest; `played` by hands that let go early; `written` exactly as values.
 */
export type Durations = 'arranged' | 'played' | 'written';

/** How notes are to be understood. */
export interface Reading {
  limits: HandLimits;
  durations: Durations;
}

/** A take of our own. */
export function readTake(level: Level): Reading {
  return { limits: handLimits[level], durations: 'arranged' };
}

/** Lengths of plain values are multiples of these, in ticks: a 32nd and a triplet 16th. */
const STEPS = [6, 8];
/** Of lengths that fall anywhere a quarter are plain by chance. */
const MOST = 0.8;

/** Music from a file: its lengths are values where nearly all of them could be. */
export function readPrint({ notes }: Pick<Arrangement, 'notes'>): Reading {
  const isPlain = ({ duration }: ArrangedNote) => STEPS.some((step) => duration % step === 0);
  const plain = notes.filter(isPlain).length;
  return { limits: printedLimits, durations: plain >= MOST * notes.length ? 'written' : 'played' };
}
