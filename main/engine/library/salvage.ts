import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { analysisSchema, type SongInfo } from '../../contract/analysis.ts';
import { arrangementSchema, arrangeSettingsSchema } from '../../contract/arrangement.ts';
import { takeEditSchema, takeOriginSchema } from '../../contract/takes.ts';
import { connect, type LibraryDatabase } from './database.ts';
import { checkJson } from './json.ts';
import { causeCode } from './storage-errors.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.int();

/** Tables worth saving, parents first, with what a row must be to be trusted and how it enters the new library. */
const tables = [
  {
    name: 'songs',
    row: z.object({
      id: hash,
      path: z.string(),
      title: z.string().max(1000),
      artist: z.string().max(1000),
      album: z.string().max(1000),
      duration: z.number().min(0),
      added_at: time,
      size: z.int().min(0),
      mtime: time,
    }),
    // Songs and takes never change, so what the backup holds is as good and less in doubt.
    conflict: 'ON CONFLICT (id) DO NOTHING',
  },
  {
    name: 'analyses',
    row: z.object({
      song_id: hash,
      version: z.int(),
      engine: z.string(),
      json: z.string().refine((text) => checkJson(analysisSchema, text).ok),
      created_at: time,
      edited: z.int().min(0).max(1),
    }),
    // A correction made after the backup must not be lost.
    conflict: `ON CONFLICT (song_id) DO UPDATE SET version = excluded.version, engine = excluded.engine,
      json = excluded.json, created_at = excluded.created_at, edited = excluded.edited
      WHERE excluded.created_at > analyses.created_at`,
  },
  {
    name: 'takes',
    row: z.object({
      id: z.string(),
      song_id: hash,
      settings: z.string().refine((text) => checkJson(arrangeSettingsSchema, text).ok),
      seed: z.int().min(0),
      engine: z.string(),
      created_at: time,
      arrangement: z.string().refine((text) => checkJson(arrangementSchema, text).ok),
      note_count: z.int().min(0),
    }),
    conflict: 'ON CONFLICT (id) DO NOTHING',
  },
  {
    name: 'take_marks',
    row: z.object({
      take_id: z.string(),
      number: z.int().min(1),
      name: z.string().nullable(),
      starred: z.int().min(0).max(1),
      removed_at: time.nullable(),
      origin: z
        .string()
        .refine((text) => checkJson(takeOriginSchema, text).ok)
        .nullable(),
      revision: z.int().min(0),
    }),
    // What a person said after the backup must not be lost.
    conflict: `ON CONFLICT (take_id) DO UPDATE SET number = excluded.number, name = excluded.name, starred = excluded.starred,
      removed_at = excluded.removed_at, origin = excluded.origin, revision = max(revision, excluded.revision)`,
  },
  {
    name: 'take_edits',
    row: z.object({
      take_id: z.string(),
      position: z.int().min(1),
      edit: z.string().refine((text) => checkJson(takeEditSchema, text).ok),
      undone: z.int().min(0).max(1),
      created_at: time,
    }),
    conflict: `ON CONFLICT (take_id, position) DO UPDATE SET edit = excluded.edit, undone = excluded.undone,
      created_at = excluded.created_at`,
  },
  {
    name: 'evidence',
    row: z.object({
      song_id: hash,
      stage: z.string().regex(/^[a-z]+$/),
      engine: z.string(),
      size: z.int().min(0),
      sha256: hash,
      created_at: time,
    }),
    conflict: 'ON CONFLICT (song_id, stage) DO NOTHING',
  },
] as const;

export interface Salvage {
  /** Rows read from the damaged file that the new library lacked, by table. */
  rows: Record<(typeof tables)[number]['name'], number>;
  /** Songs whose row is lost but whose name an analysis or take gave; they lack their file until it is imported. */
  withoutFile: number;
  /** Rows met but not trusted. */
  refused: number;
  /** True where some pages could not be read at all. */
  incomplete: boolean;
}

/**
 * Yields the rows from both ends of a table, so that one bad page costs only what lies on it; returns whether some
 * could not be reached.
 */
