import type { ArrangedNote, Level } from '../../contract/arrangement.ts';
import { assignHands, handLimits } from '../score/hands.ts';

/** A note cut shorter than this, a triplet sixteenth, is left out instead: nobody would hear it as a note. */
const SHORTEST = 8;
/** Rounds after which what hands cannot hold is left out, however short it could be made. */
const PATIENCE = 8;

const roleRank = { melody: 2, bass: 1, inner: 0 } as const;

/** Order of the contract: by start, then pitch. */
export function byStartThenPitch(a: ArrangedNote, b: ArrangedNote): number {
  return a.start - b.start || a.pitch - b.pitch;
}

/** Sorted, with one note a key at a time: of two that begin together the more important stays, the earlier is cut. */
export function separateKeys(notes: readonly ArrangedNote[]): ArrangedNote[] {
  const sorted = notes.toSorted(
    (a, b) => byStartThenPitch(a, b) || roleRank[b.role] - roleRank[a.role] || b.duration - a.duration,
  );
  const onKey = new Map<number, ArrangedNote>();
  const separate: ArrangedNote[] = [];
  for (const note of sorted) {
    const before = onKey.get(note.pitch);
    if (before && before.start === note.start) continue;
    if (before) before.duration = Math.min(before.duration, note.start - before.start);
    const own = { ...note };
    onKey.set(note.pitch, own);
    separate.push(own);
  }
  return separate;
}

/**
 * Shortens and leaves out what two hands cannot hold at a level, least important first, until `assignHands` finds
 * nothing. Short melody notes are kept where a note must be shortened.
 * @returns notes in the contract's order, one a key at a time
 */
export function makePlayable(notes: readonly ArrangedNote[], level: Level): ArrangedNote[] {
  const limits = handLimits[level];
  let current = separateKeys(notes);
  for (let round = 0; ; round++) {
    const { unplayable, playableTicks } = assignHands(current, limits);
    if (unplayable.length === 0) return current;
    const ticks = new Map(unplayable.map((index, at) => [index, playableTicks[at]]));
    current = current.flatMap((note, index) => {
      const kept = ticks.get(index);
      if (kept === undefined) return [note];
      const least = note.role === 'melody' ? 1 : SHORTEST;
      return kept >= least && round < PATIENCE ? [{ ...note, duration: kept }] : [];
    });
  }
}
