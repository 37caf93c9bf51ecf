import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/engine/library/database.ts';
import { openLibrary, openLibraryReader } from '../../../main/engine/library/library.ts';
import { canRunBound } from '../support/other-user.ts';
import {
  codeOf,
  DAY_ONE,
  listFiles,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
  startChild,
} from './fixtures.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

const file = () => path.join(folder, 'library.db');

describe('a connection', () => {
  it('has the durability and safety settings', () => {
    const { sqlite } = connect(file());
    // The first write settles what SQLite makes of its defaults for WAL.
    sqlite.exec('CREATE TABLE t (x TEXT) STRICT');
    const setting = (name: string) => sqlite.pragma(name, { simple: true });
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('synchronous')).toBe(2);
    expect(setting('foreign_keys')).toBe(1);
    expect(setting('trusted_schema')).toBe(0);
    expect(setting('cell_size_check')).toBe(1);
    expect(setting('busy_timeout')).toBeGreaterThanOrEqual(5000);
    expect(setting('fullfsync')).toBe(1);
    sqlite.close();
  });
});

describe('openLibrary', () => {
  it('makes a library in a folder that does not exist yet and finds its songs again', () => {
    const deep = path.join(folder, 'new', 'folder');
    const first = openLibrary(deep);
    first.songs.add(makeSong(1), makeFile(1), DAY_ONE);
    expect(first.notices).toEqual([]);
    expect(first.verify()).toEqual([]);
    first.close();
    expect(listFiles(deep)).toEqual(['evidence', 'library.db', 'library.lock']);
    const second = openLibrary(deep);
    expect(second.songs.list().map((song) => song.title)).toEqual(['Song 1']);
    expect(second.notices).toEqual([]);
    second.close();
  });

  it('marks the file as a Songleaf library', () => {
    openLibrary(folder).close();
    const bytes = fs.readFileSync(file());
    expect(bytes.subarray(68, 72).toString('latin1')).toBe('SLF1');
  });

  it('refuses a library of a newer Songleaf without touching it', () => {
    openLibrary(folder).close();
    const newer = new Database(file());
    newer.exec('CREATE TABLE later (x TEXT) STRICT');
    newer.pragma('user_version = 99');
    newer.close();
    const before = fs.readFileSync(file());
    expect(codeOf(() => openLibrary(folder))).toBe('library-newer');
    expect(codeOf(() => openLibraryReader(folder))).toBe('library-newer');
    expect(fs.readFileSync(file()).equals(before)).toBe(true);
    // Looking at a library in WAL mode may leave an empty log.
    const log = fs.statSync(`${file()}-wal`, { throwIfNoEntry: false });
    expect(log?.size ?? 0).toBe(0);
  });

  it("refuses another program's database without touching it", () => {
    const foreign = new Database(file());
    foreign.exec('CREATE TABLE recipes (cake TEXT)');
    foreign.close();
    const before = fs.readFileSync(file());
    expect(codeOf(() => openLibrary(folder))).toBe('library-corrupt');
    expect(fs.readFileSync(file()).equals(before)).toBe(true);
  });

  it('finishes a library whose making was cut off before the first table', () => {
    fs.writeFileSync(file(), '');
    const library = openLibrary(folder);
    expect(library.songs.list()).toEqual([]);
    expect(library.notices).toEqual([]);
    library.close();
  });

  it('lets go of the lock when opening fails', () => {
    fs.mkdirSync(file());
    expect(codeOf(() => openLibrary(folder))).toBe('file-unwritable');
    fs.rmdirSync(file());
    openLibrary(folder).close();
  });

  it('can be closed twice', () => {
    const library = openLibrary(folder);
    library.close();
    library.close();
    openLibrary(folder).close();
  });
});

describe('two programs', () => {
  const holder = new URL('children/hold-library.ts', import.meta.url);

  it('cannot both write, and a kill frees the lock', async () => {
    const child = startChild(holder, [folder]);
    await child.untilLine((line) => line === 'open');
    expect(codeOf(() => openLibrary(folder))).toBe('library-locked');
    await child.kill();
    openLibrary(folder).close();
  });

  it('cannot both write within one process either', () => {
    const library = openLibrary(folder);
    expect(codeOf(() => openLibrary(folder))).toBe('library-locked');
    library.close();
  });

  it('can read beside the writer and see what it commits', () => {
    const writer = openLibrary(folder);
    const reader = openLibraryReader(folder);
    expect(reader.songs.list()).toEqual([]);
    writer.songs.add(makeSong(1), makeFile(1), DAY_ONE);
    expect(reader.songs.list()).toHaveLength(1);
    writer.close();
    expect(reader.songs.list()).toHaveLength(1);
    reader.close();
  });

  it('leaves the writer unhindered by a reader in the middle of a read', () => {
    const writer = openLibrary(folder);
    const reader = new Database(file(), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM songs').get();
    writer.songs.add(makeSong(1), makeFile(1), DAY_ONE);
    writer.checkpoint();
    expect(writer.songs.list()).toHaveLength(1);
    expect(reader.prepare('SELECT count(*) AS n FROM songs').get()).toEqual({ n: 0 });
    reader.close();
    writer.close();
  });
});

describe('openLibraryReader', () => {
  it('says that there is no library', () => {
    expect(codeOf(() => openLibraryReader(folder))).toBe('file-not-found');
    expect(listFiles(folder)).toEqual([]);
  });

  it('cannot write', () => {
    openLibrary(folder).close();
    const reader = openLibraryReader(folder);
    const { songs } = reader as ReturnType<typeof openLibrary>;
    expect(codeOf(() => songs.add(makeSong(1), makeFile(1), DAY_ONE))).toBe('file-unwritable');
    reader.close();
  });

  it('leaves an older library to the writer', () => {
    openLibrary(folder).close();
    const older = new Database(file());
    older.pragma('user_version = 1');
    older.close();
    expect(codeOf(() => openLibraryReader(folder))).toBe('file-unreadable');
  });

  it('leaves a damaged library to the writer', () => {
    fs.writeFileSync(file(), 'x'.repeat(10_000));
    expect(codeOf(() => openLibraryReader(folder))).toBe('library-corrupt');
    expect(listFiles(folder)).toEqual(['library.db']);
  });
});

describe.skipIf(!canRunBound)('a folder that may not be written (needs a user without rights)', () => {
  const opener = new URL('children/try-open.ts', import.meta.url);

  async function tryOpen(): Promise<{ code: string; message: string; hint: string }> {
    const child = startChild(opener, [folder, 'write'], { unprivileged: true });
    await child.ended;
    return JSON.parse(child.lines[0]!);
  }

  it('is told by name, for a new library and for an old one', async () => {
    fs.chmodSync(folder, 0o555);
    try {
      const fresh = await tryOpen();
      expect(fresh.code).toBe('file-unwritable');
      expect(fresh.message).toContain(folder);
      fs.chmodSync(folder, 0o755);
      openLibrary(folder).close();
      fs.chmodSync(folder, 0o555);
      const before = fs.readFileSync(file());
      expect((await tryOpen()).code).toBe('file-unwritable');
      expect(fs.readFileSync(file()).equals(before)).toBe(true);
    } finally {
      fs.chmodSync(folder, 0o755);
    }
  });
});
