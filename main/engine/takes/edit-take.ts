import type { ArrangedNote, Arrangement } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { NoteName, TakeEdit } from '../../contract/takes.ts';
import { separateKeys } from '../arranger/playable.ts';

const lists = { piano: 'notes', lead: 'lead' } as const;

/**
 * Mends a note of a take. A key is struck once at a time: what still sounds on it ends there, and a note that is moved or
 * held ends where its key is struck next.
 * @throws SongleafError `bad-request` where there is no such note, or its new place is taken or outside the song
 */
export function editTake(take: Arrangement, edit: TakeEdit): Arrangement {
  const list = lists[edit.note.part];
  const notes = take[list];
  const at = notes.findIndex(({ start, pitch }) => start === edit.note.start && pitch === edit.note.pitch);
  if (at === -1) throw noSuchNote(edit.note);
  const others = notes.toSpliced(at, 1);
  const changed = change(notes[at]!, edit, others, endOf(take));
  return { ...take, [list]: separateKeys(changed === null ? others : [...others, changed]) };
}

/** Mends a take step by step, up to the first that no longer fits: a repaired library may have lost some. */
export function applyEdits(take: Arrangement, edits: readonly TakeEdit[]): Arrangement {
  let mended = take;
  for (const edit of edits) {
    try {
      mended = editTake(mended, edit);
    } catch (error) {
      if (error instanceof SongleafError) break;
      throw error;
    }
  }
  return mended;
}

function change(
  note: ArrangedNote,
  edit: TakeEdit,
  others: readonly ArrangedNote[],
  end: number,
): ArrangedNote | null {
  if (edit.kind === 'delete') return null;
  const moved =
    edit.kind === 'move'
      ? { ...note, start: edit.start, pitch: edit.pitch }
      : { ...note, duration: edit.duration };
  if (moved.start >= end) {
    throw new SongleafError('bad-request', 'The note would lie behind the last bar.', 'Move it less far.');
  }
  if (others.some(({ start, pitch }) => start === moved.start && pitch === moved.pitch)) {
    throw new SongleafError(
      'bad-request',
      'Another note begins there on the same key.',
      'Delete one of the two, or move it elsewhere.',
    );
  }
  return { ...moved, duration: Math.min(moved.duration, end - moved.start) };
}

/** Tick where the last bar ends. */
export function endOf({ bars }: Pick<Arrangement, 'bars'>): number {
  const last = bars.at(-1)!;
  return last.start + last.beats * TICKS_PER_BEAT;
}

function noSuchNote({ start, pitch }: NoteName): SongleafError {
  return new SongleafError(
    'bad-request',
    `The take has no note of pitch ${pitch} at tick ${start}.`,
    'Open the take again: it may have been changed meanwhile.',
  );
}
