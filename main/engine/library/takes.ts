import { createHash } from 'node:crypto';
import { type Arrangement, arrangementSchema, arrangeSettingsSchema } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type Take, takeSchema } from '../../contract/library.ts';
import { type TakeFacts, takeFactsSchema } from '../../contract/take-facts.ts';
import type { LibraryDatabase } from './database.ts';
import { type Checked, canonicalJson, check, checkJson, corruptRow, describeIssue } from './json.ts';
import type { NoticeLog } from './notices.ts';
import { unknownSong } from './songs.ts';
import { causeCode } from './storage-errors.ts';

export interface TakeReader {
  /** The song's takes, oldest first. A row that cannot be read becomes a notice and is left out. */
  list(songId: string): Take[];
  /** Throws `bad-request` where there is no such take, `library-corrupt` where its row cannot be read. */
  get(takeId: string): Take;
  /** The take's music. Throws like `get`. */
  getArrangement(takeId: string): Arrangement;
}

export interface Takes extends TakeReader {
  /**
   * Saves a take of the song it names. The same music made with the same settings is the same take: a job that
   * starts over after a kill adds nothing twice. Throws `score-invalid` or `song-unknown`.
   */
  add(arrangement: Arrangement, createdAt: number): Take;
  /** Throws `bad-request` where there is no such take. */
  remove(takeId: string): void;
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
}

function toTake(row: Row): Checked<Take> {
  const settings = checkJson(arrangeSettingsSchema, row.settings);
  if (!settings.ok) return settings;
  return check(takeSchema, {
    id: row.id,
    songId: row.song_id,
    settings: settings.value,
    engine: row.engine,
    createdAt: row.created_at,
    noteCount: row.note_count,
    facts: row.facts === null ? null : parseFacts(row.facts),
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

export function createTakes(database: LibraryDatabase, notices: NoticeLog): Takes {
  const { sqlite } = database;
  const columns = `id, song_id, settings, engine, created_at, note_count,
    CASE WHEN json_valid(arrangement) THEN json_extract(arrangement, '$.facts') END AS facts`;
  const selectSong = sqlite.prepare(`SELECT ${columns} FROM takes WHERE song_id = ? ORDER BY rowid`);
  const selectOne = sqlite.prepare(`SELECT ${columns} FROM takes WHERE id = ?`);
  const selectMusic = sqlite.prepare('SELECT arrangement FROM takes WHERE id = ?');
  const insert = sqlite.prepare(
    `INSERT INTO takes (id, song_id, settings, seed, engine, created_at, arrangement, note_count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const deleteOne = sqlite.prepare('DELETE FROM takes WHERE id = ?');

  const takes: Takes = {
    list: (songId) =>
      database.read(() => {
        const list: Take[] = [];
        for (const row of selectSong.all(songId) as Row[]) {
          const take = toTake(row);
          if (take.ok) list.push(take.value);
          else {
            const { message, hint } = corruptRow(`take ${row.id} (table takes)`, take.reason, rowHint);
            notices.add({ kind: 'row-unreadable', message, hint });
          }
        }
        return list;
      }),
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
      return arrangement.value;
    },
    add(arrangement, createdAt) {
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
          return takes.get(id);
        });
      } catch (error) {
        throw causeCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? unknownSong(music.song.hash) : error;
      }
    },
    remove(takeId) {
      const { changes } = database.write(() => deleteOne.run(takeId));
      if (changes === 0) throw unknownTake(takeId);
    },
  };
  return takes;
}
