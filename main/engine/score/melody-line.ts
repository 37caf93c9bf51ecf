import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { StaffNote } from './snap.ts';

/** What sounds on for longer, in ticks, is held on purpose: an eighth. */
const HELD = TICKS_PER_BEAT / 2;

/**
 * Ends every melody note where the next begins: a melody is one line, and what overlaps a little in it was sung or played
 * over.
 *
 * @param notes sorted by start
 */
export function endMelody(notes: readonly StaffNote[]): StaffNote[] {
  let next = Number.POSITIVE_INFINITY;
  let start = Number.POSITIVE_INFINITY;
  const ended: StaffNote[] = [];
  for (const note of notes.toReversed()) {
    if (note.role !== 'melody') {
      ended.push(note);
      continue;
    }
    // Melody notes that begin together both last until a later one.
    if (note.start < start) [next, start] = [start, note.start];
    ended.push(note.end - next < HELD ? { ...note, end: Math.min(note.end, next) } : note);
  }
  return ended.reverse();
}
