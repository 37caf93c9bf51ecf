import type { Role } from '../../contract/arrangement.ts';
import type { HandLimits } from './hand-limits.ts';
import { chooseSplits } from './hand-splits.ts';
import { groupOnsets } from './onset-groups.ts';
import { findUnplayable } from './unplayable.ts';

export type { HandLimits } from './hand-limits.ts';
export { handLimits } from './hand-limits.ts';

export type Hand = 'left' | 'right';

/** The part of an arranged note that hands depend on. Times in ticks, pitch as MIDI note number. */
export interface HandNote {
  start: number;
  duration: number;
  pitch: number;
  role: Role;
}

export interface HandAssignment {
  /** Hand of each note, by the note's index. */
  hands: Hand[];
  /** Indices, ascending, of the notes that must go or be shortened. Empty: the notes are playable as they are. */
  unplayable: number[];
  /**
   * For each entry of `unplayable`, how many ticks the note may keep: 0 means that it must go, more that it may stay
   * if it is shortened to this duration. Notes changed in this way are playable: a second call finds nothing.
   */
  playableTicks: number[];
}

/**
 * Gives each note a hand so that, at every onset, each hand (held notes included) stays inside the limits and no left
 * note lies above a right note. Melody is kept in the right hand and bass in the left where that can be.
 *
 * Pure and deterministic; notes may come in any order. Unplayable notes get the nearer hand all the same. Two notes
 * that sound on one key at once are unplayable in any hands: the earlier is shortened, of two that begin together the
 * less important goes.
 *
 * @param bars of the song, rising, where they are known: hands keep their pattern from bar to bar
 */
export function assignHands(
  notes: readonly HandNote[],
  limits: HandLimits,
  bars: readonly { start: number }[] = [],
): HandAssignment {
  const { groups, keyTicks } = groupOnsets(notes);
  const hands = chooseSplits(
    notes,
    groups,
    limits,
    bars.map(({ start }) => start),
  );
  // A note whose key is taken by a more important one goes with it.
  for (const [index, twin] of keyTicks.twins) hands[index] = hands[twin]!;
  const ticks = findUnplayable(notes, hands, groups, limits);
  for (const [index, kept] of keyTicks.ticks) ticks.set(index, Math.min(kept, ticks.get(index) ?? kept));
  const unplayable = [...ticks.keys()].sort((a, b) => a - b);
  return { hands, unplayable, playableTicks: unplayable.map((index) => ticks.get(index)!) };
}
