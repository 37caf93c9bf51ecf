import { createHash } from 'node:crypto';
import { type Arrangement, arrangementSchema, arrangeSettingsSchema } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type Take, takeSchema } from '../../contract/library.ts';
import { type TakeFacts, takeFactsSchema } from '../../contract/take-facts.ts';
import { type TakeOrigin, takeOriginSchema } from '../../contract/takes.ts';
import { applyEdits } from '../takes/edit-take.ts';
import type { LibraryDatabase } from './database.ts';
import { type Checked, canonicalJson, check, checkJson, corruptRow, describeIssue } from './json.ts';
import type { NoticeLog } from './notices.ts';
import { unknownSong } from './songs.ts';
import { causeCode } from './storage-errors.ts';
import type { TakeEditReader } from './take-edits.ts';

/** Removed takes can be brought back for so long. */
const KEPT_DAYS = 30;

export interface TakeReader {
  /** The song's takes, oldest first. A row that cannot be read becomes a notice and is left out. */
  list(songId: string): Take[];
  /** Those that were removed and can be brought back, the last removed first. */
  listRemoved(songId: string): Take[];
  /** Throws `bad-request` where there is no such take, `library-corrupt` where its row cannot be read. */
  get(takeId: string): Take;
  /** The take's music with what a person mended in it. Throws like `get`. */
  getArrangement(takeId: string): Arrangement;
}

export interface Takes extends TakeReader {
  /**
   * Saves a take of the song it names. The same music made with the same settings is the same take: a job that
   * starts over after a kill adds nothing twice; one that was removed is back. Throws `score-invalid` or `song-unknown`.
   */
  add(arrangement: Arrangement, createdAt: number, origin?: TakeOrigin): Take;
  /** Names and stars a take. Throws like `get`. */
  change(takeId: string, marks: { name?: string | null; starred?: boolean }): Take;
  /** Hides a take until it is restored or, after some weeks, swept. Throws `bad-request` where there is no such take. */
  remove(takeId: string, removedAt: number): void;
  /** Brings a removed take back. Throws like `get`. */
  restore(takeId: string): Take;
  /** Deletes what was removed weeks before `now` for good. */
  sweep(now: number): void;
}

/** The take's id: SHA-256 over the whole arrangement (song, settings, engine and notes), hex. */
export function takeIdOf(arrangement: Arrangement): string {
  return createHash('sha256').update(canonicalJson(arrangement)).digest('hex');
}

interface Row {
  id: string;
  song_id: string;
  settings: unknown;
  engine: string;
  created_at: number;
  note_count: number;
  facts: unknown;
  name: unknown;
  starred: number;
  origin: unknown;
  revision: number;
  edits: number;
  number: number;
}

function toTake(row: Row): Checked<Take> {
  const settings = checkJson(arrangeSettingsSchema, row.settings);
  if (!settings.ok) return settings;
  const origin = row.origin === null ? null : checkJson(takeOriginSchema, row.origin);
  if (origin && !origin.ok) return origin;
  return check(takeSchema, {
    id: row.id,
    songId: row.song_id,
    settings: settings.value,
    engine: row.engine,
    createdAt: row.created_at,
    noteCount: row.note_count,
    // What was measured of the take as it was written is not true of it mended.
    facts: row.facts === null || row.edits > 0 ? null : parseFacts(row.facts),
    number: row.number,
    name: row.name,
    starred: row.starred === 1,
    origin: origin?.value ?? null,
    edits: row.edits,
    revision: row.revision,
  });
}

/** Facts that cannot be read are not worth losing a take for. */
function parseFacts(text: unknown): TakeFacts | null {
  const facts = checkJson(takeFactsSchema, text);
  return facts.ok ? facts.value : null;
}

const rowHint = 'Delete this take and arrange the song again.';

function unknownTake(takeId: string): SongleafError {
  return new SongleafError(
    'bad-request',
    `No take ${takeId} is in the library.`,
    'Refresh the list of takes; it may have been deleted.',
  );
}

