import type { Role } from '../../contract/arrangement.ts';
import type { HandLimits } from './hand-limits.ts';
import { chooseSplits } from './hand-splits.ts';
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
 */
export function assignHands(notes: readonly HandNote[], limits: HandLimits): HandAssignment {
  const { groups, keyTicks } = groupOnsets(notes);
  const hands = chooseSplits(notes, groups, limits);
  // A note whose key is taken by a more important one goes with it.
  for (const [index, twin] of keyTicks.twins) hands[index] = hands[twin]!;
  const ticks = findUnplayable(notes, hands, groups, limits);
  for (const [index, kept] of keyTicks.ticks) ticks.set(index, Math.min(kept, ticks.get(index) ?? kept));
  const unplayable = [...ticks.keys()].sort((a, b) => a - b);
  return { hands, unplayable, playableTicks: unplayable.map((index) => ticks.get(index)!) };
}

/** What sounds from one onset on: indices of notes sorted by pitch, and how many of them begin here. */
export interface OnsetGroup {
  tick: number;
  /** All notes that sound at `tick`, lowest first; every key once. */
  sounding: number[];
  /** Whether the note at the same place of `sounding` was already sounding before `tick`. */
  held: boolean[];
}

interface KeyConflicts {
  /** Ticks that a note may keep because its key is struck again or taken. */
  ticks: Map<number, number>;
  /** Note that begins with another on its key → that other note. */
  twins: Map<number, number>;
}

/** Importance for keeping a note of several on one key. */
const roleRank: Record<Role, number> = { melody: 2, bass: 1, inner: 0 };

function groupOnsets(notes: readonly HandNote[]): { groups: OnsetGroup[]; keyTicks: KeyConflicts } {
  const order = notes.map((_, index) => index);
  order.sort((a, b) => {
    const x = notes[a]!;
    const y = notes[b]!;
    return x.start - y.start || x.pitch - y.pitch || roleRank[y.role] - roleRank[x.role] || a - b;
  });
  const keyTicks: KeyConflicts = { ticks: new Map(), twins: new Map() };
  const groups: OnsetGroup[] = [];
  let sounding: number[] = [];
  for (let at = 0; at < order.length; ) {
    const tick = notes[order[at]!]!.start;
    const onKey = new Map<number, number>();
    for (const index of sounding) {
      const note = notes[index]!;
      if (note.start + note.duration > tick) onKey.set(note.pitch, index);
    }
    for (; at < order.length && notes[order[at]!]!.start === tick; at++) {
      const index = order[at]!;
      const other = onKey.get(notes[index]!.pitch);
      if (other === undefined) {
        onKey.set(notes[index]!.pitch, index);
      } else if (notes[other]!.start === tick) {
        keyTicks.ticks.set(index, 0);
        keyTicks.twins.set(index, other);
      } else {
        keyTicks.ticks.set(other, tick - notes[other]!.start);
        onKey.set(notes[index]!.pitch, index);
      }
    }
    sounding = [...onKey.values()].sort((a, b) => notes[a]!.pitch - notes[b]!.pitch);
    groups.push({ tick, sounding, held: sounding.map((index) => notes[index]!.start < tick) });
  }
  return { groups, keyTicks };
}
