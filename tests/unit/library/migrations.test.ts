import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type LibraryDatabase, readPragma } from '../../../main/engine/library/database.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { createSchema, migrate } from '../../../main/engine/library/migrate.ts';
import { migrations, SCHEMA_VERSION } from '../../../main/engine/library/migrations/all.ts';
import { DAY_ONE, makeAnalysis, makeArrangement, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
let database: LibraryDatabase;
beforeEach(() => {
  folder = makeFolder();
  database = connect(path.join(folder, 'library.db'));
});
afterEach(() => {
  database.sqlite.close();
  removeFolder(folder);
});

const song = makeSong(1);
const insertSong = `INSERT INTO songs (id, path, title, artist, album, duration, added_at, size, mtime)
  VALUES ('${song.hash}', '/a.ogg', 'A', '', '', 1, ${DAY_ONE}, 1, 1)`;

function count(table: string): number {
  return (database.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}

function schemaOf({ sqlite }: LibraryDatabase) {
  const rows = sqlite.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  return (rows as { type: string; name: string; sql: string | null }[]).map((row) => ({
    ...row,
    sql: row.sql?.replace(/\s+/g, ' ') ?? null,
  }));
}

describe('migrations', () => {
  it('are numbered without a gap', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, i) => i + 1));
    const files = fs.readdirSync(new URL('../../../main/engine/library/migrations', import.meta.url));
    const numbered = files.filter((name) => /^\d{4}-/.test(name)).sort();
    expect(numbered).toEqual(
      migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`),
    );
  });

  it('end where a fresh library starts', () => {
    migrate(database);
    const fresh = connect(path.join(folder, 'fresh.db'));
    createSchema(fresh);
    expect(schemaOf(database)).toEqual(schemaOf(fresh));
    expect(readPragma(database.sqlite, 'user_version')).toBe(readPragma(fresh.sqlite, 'user_version'));
    expect(readPragma(database.sqlite, 'application_id')).toBe(readPragma(fresh.sqlite, 'application_id'));
    fresh.sqlite.close();
  });

  it('1: make room for songs', () => {
    migrate(database, 1);
    database.sqlite.exec(insertSong);
    expect(count('songs')).toBe(1);
    expect(() => database.sqlite.exec(insertSong)).toThrow(/UNIQUE/);
    expect(() => database.sqlite.exec(insertSong.replace(song.hash, 'short'))).toThrow(/CHECK/);
    expect(() => database.sqlite.exec("UPDATE songs SET size = 'large'")).toThrow(/cannot store TEXT/);
  });

  it('2: make room for analyses, one a song, and keep the songs', () => {
    migrate(database, 1);
    database.sqlite.exec(insertSong);
    migrate(database, 2);
    expect(count('songs')).toBe(1);
    const insert = `INSERT INTO analyses (song_id, version, engine, json, created_at) VALUES ('${song.hash}', 1, 'e', '{}', 1)`;
    database.sqlite.exec(insert);
    expect(() => database.sqlite.exec(insert)).toThrow(/UNIQUE/);
    expect(() => database.sqlite.exec(insert.replace(song.hash, 'x'))).toThrow(/FOREIGN KEY/);
    database.sqlite.exec('DELETE FROM songs');
    expect(count('analyses')).toBe(0);
  });

  it('3: make room for takes and keep the analyses', () => {
    migrate(database, 2);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(`INSERT INTO analyses VALUES ('${song.hash}', 1, 'e', '{}', 1, 1)`);
    migrate(database, 3);
    expect(count('analyses')).toBe(1);
    const insert = `INSERT INTO takes VALUES ('t', '${song.hash}', '{}', 1, 'e', 1, '{}', 0)`;
    database.sqlite.exec(insert);
    expect(() => database.sqlite.exec(insert.replace(song.hash, 'x').replace("'t'", "'u'"))).toThrow(
      /FOREIGN KEY/,
    );
    database.sqlite.exec('DELETE FROM songs');
    expect(count('takes')).toBe(0);
  });

  it('4: make room for jobs, one waiting for the same work, and keep the takes', () => {
    migrate(database, 3);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(`INSERT INTO takes VALUES ('t', '${song.hash}', '{}', 1, 'e', 1, '{}', 0)`);
    migrate(database, 4);
    expect(count('takes')).toBe(1);
    const insert = (id: string, position: number, state: string) =>
      database.sqlite.exec(
        `INSERT INTO jobs (id, position, kind, song_id, payload, state, max_attempts, created_at)
         VALUES ('${id}', ${position}, 'analyse', '${song.hash}', '{}', '${state}', 2, 1)`,
      );
    insert('a', 1, 'done');
    insert('b', 2, 'queued');
    expect(() => insert('c', 3, 'running')).toThrow(/UNIQUE/);
    expect(() => insert('d', 4, 'lost')).toThrow(/CHECK/);
    expect(count('jobs')).toBe(2);
  });

  it('5: make room for evidence and keep the jobs', () => {
    migrate(database, 4);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(
      `INSERT INTO jobs (id, position, kind, song_id, payload, state, max_attempts, created_at)
       VALUES ('a', 1, 'analyse', '${song.hash}', '{}', 'done', 2, 1)`,
    );
    migrate(database, 5);
    expect(count('jobs')).toBe(1);
    database.sqlite.exec(`INSERT INTO evidence VALUES ('${song.hash}', 'e', 1, '${song.hash}', 1)`);
    database.sqlite.exec('DELETE FROM songs');
    expect(count('evidence')).toBe(0);
  });

  it('6: make room for evidence of each stage, forget what was heard in one go and keep the songs', () => {
    migrate(database, 5);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(`INSERT INTO evidence VALUES ('${song.hash}', 'e', 1, '${song.hash}', 1)`);
    migrate(database, 6);
    expect([count('songs'), count('evidence')]).toEqual([1, 0]);
    const insert = `INSERT INTO evidence VALUES ('${song.hash}', 'notes', 'e', 1, '${song.hash}', 1)`;
    database.sqlite.exec(insert);
    database.sqlite.exec(insert.replace("'notes'", "'chords'"));
    expect(() => database.sqlite.exec(insert)).toThrow(/UNIQUE/);
    database.sqlite.exec('DELETE FROM songs');
    expect(count('evidence')).toBe(0);
  });

  it('7: make room for corrections, in order, and keep the analyses', () => {
    migrate(database, 6);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(`INSERT INTO analyses VALUES ('${song.hash}', 1, 'e', '{}', 1, 1)`);
    migrate(database, 7);
    expect(count('analyses')).toBe(1);
    const insert = `INSERT INTO corrections (song_id, position, correction, other, created_at)
      VALUES ('${song.hash}', 1, '{}', x'00', 1)`;
    database.sqlite.exec(insert);
    expect(() => database.sqlite.exec(insert)).toThrow(/UNIQUE/);
    expect(() => database.sqlite.exec(insert.replace(', 1, ', ', 0, '))).toThrow(/CHECK/);
    database.sqlite.exec('DELETE FROM songs');
    expect(count('corrections')).toBe(0);
  });

  it('8: make room for what lists show of analyses, fill it, and keep it true', () => {
    migrate(database, 7);
    database.sqlite.exec(insertSong);
    const insert = database.sqlite.prepare("INSERT INTO analyses VALUES (?, 1, 'e', ?, 1, 0)");
    insert.run(song.hash, JSON.stringify(makeAnalysis(song, 95.5)));
    migrate(database, 8);
    const facts = () => database.sqlite.prepare('SELECT bpm, tonic, mode FROM facts').all();
    expect(facts()).toEqual([{ bpm: 95.5, tonic: 0, mode: 'major' }]);
    database.sqlite.exec("UPDATE analyses SET json = json_set(json, '$.keys[0].tonic', 7)");
    expect(facts()).toEqual([{ bpm: 95.5, tonic: 7, mode: 'major' }]);
    // Damage must not keep a row from being written.
    database.sqlite.exec("UPDATE analyses SET json = 'not JSON'");
    database.sqlite.exec('DELETE FROM analyses');
    expect(count('facts')).toBe(0);
    insert.run(song.hash, JSON.stringify(makeAnalysis(song, 120)));
    expect(facts()).toEqual([{ bpm: 120, tonic: 0, mode: 'major' }]);
  });

  it('9: make room for what a person says and mends of takes, and keep the takes', () => {
    migrate(database, 8);
    database.sqlite.exec(insertSong);
    database.sqlite.exec(`INSERT INTO takes VALUES ('t', '${song.hash}', '{}', 1, 'e', 1, '{}', 0)`);
    migrate(database, 9);
    expect(count('takes')).toBe(1);
    database.sqlite.exec(`INSERT INTO takes VALUES ('u', '${song.hash}', '{}', 1, 'e', 1, '{}', 0)`);
    const numbers = database.sqlite.prepare('SELECT take_id, number FROM take_marks ORDER BY number').all();
    expect(numbers).toEqual([
      { take_id: 't', number: 1 },
      { take_id: 'u', number: 2 },
    ]);
    expect(() => database.sqlite.exec('UPDATE take_marks SET starred = 2')).toThrow(/CHECK/);
    const insert = `INSERT INTO take_edits (take_id, position, edit, created_at) VALUES ('t', 1, '{}', 1)`;
    database.sqlite.exec(insert);
    expect(() => database.sqlite.exec(insert)).toThrow(/UNIQUE/);
    expect(() => database.sqlite.exec(insert.replace("'t'", "'v'"))).toThrow(/FOREIGN KEY/);
    database.sqlite.exec('DELETE FROM songs');
    expect([count('take_marks'), count('take_edits')]).toEqual([0, 0]);
  });
});

describe('an older library', () => {
  it('is backed up, then brought up to date with all it held', () => {
    migrate(database, 3);
    database.sqlite.exec(insertSong);
    database.sqlite
      .prepare("INSERT INTO analyses VALUES (?, 1, 'e', ?, 1, 0)")
      .run(song.hash, JSON.stringify(makeAnalysis(song)));
    const take = makeArrangement(song);
    database.sqlite
      .prepare("INSERT INTO takes VALUES ('t', ?, ?, 1, 'e', 1, ?, 2)")
      .run(song.hash, JSON.stringify(take.settings), JSON.stringify(take));
    database.sqlite.close();
    const library = openLibrary(folder);
    expect(library.songs.get(song.hash)).toMatchObject({ title: 'A', analysed: true, takes: 1 });
    expect(library.analyses.get(song.hash)?.analysis).toEqual(makeAnalysis(song));
    expect(library.takes.getArrangement('t')).toEqual(take);
    expect(library.corrections.peek(song.hash)).toEqual({ undo: null, redo: null });
    library.close();
    const backup = new Database(path.join(folder, 'backups', 'library-000001.db'), { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(3);
    expect(backup.prepare('SELECT title FROM songs').all()).toEqual([{ title: 'A' }]);
    backup.close();
  });

  it('stays at the version before a migration that fails', () => {
    migrate(database, 4);
    // In the way of migration 5.
    database.sqlite.exec('CREATE TABLE evidence (x TEXT)');
    expect(() => migrate(database)).toThrow(/already exists/);
    expect(readPragma(database.sqlite, 'user_version')).toBe(4);
    expect(SCHEMA_VERSION).toBeGreaterThan(5);
  });
});
