import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeSchema } from '../../../main/contract/library.ts';
import { measureTake } from '../../../main/engine/arranger/facts/measure-take.ts';
import { canonicalJson } from '../../../main/engine/library/json.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { fixtureNames, readMaterial } from '../arranger/support/fixtures.ts';
import {
  codeOf,
  DAY_ONE,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from './fixtures.ts';

const { evidence } = readMaterial(fixtureNames[0]);
let folder: string;
let library: Library;
const song = makeSong(1);
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

describe('takes', () => {
  it('come with what was measured of them', () => {
    const facts = measureTake(makeArrangement(song, 8), { ...evidence, frames: 0 });
    const take = library.takes.add({ ...makeArrangement(song, 8), facts }, DAY_ONE);
    expect(take.facts).toEqual(facts);
    expect(library.takes.list(song.hash)[0].facts).toEqual(facts);
    expect(library.takes.add(makeArrangement(song, 9), DAY_ONE).facts).toBeNull();
  });

  it('come back in the order they were made, with their music', () => {
    // The clock went back in between.
    const first = library.takes.add(makeArrangement(song, 5), DAY_ONE);
    const second = library.takes.add(makeArrangement(song, 6), DAY_ONE - 1000);
    expect(library.takes.list(song.hash)).toEqual([first, second]);
    expect(takeSchema.parse(first)).toEqual(first);
    expect(first).toMatchObject({ songId: song.hash, engine: '0.1.0', createdAt: DAY_ONE, noteCount: 2 });
    expect(first.settings.seed).toBe(5);
    expect(library.takes.get(first.id)).toEqual(first);
    expect(library.takes.getArrangement(second.id)).toEqual(makeArrangement(song, 6));
  });

  it('are one where the music is one, however often and in whatever order of keys it arrives', () => {
    const take = library.takes.add(makeArrangement(song), DAY_ONE);
    const { notes, ...rest } = makeArrangement(song);
    expect(library.takes.add({ notes, ...rest }, DAY_ONE + 5)).toEqual(take);
    expect(library.takes.list(song.hash)).toHaveLength(1);
    const other = makeArrangement(song);
    other.notes[0]!.velocity += 1;
    expect(library.takes.add(other, DAY_ONE).id).not.toBe(take.id);
  });

  it('count the notes of the melody staff too', () => {
    const music = makeArrangement(song);
    music.lead.push({ start: 0, duration: 48, pitch: 72, velocity: 64, role: 'melody' });
    expect(library.takes.add(music, DAY_ONE).noteCount).toBe(3);
  });

  it('can be removed, and brought back with all that was said of them', () => {
    const take = library.takes.add(makeArrangement(song, 1), DAY_ONE);
    const other = library.takes.add(makeArrangement(song, 2), DAY_ONE);
    library.takes.change(take.id, { name: 'Verse', starred: true });
    library.takes.remove(take.id, DAY_ONE);
    expect([take.number, other.number]).toEqual([1, 2]);
    expect(library.takes.list(song.hash)).toEqual([other]);
    expect(library.takes.listRemoved(song.hash)).toMatchObject([
      { id: take.id, name: 'Verse', starred: true },
    ]);
    expect(library.songs.get(song.hash).takes).toBe(1);
    expect(library.takes.restore(take.id)).toMatchObject({ name: 'Verse', starred: true });
    expect(library.takes.list(song.hash).map(({ id }) => id)).toEqual([take.id, other.id]);
    expect(library.takes.listRemoved(song.hash)).toEqual([]);
    expect(codeOf(() => library.takes.remove('gone', DAY_ONE))).toBe('bad-request');
    expect(codeOf(() => library.takes.restore('gone'))).toBe('bad-request');
    expect(codeOf(() => library.takes.change('gone', { starred: true }))).toBe('bad-request');
  });

  it('are back where they are written again', () => {
    const take = library.takes.add(makeArrangement(song), DAY_ONE);
    library.takes.remove(take.id, DAY_ONE);
    library.takes.add(makeArrangement(song), DAY_ONE + 1);
    expect(library.takes.list(song.hash)).toEqual([take]);
  });

  it('are gone for good some weeks after they were removed', () => {
    const days = (count: number) => DAY_ONE + count * 24 * 60 * 60 * 1000;
    const [old, young, kept] = [1, 2, 3].map((seed) =>
      library.takes.add(makeArrangement(song, seed), DAY_ONE),
    );
    library.takes.remove(old!.id, DAY_ONE);
    library.takes.remove(young!.id, days(20));
    library.takes.sweep(days(31));
    expect(library.takes.listRemoved(song.hash).map(({ id }) => id)).toEqual([young!.id]);
    expect(library.takes.list(song.hash)).toEqual([kept]);
    expect(codeOf(() => library.takes.get(old!.id))).toBe('bad-request');
  });

  it('remember where their passages come from', () => {
    const source = library.takes.add(makeArrangement(song, 1), DAY_ONE);
    const origin = { kind: 'comp' as const, picks: [{ takeId: source.id, first: 0, last: 0 }] };
    const comp = library.takes.add(makeArrangement(song, 2), DAY_ONE, origin);
    expect([source.origin, comp.origin]).toEqual([null, origin]);
    expect(library.takes.list(song.hash)[1]).toEqual(comp);
  });

  it('keep their repairs, which can be taken back and done again', () => {
    const music = makeArrangement(song);
    const { id } = library.takes.add(music, DAY_ONE);
    const bass = { part: 'piano', start: 0, pitch: 48 } as const;
    const hold = { kind: 'hold', note: bass, duration: 96 } as const;
    const remove = { kind: 'delete', note: bass } as const;
    const lengths = () => library.takes.getArrangement(id).notes.map(({ duration }) => duration);
    library.takeEdits.add(id, hold, DAY_ONE);
    library.takeEdits.add(id, remove, DAY_ONE);
    expect(lengths()).toEqual([48]);
    expect(library.takes.get(id)).toMatchObject({ edits: 2, revision: 2 });
    library.takeEdits.undo(id);
    expect(lengths()).toEqual([96, 48]);
    expect(library.takeEdits.peek(id)).toEqual({ undo: hold, redo: remove });
    library.takeEdits.redo(id);
    expect(lengths()).toEqual([48]);
    library.takeEdits.undo(id);
    library.takeEdits.undo(id);
    expect(library.takes.getArrangement(id)).toEqual(music);
    expect(library.takes.get(id)).toMatchObject({ edits: 0, revision: 6 });
    expect(codeOf(() => library.takeEdits.undo(id))).toBe('bad-request');
    // Something else is mended: what was taken back is forgotten.
    library.takeEdits.add(id, remove, DAY_ONE);
    expect(codeOf(() => library.takeEdits.redo(id))).toBe('bad-request');
  });

  it('must be valid and of a song in the library', () => {
    expect(codeOf(() => library.takes.add({ ...makeArrangement(song), bars: [] }, DAY_ONE))).toBe(
      'score-invalid',
    );
    expect(codeOf(() => library.takes.add(makeArrangement(makeSong(2)), DAY_ONE))).toBe('song-unknown');
  });

  it('that cannot be read are told by row and do not hide the others', () => {
    const bad = library.takes.add(makeArrangement(song, 1), DAY_ONE);
    const good = library.takes.add(makeArrangement(song, 2), DAY_ONE);
    const other = new Database(`${folder}/library.db`);
    other.exec(`UPDATE takes SET settings = '{"seed":-1}', arrangement = 'null' WHERE id = '${bad.id}'`);
    other.close();
    expect(library.takes.list(song.hash)).toEqual([good]);
    expect(library.notices.map((notice) => notice.kind)).toEqual(['row-unreadable']);
    expect(library.notices[0]!.message).toContain(bad.id);
    expect(codeOf(() => library.takes.get(bad.id))).toBe('library-corrupt');
    expect(codeOf(() => library.takes.getArrangement(bad.id))).toBe('library-corrupt');
    library.takes.remove(bad.id, DAY_ONE);
    expect(library.takes.list(song.hash)).toEqual([good]);
  });

  it('that cannot be read are there again once they are written again', () => {
    const take = library.takes.add(makeArrangement(song, 1), DAY_ONE);
    const other = new Database(`${folder}/library.db`);
    other.exec(`UPDATE takes SET settings = '{"seed":-1}', arrangement = 'null'`);
    other.close();
    expect(library.takes.add(makeArrangement(song, 1), DAY_ONE + 1)).toEqual(take);
    expect(library.takes.getArrangement(take.id)).toEqual(makeArrangement(song, 1));
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves lists alone', () => {
    expect(canonicalJson({ b: [3, { z: 1, a: null }], a: 'x', c: undefined })).toBe(
      '{"a":"x","b":[3,{"a":null,"z":1}]}',
    );
  });
});
