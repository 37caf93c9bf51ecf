import type { NoteName, ShownNote, TakeMusic } from '../../../main/contract/takes.ts';
import type { NotePlace } from './note-places.ts';

/** Ticks by which a note may be written elsewhere than it is played. */
const SNAP = 24;

/** A note of the take with the heads that stand for it; tied notes have several. */
export interface PlacedNote {
  note: ShownNote;
  heads: readonly NotePlace[];
}

/**
 * Finds the take's note of every note head: the one on its key that sounds there.
 * @param semitones by which the score is written higher than the take is
 */
export function matchNotes(music: TakeMusic, places: readonly NotePlace[], semitones: number): PlacedNote[] {
  const byPitch = new Map<number, ShownNote[]>();
  for (const note of music.notes) {
    const own = byPitch.get(note.pitch);
    if (own) own.push(note);
    else byPitch.set(note.pitch, [note]);
  }
  const heads = new Map<ShownNote, NotePlace[]>();
  for (const place of places) {
    const note = nearest(byPitch.get(place.pitch - semitones) ?? [], tickOf(music, place), place.staff);
    if (note === null) continue;
    const own = heads.get(note);
    if (own) own.push(place);
    else heads.set(note, [place]);
  }
  return music.notes.map((note) => ({ note, heads: heads.get(note) ?? [] }));
}

function tickOf({ bars, end }: TakeMusic, { bar, share }: NotePlace): number {
  const from = bars[bar]?.start ?? end;
  return from + share * ((bars[bar + 1]?.start ?? end) - from);
}

function nearest(notes: readonly ShownNote[], tick: number, staff: number): ShownNote | null {
  let best: ShownNote | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const note of notes) {
    if (note.start > tick + SNAP || note.start + note.duration <= tick - SNAP) continue;
    // The melody's own staff stands at the top.
    const otherStaff = (note.part === 'lead') === (staff === 0) ? 0 : 1;
    const away = Math.abs(note.start - tick) + otherStaff;
    if (away < least) {
      least = away;
      best = note;
    }
  }
  return best;
}

export function nameOf({ part, start, pitch }: ShownNote): NoteName {
  return { part, start, pitch };
}

export function isSameName(one: NoteName | null, other: NoteName | null): boolean {
  return one?.part === other?.part && one?.start === other?.start && one?.pitch === other?.pitch;
}

export function isNamed(note: ShownNote, name: NoteName | null): boolean {
  return name !== null && isSameName(note, name);
}
