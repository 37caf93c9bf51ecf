import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import {
  DAY_ONE,
  listFiles,
  makeAnalysis,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from './fixtures.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

const file = () => path.join(folder, 'library.db');

function addSong(library: Library, number: number): void {
  const song = makeSong(number);
  library.transaction(() => {
    library.songs.add(song, makeFile(number), DAY_ONE);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    library.takes.add(makeArrangement(song), DAY_ONE);
  });
}

/** A library of `songs` songs, backed up after the first `backedUp`, and closed. */
function build(songs: number, backedUp = 0): void {
  const library = openLibrary(folder);
  for (let number = 1; number <= songs; number += 1) {
    addSong(library, number);
    if (number === backedUp) library.backup();
  }
  library.jobs.enqueue({
    id: 'j',
    kind: 'analyse',
    payload: { songId: makeSong(1).hash, settings: null },
    createdAt: DAY_ONE,
    maxAttempts: 2,
  });
  library.close();
}

function titles(library: Library): string[] {
  return library.songs.list().map((song) => song.title);
}

/** Overwrites leaf pages of a table, counted from its end with -1. */
function damageLeaves(table: string, ...which: number[]): void {
  const database = new Database(file(), { readonly: true });
  const pageSize = database.pragma('page_size', { simple: true }) as number;
  const leaves = database
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .all(table) as { pageno: number }[];
  database.close();
  const bytes = fs.readFileSync(file());
  for (const index of which) {
    const { pageno } = leaves.at(index)!;
    bytes.fill(0xa5, (pageno - 1) * pageSize, pageno * pageSize);
  }
  fs.writeFileSync(file(), bytes);
}

describe('a damaged library', () => {
  it('that is no database any more is kept aside and starts empty, and this is told', () => {
    build(3);
    fs.writeFileSync(file(), 'not a database '.repeat(1000));
    const library = openLibrary(folder);
    expect(titles(library)).toEqual([]);
    expect(library.notices).toHaveLength(1);
    expect(library.notices[0]).toMatchObject({ kind: 'library-recovered' });
    expect(library.notices[0]!.message).toContain('0 song(s)');
    expect(library.notices[0]!.hint).toContain('library.db.corrupt-1');
    expect(fs.readFileSync(`${file()}.corrupt-1`, 'utf8')).toContain('not a database');
    addSong(library, 1);
    library.close();
    const again = openLibrary(folder);
    expect(titles(again)).toEqual(['Song 1']);
    expect(again.notices).toEqual([]);
    again.close();
  });

  it('comes back from its newest good backup, without the queue', () => {
    build(5, 3);
    fs.writeFileSync(file(), 'not a database '.repeat(1000));
    const library = openLibrary(folder);
    expect(titles(library)).toEqual(['Song 1', 'Song 2', 'Song 3']);
    expect(library.takes.list(makeSong(2).hash)).toHaveLength(1);
    expect(library.jobs.list()).toEqual([]);
    expect(library.notices[0]!.message).toContain('library-000001.db');
    expect(library.verify()).toEqual([]);
    library.close();
  });

  it('passes over a damaged backup and says so', () => {
    build(3, 2);
    const library = openLibrary(folder);
    const newest = library.backup();
    library.close();
    fs.writeFileSync(newest, 'rotten');
    fs.writeFileSync(file(), 'not a database '.repeat(1000));
    const recovered = openLibrary(folder);
    expect(titles(recovered)).toEqual(['Song 1', 'Song 2']);
    expect(recovered.notices.map((notice) => notice.kind)).toEqual(['backup-damaged', 'library-recovered']);
    expect(recovered.notices[0]!.message).toContain(newest);
    recovered.close();
  });

  it('gives back the rows that can still be read, on top of the backup', () => {
    build(60, 20);
    damageLeaves('takes', 10, 11);
    const library = openLibrary(folder);
    expect(library.notices).toHaveLength(1);
    expect(library.notices[0]!.message).toContain('could not be read and is lost');
    expect(titles(library)).toHaveLength(60);
    const songs = library.songs.list();
    expect(
      songs.every((song) => song.analysed && song.path === makeFile(Number(song.title.slice(5))).path),
    ).toBe(true);
    const takes = songs.filter((song) => song.takes === 1);
    // Both ends are there, with a gap of the few takes that lay on two pages.
    expect(takes.map((song) => song.title)).toEqual(expect.arrayContaining(['Song 1', 'Song 20', 'Song 60']));
    expect(takes.length).toBeGreaterThan(40);
    expect(takes.length).toBeLessThan(60);
    for (const song of takes) library.takes.getArrangement(library.takes.list(song.id)[0]!.id);
    expect(library.verify()).toEqual([]);
    library.close();
  });

  it('keeps the music of songs whose own rows are lost', () => {
    build(60);
    damageLeaves('songs', 0, 1);
    const library = openLibrary(folder);
    expect(titles(library).sort()).toEqual(Array.from({ length: 60 }, (_, i) => `Song ${i + 1}`).sort());
    expect(library.songs.list().filter((song) => song.path === '').length).toBeGreaterThan(0);
    expect(library.notices[0]!.message).toContain('lack their file');
    const again = library.songs.add(makeSong(1), makeFile(1), DAY_ONE);
    expect(again).toMatchObject({ added: false, song: { takes: 1, analysed: true } });
    library.close();
  });

  it('keeps a correction made after the backup', () => {
    build(60, 60);
    let library = openLibrary(folder);
    library.analyses.put(makeAnalysis(makeSong(1), 77), { createdAt: DAY_ONE + 1, edited: true });
    library.close();
    damageLeaves('takes', -1);
    library = openLibrary(folder);
    expect(library.notices).toHaveLength(1);
    expect(library.analyses.get(makeSong(1).hash)).toMatchObject({
      edited: true,
      analysis: { tempo: { bpm: 77 } },
    });
    expect(library.analyses.get(makeSong(2).hash)).toMatchObject({ edited: false });
    expect(library.songs.list().every((song) => song.takes === 1)).toBe(true);
    library.close();
  });

  it('keeps what was said and mended of takes after the backup', () => {
    build(60, 60);
    const library = openLibrary(folder);
    const [take] = library.takes.list(makeSong(2).hash);
    library.takes.change(take!.id, { name: 'Mine', starred: true });
    const bass = { part: 'piano', start: 0, pitch: 48 } as const;
    library.takeEdits.add(take!.id, { kind: 'delete', note: bass }, DAY_ONE);
    library.close();
    damageLeaves('takes', 10);
    const recovered = openLibrary(folder);
    expect(recovered.takes.get(take!.id)).toMatchObject({
      name: 'Mine',
      starred: true,
      edits: 1,
      revision: 1,
    });
    recovered.close();
  });

  it('that was emptied while there are backups is restored', () => {
    build(3, 3);
    fs.writeFileSync(file(), '');
    const library = openLibrary(folder);
    expect(titles(library)).toHaveLength(3);
    expect(library.notices).toHaveLength(1);
    library.close();
  });

  it('that lost a table or column in its schema is rebuilt', () => {
    build(3, 3);
    const bytes = fs.readFileSync(file());
    for (const [from, to] of [
      ['note_count INTEGER', 'note_co_nt INTEGER'],
      ['CREATE TABLE evidence', 'CREATE TABLE evidenge'],
    ] as const) {
      // Everywhere: pages that were split keep old copies.
      const changed = Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
      fs.writeFileSync(file(), changed);
      const library = openLibrary(folder);
      expect(library.notices).toHaveLength(1);
      expect(library.takes.list(makeSong(1).hash)).toHaveLength(1);
      library.close();
    }
  });

  it('that is gone is not restored unasked, but its backups are pointed out', () => {
    build(3, 3);
    fs.rmSync(file());
    const library = openLibrary(folder);
    expect(titles(library)).toEqual([]);
    expect(library.notices.map((notice) => notice.kind)).toEqual(['library-missing']);
    library.close();
  });

  it('keeps every damaged file under a number of its own', () => {
    for (const round of [1, 2, 3]) {
      fs.writeFileSync(file(), `bad ${round} `.repeat(1000));
      openLibrary(folder).close();
    }
    const kept = listFiles(folder).filter((name) => name.includes('corrupt'));
    expect(kept).toEqual(['library.db.corrupt-1', 'library.db.corrupt-2', 'library.db.corrupt-3']);
    expect(fs.readFileSync(`${file()}.corrupt-2`, 'utf8')).toContain('bad 2');
  });

  it('never throws anything but what it says, whatever bytes are changed', () => {
    build(8, 4);
    const sound = fs.readFileSync(file());
    const change = fc.record({
      at: fc.oneof(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 100, max: sound.length - 1 })),
      to: fc.integer({ min: 0, max: 255 }),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 100 });
    const cut = fc.option(fc.integer({ min: 0, max: sound.length }), { freq: 3 });
    let recovered = 0;
    fc.assert(
      fc.property(changes, cut, (list, length) => {
        const bytes = Buffer.from(sound);
        for (const { at, to } of list) bytes[at] = to;
        for (const name of listFiles(folder)) {
          if (/^library\.db/.test(name)) fs.rmSync(path.join(folder, name));
        }
        const damaged = length === null ? bytes : bytes.subarray(0, length);
        fs.writeFileSync(file(), damaged);
        let library: Library;
        try {
          library = openLibrary(folder);
        } catch (error) {
          // The header now claims to be something else or not to be writable: then nothing may have been touched.
          expect(error).toBeInstanceOf(SongleafError);
          expect(['library-newer', 'library-corrupt', 'file-unwritable']).toContain(
            (error as SongleafError).code,
          );
          expect(fs.readFileSync(file()).equals(damaged)).toBe(true);
          return;
        }
        try {
          // Either the damage lies where no check can see it (a letter in a text), or the backup's songs are back.
          if (library.notices.some((notice) => notice.kind === 'library-recovered')) {
            recovered += 1;
            for (const number of [1, 2, 3, 4]) expect(titles(library)).toContain(`Song ${number}`);
            expect(fs.readFileSync(`${file()}.corrupt-1`).equals(damaged)).toBe(true);
          }
          expect(library.verify()).toEqual([]);
        } finally {
          library.close();
        }
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(recovered).toBeGreaterThan(10);
  });
});

describe('a recovery cut off', () => {
  it('before its replacement was whole starts again', () => {
    build(3, 3);
    fs.writeFileSync(`${file()}.recovering`, 'half');
    fs.writeFileSync(`${file()}.recovering-journal`, 'half');
    const library = openLibrary(folder);
    expect(titles(library)).toHaveLength(3);
    library.close();
    expect(listFiles(folder).filter((name) => name.includes('recover'))).toEqual([]);
  });

  // The replacement is whole and named; the kill came before any, after one, or after all of the old files moved.
  it.each([0, 1, 2])('after %i of the old files had moved is finished', (moved) => {
    build(3);
    fs.renameSync(file(), `${file()}.recovered-4`);
    fs.writeFileSync(file(), 'the bad one');
    fs.writeFileSync(`${file()}-wal`, 'its log');
    if (moved > 0) fs.renameSync(`${file()}-wal`, `${file()}.corrupt-4-wal`);
    if (moved > 1) fs.renameSync(file(), `${file()}.corrupt-4`);
    const library = openLibrary(folder);
    expect(titles(library)).toHaveLength(3);
    library.close();
    expect(fs.readFileSync(`${file()}.corrupt-4`, 'utf8')).toBe('the bad one');
    expect(fs.readFileSync(`${file()}.corrupt-4-wal`, 'utf8')).toBe('its log');
    expect(fs.existsSync(`${file()}.recovered-4`)).toBe(false);
  });
});
