import type { Analysis, MelodyNote } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { endOf } from './beat-grid.ts';
import { refuse } from './refuse.ts';
import { overlay, type Span } from './spans.ts';

/** Changes or removes a note of the melody. Others make room: the melody is one line. */
export function changeNote(analysis: Analysis, { start, note }: CorrectionOf<'note'>): Analysis {
  const old = analysis.melody.find((each) => each.start === start);
  if (!old) throw refuse('No note starts there.', 'Choose a note of the melody.');
  const without = {
    ...analysis,
    melody: analysis.melody.filter((each) => each !== old),
    // Where it was, none must be found again.
    rests: overlay<Span>(analysis.rests ?? [], [{ start: old.start, duration: old.duration }]),
  };
  if (note === null) return without;
  const { source } = old;
  return putNote(without, { ...note, confidence: 1, byHand: true, ...(source ? { source } : {}) });
}

/** Adds a note to the melody. */
export function addNote(analysis: Analysis, { note }: CorrectionOf<'add-note'>): Analysis {
  return putNote(analysis, { ...note, confidence: 1, byHand: true });
}

function putNote(analysis: Analysis, note: MelodyNote): Analysis {
  const end = Math.min(endOf(analysis), note.start + note.duration);
  if (note.start >= end)
    throw refuse('The note lies beyond the end of the song.', 'Choose an earlier place.');
  const whole = { ...note, duration: end - note.start };
  const kept = cutRests(analysis.rests ?? [], whole);
  const { rests: _, ...rest } = analysis;
  return {
    ...rest,
    melody: makeRoom(analysis.melody, [whole]),
    ...(kept.length > 0 ? { rests: kept } : {}),
  };
}

/** Lays notes over a melody. What is left of a note after one of them would be a note that nobody sang, and goes. */
export function makeRoom(melody: readonly MelodyNote[], notes: readonly MelodyNote[]): MelodyNote[] {
  const starts = new Set([...melody, ...notes].map(({ start }) => start));
  return overlay(melody, notes).filter(({ start }) => starts.has(start));
}

/** Leaves out what begins in a rest, and ends what runs into one. */
export function keepRests(melody: readonly MelodyNote[], rests: readonly Span[]): MelodyNote[] {
  return rests.reduce<readonly MelodyNote[]>(
    (notes, { start, duration }) =>
      notes.flatMap((note) => {
        const end = start + duration;
        if (note.byHand || note.start >= end || note.start + note.duration <= start) return [note];
        return note.start < start ? [{ ...note, duration: start - note.start }] : [];
      }),
    melody,
  ) as MelodyNote[];
}

function cutRests(rests: readonly Span[], { start, duration }: Span): Span[] {
  return overlay(rests, [{ start, duration }]).filter((span) => span.start !== start);
}
