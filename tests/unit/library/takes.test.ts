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

  it('can be removed once', () => {
    const take = library.takes.add(makeArrangement(song), DAY_ONE);
    library.takes.remove(take.id);
    expect(library.takes.list(song.hash)).toEqual([]);
    expect(codeOf(() => library.takes.remove(take.id))).toBe('bad-request');
    expect(codeOf(() => library.takes.get(take.id))).toBe('bad-request');
    expect(codeOf(() => library.takes.getArrangement(take.id))).toBe('bad-request');
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
    library.takes.remove(bad.id);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves lists alone', () => {
    expect(canonicalJson({ b: [3, { z: 1, a: null }], a: 'x', c: undefined })).toBe(
      '{"a":"x","b":[3,{"a":null,"z":1}]}',
    );
  });
});
