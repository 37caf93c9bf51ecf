import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { StaffNote } from './snap.ts';

/** What sounds on for longer, in ticks, is held on purpose: an eighth. */
const HELD = TICKS_PER_BEAT / 2;

/** What other notes of the hand take from a melody note at its end is no loss to a reader, in ticks: a triplet eighth. */
const TAIL = TICKS_PER_BEAT / 3;
/** Unless less than a 16th would be left of it. */
const SHORTEST = TICKS_PER_BEAT / 4;

/**
 * Ends every melody note where the next begins: a melody is one line, and what overlaps a little in it was sung or played
 * over. A melody note that is held a little over one other note of the hand ends where that begins, too: one line is read more
 * easily than two for the sake of a 16th.
 *
 * @param notes sorted by start
 */
export function endMelody(notes: readonly StaffNote[]): StaffNote[] {
  let next = Number.POSITIVE_INFINITY;
  let start = Number.POSITIVE_INFINITY;
  // The same for notes of any role.
  let nextAny = Number.POSITIVE_INFINITY;
  let startAny = Number.POSITIVE_INFINITY;
  const ended: StaffNote[] = [];
  for (const note of notes.toReversed()) {
    if (note.start < startAny) [nextAny, startAny] = [startAny, note.start];
    if (note.role !== 'melody') {
      ended.push(note);
      continue;
    }
    // Melody notes that begin together both last until a later one.
    if (note.start < start) [next, start] = [start, note.start];
    let { end } = note;
    if (end - next < HELD) end = Math.min(end, next);
    if (end - nextAny <= TAIL && nextAny - note.start >= SHORTEST) end = Math.min(end, nextAny);
    ended.push(end === note.end ? note : { ...note, end });
  }
  return ended.reverse();
}
