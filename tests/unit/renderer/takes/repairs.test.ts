import { describe, expect, test } from 'vitest';
import type { ShownNote, TakeMusic } from '../../../../main/contract/takes.ts';
import { describeTake } from '../../../../main/engine/takes/describe-take.ts';
import { matchNotes } from '../../../../renderer/features/repair/match-notes.ts';
import type { NotePlace } from '../../../../renderer/features/repair/note-places.ts';
import { editOf, type Gesture, placeOf } from '../../../../renderer/features/repair/repairs.ts';
import { makeArrangement, note } from '../../score/arrangements.ts';

const music: TakeMusic = {
  ...describeTake(
    makeArrangement({
      notes: [note(0, 48, 60), note(48, 192, 64), note(240, 24, 60)],
      lead: [note(0, 48, 60)],
    }),
    true,
  ),
  undo: null,
  redo: null,
};
const [c, e, again, sung] = music.notes as [ShownNote, ShownNote, ShownNote, ShownNote];
const editBy = (shown: ShownNote, gesture: Gesture) => editOf(music, shown, gesture)?.edit;

describe('gestures', () => {
  test('move a note by a semitone or a step of the grid', () => {
    const name = { part: 'piano', start: 48, pitch: 64 };
    expect(editBy(e, 'higher')).toEqual({ kind: 'move', note: name, start: 48, pitch: 65 });
    expect(editBy(e, 'lower')).toEqual({ kind: 'move', note: name, start: 48, pitch: 63 });
    expect(editBy(e, 'later')).toEqual({ kind: 'move', note: name, start: 60, pitch: 64 });
    expect(editBy(e, 'earlier')).toEqual({ kind: 'move', note: name, start: 36, pitch: 64 });
  });

  test('hold it until the next step, or the one before', () => {
    expect(editBy(e, 'longer')).toMatchObject({ kind: 'hold', duration: 204 });
    expect(editBy(e, 'shorter')).toMatchObject({ kind: 'hold', duration: 180 });
  });

  test('hold it no longer than until its key is struck again', () => {
    // Struck at 240: from 216 on there is half a step left, then none.
    expect(editBy({ ...c, duration: 234 }, 'longer')).toMatchObject({ kind: 'hold', duration: 240 });
    expect(editOf(music, { ...c, duration: 240 }, 'longer')).toBeNull();
    expect(editBy({ ...sung, duration: 240 }, 'longer')).toMatchObject({ kind: 'hold', duration: 252 });
  });

  test('go no further than the song, the keyboard and the shortest note', () => {
    expect(editOf(music, c, 'earlier')).toBeNull();
    expect(editOf(music, { ...c, pitch: 108 }, 'higher')).toBeNull();
    expect(editOf(music, { ...c, pitch: 21 }, 'lower')).toBeNull();
    expect(editOf(music, { ...c, duration: 12 }, 'shorter')).toBeNull();
    expect(editOf(music, { ...c, start: 756, duration: 12 }, 'later')).toBeNull();
  });

  test('name the note as it is afterwards', () => {
    expect(editOf(music, e, 'later')?.after).toEqual({ part: 'piano', start: 60, pitch: 64 });
    expect(editOf(music, e, 'delete')?.after).toBeNull();
  });

  test('tell places as people count', () => {
    expect(placeOf(music, again)).toEqual({ bar: 2, beat: 2, beats: 0.5 });
  });
});

describe('note heads', () => {
  const head = (bar: number, share: number, pitch: number, staff = 1): NotePlace => ({
    bar,
    share,
    pitch,
    staff,
    x: 0,
    y: 0,
    width: 10,
    height: 8,
  });
  const heads = (places: NotePlace[], semitones = 0) =>
    matchNotes(music, places, semitones).map((placed) => placed.heads.length);

  test('belong to the note that sounds there, tied ones to the same', () => {
    // C; E and what is tied to it over the bar line; C again, written a little early.
    expect(heads([head(0, 0, 60), head(0, 0.25, 64), head(1, 0, 64), head(1, 0.22, 60)])).toEqual([
      1, 2, 1, 0,
    ]);
  });

  test('of the melody staff are those of its notes', () => {
    expect(heads([head(0, 0, 60, 0), head(0, 0, 60, 1)])).toEqual([1, 0, 0, 1]);
    expect(sung.part).toBe('lead');
  });

  test('are found in a transposed score', () => {
    expect(heads([head(0, 0, 63)], 3)).toEqual([1, 0, 0, 0]);
    expect(heads([head(0, 0, 63)])).toEqual([0, 0, 0, 0]);
  });
});