function* readRows(sqlite: Database, table: string, columns: string): Generator<unknown, boolean> {
  const seen = new Set<unknown>();
  let broken = false;
  for (const direction of ['ASC', 'DESC']) {
    const rows = openRows(
      sqlite,
      `SELECT rowid AS place, ${columns} FROM ${table} ORDER BY rowid ${direction}`,
    );
    for (let row = rows(); row !== 'end'; row = rows()) {
      if (row === 'broken') {
        broken = true;
        break;
      }
      if (seen.has(row.place)) break;
      seen.add(row.place);
      yield row;
    }
    if (!broken) break;
  }
  return broken;
}

function isAbsent(sqlite: Database, table: string): boolean {
  try {
    return (
      sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) === undefined
    );
  } catch {
    return false;
  }
}

/** A reader that tells damage from the end. Whatever SQLite says on the way means: no further from this end. */
function openRows(sqlite: Database, sql: string): () => { place: unknown } | 'end' | 'broken' {
  let rows: Iterator<unknown> | undefined;
  return () => {
    try {
      rows ??= sqlite.prepare(sql).iterate();
      const next = rows.next();
      return next.done ? 'end' : (next.value as { place: unknown });
    } catch {
      return 'broken';
    }
  };
}

/**
 * Sees to it that the song of an analysis or take is there: where its row is lost, the music names it well enough to
 * make one without a file, which the next import of that file completes.
 */
function ensureSong(sqlite: Database, row: Record<string, unknown>): 'there' | 'made' | 'none' {
  if (row.song_id === undefined) return 'there';
  if (sqlite.prepare('SELECT 1 FROM songs WHERE id = ?').get(row.song_id)) return 'there';
  const music = row.json ?? row.arrangement;
  if (typeof music !== 'string') return 'none';
  const { song } = JSON.parse(music) as { song: SongInfo };
  if (song.hash !== row.song_id) return 'none';
  sqlite
    .prepare(
      `INSERT INTO songs (id, path, title, artist, album, duration, added_at, size, mtime)
       VALUES (:hash, '', :title, :artist, :album, :duration, :addedAt, 0, 0)`,
    )
    .run({ ...song, addedAt: row.created_at });
  return 'made';
}

/**
 * Copies every row that can be read from the damaged library at `file` and still makes sense into `target`. Jobs are
 * left behind, and so are the steps back from corrections; the corrected analyses themselves come along. Never throws for damage; a file that cannot be opened yields nothing.
 */
export function salvage(file: string, target: LibraryDatabase): Salvage {
  const result: Salvage = {
    rows: { songs: 0, analyses: 0, takes: 0, take_marks: 0, take_edits: 0, evidence: 0 },
    withoutFile: 0,
    refused: 0,
    incomplete: false,
  };
  let source: LibraryDatabase;
  try {
    source = connect(file, { readonly: true });
  } catch {
    // Not even a header: the caller tells that nothing could be read.
    result.incomplete = true;
    return result;
  }
  try {
    target.write(() => {
      for (const { name, row: schema, conflict } of tables) {
        // Older libraries lack the younger tables; nothing of theirs is lost.
        if (isAbsent(source.sqlite, name)) continue;
        const columns = Object.keys(schema.shape);
        const insert = target.sqlite.prepare(
          `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`,
        );
        const rows = readRows(source.sqlite, name, columns.join(', '));
        let next = rows.next();
        for (; !next.done; next = rows.next()) {
          const checked = schema.safeParse(next.value);
          if (!checked.success) {
            result.refused += 1;
            continue;
          }
          const values = checked.data as Record<string, unknown>;
          const song = ensureSong(target.sqlite, values);
          if (song === 'none') {
            result.refused += 1;
            continue;
          }
          if (song === 'made') result.withoutFile += 1;
          try {
            result.rows[name] += insert.run(...columns.map((column) => values[column])).changes;
          } catch (error) {
            // A row that breaks a rule of the tables is one row lost, not the library.
            if (!causeCode(error).startsWith('SQLITE_CONSTRAINT')) throw error;
            result.refused += 1;
          }
        }
        result.incomplete ||= next.value;
      }
    });
  } finally {
    source.sqlite.close();
  }
  return result;
}
