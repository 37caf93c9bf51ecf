import { describe, expect, it } from 'vitest';
import { applyEdits, editTake } from '../../../main/engine/takes/edit-take.ts';
import { codeOf } from '../library/fixtures.ts';
import { makeArrangement, note } from '../score/arrangements.ts';

const take = makeArrangement({
  notes: [note(0, 96, 60), note(48, 48, 64), note(192, 48, 60)],
  lead: [note(0, 48, 76, 'melody')],
});
const c = { part: 'piano', start: 0, pitch: 60 } as const;

describe('mending a take', () => {
  it('deletes a note of the piano or of the melody staff', () => {
    expect(editTake(take, { kind: 'delete', note: c }).notes).toEqual(take.notes.slice(1));
    const lead = editTake(take, { kind: 'delete', note: { part: 'lead', start: 0, pitch: 76 } });
    expect([lead.lead, lead.notes]).toEqual([[], take.notes]);
  });

  it('moves a note in time and pitch, with its length', () => {
    const { notes } = editTake(take, { kind: 'move', note: c, start: 60, pitch: 62 });
    expect(notes).toEqual([note(48, 48, 64), note(60, 96, 62), note(192, 48, 60)]);
  });

  it('holds a note until the end of the song at most, and until its key is struck again', () => {
    expect(editTake(take, { kind: 'hold', note: c, duration: 500 }).notes[0]!.duration).toBe(192);
    const e = { part: 'piano', start: 48, pitch: 64 } as const;
    expect(editTake(take, { kind: 'hold', note: e, duration: 5000 }).notes[1]!.duration).toBe(4 * 192 - 48);
    expect(editTake(take, { kind: 'hold', note: e, duration: 1 }).notes[1]!.duration).toBe(1);
  });

  it('lets go of a key for a note that is moved to it', () => {
    const e = { part: 'piano', start: 48, pitch: 64 } as const;
    const { notes } = editTake(take, { kind: 'move', note: e, start: 48, pitch: 60 });
    expect(notes.slice(0, 2)).toEqual([note(0, 48, 60), note(48, 48, 60)]);
  });

  it('refuses what is not there, a place that is taken, and what lies behind the song', () => {
    const gone = { part: 'lead', start: 0, pitch: 60 } as const;
    expect(codeOf(() => editTake(take, { kind: 'delete', note: gone }))).toBe('bad-request');
    expect(codeOf(() => editTake(take, { kind: 'move', note: c, start: 48, pitch: 64 }))).toBe('bad-request');
    expect(codeOf(() => editTake(take, { kind: 'move', note: c, start: 4 * 192, pitch: 60 }))).toBe(
      'bad-request',
    );
  });

  it('leaves the take itself as it was', () => {
    const before = structuredClone(take);
    editTake(take, { kind: 'move', note: c, start: 12, pitch: 64 });
    expect(take).toEqual(before);
  });

  it('stops at a step that no longer fits', () => {
    const edits = [
      { kind: 'delete', note: c },
      { kind: 'delete', note: c },
      { kind: 'delete', note: { part: 'piano', start: 48, pitch: 64 } },
    ] as const;
    expect(applyEdits(take, edits).notes).toEqual(take.notes.slice(1));
  });
});
