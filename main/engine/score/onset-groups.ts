import type { Role } from '../../contract/arrangement.ts';
import type { HandNote } from './hands.ts';

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

/** Notes by onset, each with the notes that are still held then. One note at a time has a key. */
export function groupOnsets(notes: readonly HandNote[]): { groups: OnsetGroup[]; keyTicks: KeyConflicts } {
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