export function createTakes(database: LibraryDatabase, notices: NoticeLog, edits: TakeEditReader): Takes {
  const { sqlite } = database;
  const select = `
    SELECT takes.id, takes.song_id, settings, engine, takes.created_at, note_count, number, name, starred, origin, revision,
       CASE WHEN json_valid(arrangement) THEN json_extract(arrangement, '$.facts') END AS facts,
      (SELECT count(*) FROM take_edits WHERE take_edits.take_id = takes.id AND undone = 0) AS edits
    FROM takes JOIN take_marks ON take_marks.take_id = takes.id`;
  const selectSong = sqlite.prepare(
    `${select} WHERE takes.song_id = ? AND removed_at IS NULL ORDER BY takes.rowid`,
  );
  const selectRemoved = sqlite.prepare(
    `${select} WHERE takes.song_id = ? AND removed_at IS NOT NULL ORDER BY removed_at DESC, takes.rowid DESC`,
  );
  const selectOne = sqlite.prepare(`${select} WHERE takes.id = ?`);
  const selectMusic = sqlite.prepare('SELECT arrangement FROM takes WHERE id = ?');
  const insert = sqlite.prepare(
    `INSERT INTO takes (id, song_id, settings, seed, engine, created_at, arrangement, note_count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, arrangement = excluded.arrangement,
       note_count = excluded.note_count`,
  );
  const mark = (column: 'name' | 'starred' | 'removed_at' | 'origin') =>
    sqlite.prepare(`UPDATE take_marks SET ${column} = ? WHERE take_id = ?`);
  const marks = {
    name: mark('name'),
    starred: mark('starred'),
    removedAt: mark('removed_at'),
    origin: mark('origin'),
  };
  const sweepRemoved = sqlite.prepare(
    'DELETE FROM takes WHERE id IN (SELECT take_id FROM take_marks WHERE removed_at < ?)',
  );

  function readRows(rows: readonly Row[]): Take[] {
    const list: Take[] = [];
    for (const row of rows) {
      const take = toTake(row);
      if (take.ok) list.push(take.value);
      else {
        const { message, hint } = corruptRow(`take ${row.id} (table takes)`, take.reason, rowHint);
        notices.add({ kind: 'row-unreadable', message, hint });
      }
    }
    return list;
  }

  const takes: Takes = {
    list: (songId) => database.read(() => readRows(selectSong.all(songId) as Row[])),
    listRemoved: (songId) => database.read(() => readRows(selectRemoved.all(songId) as Row[])),
    get(takeId) {
      const row = database.read(() => selectOne.get(takeId)) as Row | undefined;
      if (!row) throw unknownTake(takeId);
      const take = toTake(row);
      if (!take.ok) throw corruptRow(`take ${takeId} (table takes)`, take.reason, rowHint);
      return take.value;
    },
    getArrangement(takeId) {
      const row = database.read(() => selectMusic.get(takeId)) as { arrangement: unknown } | undefined;
      if (!row) throw unknownTake(takeId);
      const arrangement = checkJson(arrangementSchema, row.arrangement);
      if (!arrangement.ok) {
        throw corruptRow(`arrangement of take ${takeId} (table takes)`, arrangement.reason, rowHint);
      }
      return applyEdits(arrangement.value, edits.applied(takeId));
    },
    add(arrangement, createdAt, origin) {
      const checked = arrangementSchema.safeParse(arrangement);
      if (!checked.success) {
        throw new SongleafError(
          'score-invalid',
          `The take cannot be saved (${describeIssue(checked.error)}).`,
          'This is a fault in Songleaf. Please report it with the song and the settings.',
        );
      }
      const music = checked.data;
      const id = takeIdOf(music);
      try {
        return database.write(() => {
          insert.run(
            id,
            music.song.hash,
            canonicalJson(music.settings),
            music.settings.seed,
            music.engine,
            Math.trunc(createdAt),
            JSON.stringify(music),
            music.notes.length + music.lead.length,
          );
          marks.removedAt.run(null, id);
          if (origin) marks.origin.run(JSON.stringify(origin), id);
          return takes.get(id);
        });
      } catch (error) {
        throw causeCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? unknownSong(music.song.hash) : error;
      }
    },
    change(takeId, { name, starred }) {
      return database.write(() => {
        takes.get(takeId);
        if (name !== undefined) marks.name.run(name, takeId);
        if (starred !== undefined) marks.starred.run(starred ? 1 : 0, takeId);
        return takes.get(takeId);
      });
    },
    remove(takeId, removedAt) {
      database.write(() => {
        // One that cannot be read can be removed all the same.
        if (selectMusic.get(takeId) === undefined) throw unknownTake(takeId);
        marks.removedAt.run(Math.trunc(removedAt), takeId);
      });
    },
    restore(takeId) {
      return database.write(() => {
        const take = takes.get(takeId);
        marks.removedAt.run(null, takeId);
        return take;
      });
    },
    sweep(now) {
      database.write(() => sweepRemoved.run(Math.trunc(now) - KEPT_DAYS * 24 * 60 * 60 * 1000));
    },
  };
  return takes;
}
