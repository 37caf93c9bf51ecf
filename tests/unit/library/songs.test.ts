import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { songSchema } from '../../../main/contract/library.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import {
  codeOf,
  DAY_ONE,
  makeAnalysis,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from './fixtures.ts';

let folder: string;
let library: Library;
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

/** Changes the file behind the library's back. */
function tamper(sql: string): void {
  const other = new Database(`${folder}/library.db`);
  other.exec(sql);
  other.close();
}

const song = makeSong(1);

describe('songs', () => {
  it('come back in the order of import with what is known of them', () => {
    for (const number of [3, 1, 2]) library.songs.add(makeSong(number), makeFile(number), DAY_ONE - number);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    library.takes.add(makeArrangement(song, 1), DAY_ONE);
    library.takes.add(makeArrangement(song, 2), DAY_ONE);
    const list = library.songs.list();
    expect(list.map((entry) => entry.title)).toEqual(['Song 3', 'Song 1', 'Song 2']);
    expect(list.map((entry) => [entry.analysed, entry.takes])).toEqual([
      [false, 0],
      [true, 2],
      [false, 0],
    ]);
    expect(list.map(({ bpm, key, edited }) => [bpm, key, edited])).toEqual([
      [null, null, false],
      [120, { tonic: 0, mode: 'major' }, false],
      [null, null, false],
    ]);
    for (const entry of list) expect(songSchema.parse(entry)).toEqual(entry);
    expect(library.songs.get(song.hash)).toEqual(list[1]);
    library.corrections.add(makeAnalysis(song, 60), { kind: 'halve' }, DAY_ONE);
    expect(library.songs.get(song.hash)).toMatchObject({ bpm: 60, edited: true });
  });

  it('are one where the content is one', () => {
    expect(library.songs.add(song, makeFile(1), DAY_ONE).added).toBe(true);
    const again = library.songs.add({ ...song, title: 'Other tags' }, makeFile(2), DAY_ONE + 1);
    expect(again).toEqual({ added: false, song: library.songs.get(song.hash) });
    expect(again.song).toMatchObject({ title: 'Song 1', path: makeFile(1).path, addedAt: DAY_ONE });
  });

  it('are found by an unchanged file only', () => {
    const file = makeFile(1);
    library.songs.add(song, { ...file, mtime: file.mtime + 0.7 }, DAY_ONE);
    expect(library.songs.findByFile(file)?.id).toBe(song.hash);
    expect(library.songs.findByFile({ ...file, size: 1 })).toBeNull();
    expect(library.songs.findByFile({ ...file, mtime: 1 })).toBeNull();
    expect(library.songs.findByFile({ ...file, path: '/x' })).toBeNull();
  });

  it('follow their file', () => {
    library.songs.add(song, makeFile(1), DAY_ONE);
    expect(library.songs.moveFile(song.hash, makeFile(7)).path).toBe(makeFile(7).path);
    expect(library.songs.findByFile(makeFile(7))?.id).toBe(song.hash);
    expect(codeOf(() => library.songs.moveFile(makeSong(2).hash, makeFile(7)))).toBe('song-unknown');
  });

  it('go with all that belongs to them', () => {
    library.songs.add(song, makeFile(1), DAY_ONE);
    library.songs.add(makeSong(2), makeFile(2), DAY_ONE);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    library.takes.add(makeArrangement(song), DAY_ONE);
    library.evidence.put(song.hash, 'notes', new Uint8Array(10), { engine: 'e', createdAt: DAY_ONE });
    library.jobs.enqueue({
      id: 'j',
      kind: 'analyse',
      payload: { songId: song.hash, settings: null },
      createdAt: DAY_ONE,
      maxAttempts: 2,
    });
    const file = library.evidence.getPath(song.hash, 'notes', 'e');
    library.songs.remove(song.hash);
    expect(library.songs.list().map((entry) => entry.id)).toEqual([makeSong(2).hash]);
    expect(library.analyses.get(song.hash)).toBeNull();
    expect(library.takes.list(song.hash)).toEqual([]);
    expect(library.jobs.list()).toEqual([]);
    expect(library.evidence.getPath(song.hash, 'notes', 'e')).toBeNull();
    expect(file).toContain(song.hash);
    expect(library.evidence.sweep()).toEqual({ files: 0, rows: 0 });
    expect(codeOf(() => library.songs.remove(song.hash))).toBe('song-unknown');
  });

  it('keep hostile text as text', () => {
    const hostile = { ...song, title: `'); DROP TABLE songs; --\0<b>"\u202e`, artist: '😀'.repeat(500) };
    library.songs.add(hostile, { ...makeFile(1), path: "/it's/..\\ %2e/\n.mp3" }, DAY_ONE);
    expect(library.songs.list()[0]).toMatchObject({ title: hostile.title, artist: hostile.artist });
  });

  it('refuse what is no song', () => {
    for (const bad of [
      { hash: '../../etc' },
      { title: 'x'.repeat(1001) },
      { duration: -1 },
      { duration: NaN },
    ]) {
      expect(codeOf(() => library.songs.add({ ...song, ...bad }, makeFile(1), DAY_ONE))).toBe('bad-request');
    }
    expect(library.songs.list()).toEqual([]);
    expect(codeOf(() => library.songs.get('nothing'))).toBe('song-unknown');
  });

  it('whose row makes no sense are told by name and do not hide the others', () => {
    library.songs.add(song, makeFile(1), DAY_ONE);
    library.songs.add(makeSong(2), makeFile(2), DAY_ONE);
    tamper(`UPDATE songs SET duration = 9e999 WHERE id = '${song.hash}'`);
    expect(library.songs.list().map((entry) => entry.title)).toEqual(['Song 2']);
    library.songs.list();
    expect(library.notices).toHaveLength(1);
    expect(library.notices[0]!.message).toContain(song.hash);
    expect(codeOf(() => library.songs.get(song.hash))).toBe('library-corrupt');
  });
});

describe('a transaction', () => {
  it('keeps all or nothing', () => {
    expect(() =>
      library.transaction(() => {
        library.songs.add(song, makeFile(1), DAY_ONE);
        library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(library.songs.list()).toEqual([]);
  });
});
