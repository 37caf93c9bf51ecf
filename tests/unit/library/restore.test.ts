import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { codeOf, DAY_ONE, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

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

const add = (number: number) => library.songs.add(makeSong(number), makeFile(number), DAY_ONE);
const titles = () =>
  library.songs
    .list()
    .map(({ title }) => title)
    .sort();
const reopen = () => {
  library.close();
  library = openLibrary(folder);
};
const aside = () => fs.readdirSync(folder).filter((name) => name.startsWith('library.db.'));

describe('going back to a backup', () => {
  it('brings the library of then and keeps that of now', () => {
    add(1);
    library.backup();
    add(2);
    const payload = { songId: makeSong(2).hash, settings: null };
    library.jobs.enqueue({ id: 'j', kind: 'analyse', payload, createdAt: DAY_ONE, maxAttempts: 2 });
    library.prepareRestore(1);
    // Nothing has changed until the library is opened anew.
    expect(titles()).toEqual(['Song 1', 'Song 2']);
    reopen();
    expect(titles()).toEqual(['Song 1']);
    expect(library.jobs.list()).toEqual([]);
    expect(library.verify()).toEqual([]);
    expect(library.backups().map(({ number, songs }) => [number, songs])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    library.prepareRestore(2);
    reopen();
    expect(titles()).toEqual(['Song 1', 'Song 2']);
    expect(library.jobs.list()).toEqual([]);
    // One set aside is enough: they are all among the backups.
    expect(aside()).toEqual(['library.db.replaced-2']);
  });

  it('can go back to the oldest of ten, which its own backup pushes out', () => {
    for (let number = 1; number <= 10; number += 1) {
      add(number);
      library.backup();
    }
    library.prepareRestore(1);
    expect(library.backups().map(({ number }) => number)).not.toContain(1);
    reopen();
    expect(titles()).toEqual(['Song 1']);
  });

  it('refuses a damaged backup and touches nothing', () => {
    for (let number = 1; number <= 200; number += 1) add(number);
    const file = library.backup();
    const bytes = fs.readFileSync(file);
    bytes.fill(0xaa, 4096, 12_288);
    fs.writeFileSync(file, bytes);
    expect(codeOf(() => library.prepareRestore(1))).toBe('library-corrupt');
    expect(aside()).toEqual([]);
    expect(library.backups()).toHaveLength(1);
    reopen();
    expect(titles()).toHaveLength(200);
  });

  it('refuses a backup whose index does not fit its rows', () => {
    add(1);
    const payload = { songId: makeSong(1).hash, settings: null };
    library.jobs.enqueue({ id: 'j', kind: 'analyse', payload, createdAt: DAY_ONE, maxAttempts: 2 });
    const file = library.backup();
    const copy = new Database(file).unsafeMode();
    copy.pragma('writable_schema = ON');
    // The index now claims to be of another column, which `quick_check` does not look into.
    const claim = "sql = 'CREATE INDEX jobs_by_song ON jobs (kind)'";
    const changed = copy.prepare(`UPDATE sqlite_schema SET ${claim} WHERE name = 'jobs_by_song'`).run();
    expect(changed.changes).toBe(1);
    copy.close();
    const check = new Database(file, { readonly: true });
    expect(check.pragma('quick_check', { simple: true })).toBe('ok');
    expect(check.pragma('integrity_check', { simple: true })).not.toBe('ok');
    check.close();
    expect(codeOf(() => library.prepareRestore(1))).toBe('library-corrupt');
  });

  it('refuses a backup that is not there', () => {
    add(1);
    expect(codeOf(() => library.prepareRestore(1))).toBe('bad-request');
    expect(library.backups()).toEqual([]);
  });

  it('is finished at the next start where a kill cut it off', () => {
    add(1);
    library.backup();
    add(2);
    library.prepareRestore(1);
    library.close();
    // Cut off between setting the old library aside and giving the new one its name.
    for (const suffix of ['-wal', '-shm', '']) {
      const from = path.join(folder, `library.db${suffix}`);
      if (fs.existsSync(from)) fs.renameSync(from, path.join(folder, `library.db.replaced-1${suffix}`));
    }
    library = openLibrary(folder);
    expect(titles()).toEqual(['Song 1']);
  });
});
