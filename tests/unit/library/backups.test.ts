import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBackups } from '../../../main/engine/library/backups.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { DAY_ONE, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

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

const backups = () => path.join(folder, 'backups');
const add = (number: number) => library.songs.add(makeSong(number), makeFile(number), DAY_ONE);

describe('backup', () => {
  it('holds what is committed, the log included, in one file of its own', () => {
    add(1);
    expect(fs.statSync(path.join(folder, 'library.db-wal')).size).toBeGreaterThan(0);
    const file = library.backup();
    expect(fs.readdirSync(backups())).toEqual([path.basename(file)]);
    const copy = new Database(file, { readonly: true });
    expect(copy.prepare('SELECT title FROM songs').all()).toEqual([{ title: 'Song 1' }]);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
  });

  it('keeps the newest ten by number', () => {
    for (let number = 1; number <= 12; number += 1) {
      add(number);
      library.backup();
    }
    const numbers = listBackups(backups()).map((backup) => backup.number);
    expect(numbers).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  });

  it('leaves files alone that are not its own and sweeps those a kill cut off', () => {
    fs.mkdirSync(backups());
    fs.writeFileSync(path.join(backups(), 'library-000009.db.tmp'), 'half');
    fs.writeFileSync(path.join(backups(), 'holiday.db'), 'mine');
    add(1);
    library.close();
    library = openLibrary(folder);
    expect(fs.readdirSync(backups())).toEqual(['holiday.db']);
    expect(path.basename(library.backup())).toBe('library-000001.db');
  });

  it('is due once a day where there is something to lose', () => {
    const now = Date.now();
    const day = 24 * 60 * 60 * 1000;
    expect(library.backupIfDue(now)).toBeNull();
    add(1);
    const first = library.backupIfDue(now);
    expect(first).not.toBeNull();
    fs.utimesSync(first!, now / 1000, now / 1000);
    expect(library.backupIfDue(now + day / 2)).toBeNull();
    expect(library.backupIfDue(now + day + 1000)).not.toBeNull();
    // The clock went back a week.
    expect(library.backupIfDue(now - 7 * day)).not.toBeNull();
  });
});
