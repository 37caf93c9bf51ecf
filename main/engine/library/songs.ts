import * as z from 'zod';
import { keySchema, type SongInfo, songInfoSchema } from '../../contract/analysis.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type Song, songSchema } from '../../contract/library.ts';
import type { LibraryDatabase } from './database.ts';
import { check, corruptRow, describeIssue } from './json.ts';
import type { NoticeLog } from './notices.ts';

/** A file as the folder shows it: enough to see that it has not changed. `mtime` in milliseconds since 1970. */
export interface FileStamp {
  path: string;
  /** Bytes. */
  size: number;
  mtime: number;
}

export interface SongReader {
  /** Every song in the order of import. A row that cannot be read becomes a notice and is left out. */
  list(): Song[];
  /** Throws `library-corrupt` where the row cannot be read. */
  find(songId: string): Song | null;
  /** Like `find`, but throws `song-unknown`. */
  get(songId: string): Song;
  /** The song of an unchanged file: same path, size and time. */
  findByFile(file: FileStamp): Song | null;
  /** Where every song's recording is to be, whether or not its row can be read as a song. */
  files(): SongFileRow[];
}

/** A song's id and its recording as it was when it was read. */
export interface SongFileRow extends FileStamp {
  id: string;
}

export interface Songs extends SongReader {
  /** Adds the song, or returns the one that has this content already. `addedAt` in milliseconds since 1970. */
  add(info: SongInfo, file: FileStamp, addedAt: number): { song: Song; added: boolean };
  /** The song's file is now this one. Throws `song-unknown`. */
  moveFile(songId: string, file: FileStamp): Song;
  /** Removes the song with its analysis, takes, jobs and evidence; the audio file stays. Throws `song-unknown`. */
  remove(songId: string): void;
}

const bpmSchema = z.number().min(0).max(1000);
const mainKeySchema = keySchema.pick({ tonic: true, mode: true });

/** @param row of `columns`. The list has thousands: what is not there is not asked for, and all is checked once. */
function toSong(row: unknown) {
  const { added_at: addedAt, analysed, edited, bpm, tonic, mode, ...rest } = row as Record<string, unknown>;
  return check(songSchema, {
    ...rest,
    addedAt,
    analysed: analysed === 1,
    // A damaged analysis is told when it is opened; the song itself stays in the list.
    bpm: bpm === null ? null : (bpmSchema.safeParse(bpm).data ?? null),
    key: tonic === null ? null : (mainKeySchema.safeParse({ tonic, mode }).data ?? null),
    edited: edited === 1,
  });
}

const columns = `
  id, path, title, artist, album, duration, added_at, edited, bpm, tonic, mode,
  analyses.song_id IS NOT NULL AS analysed,
  (SELECT count(*) FROM takes JOIN take_marks ON take_id = takes.id
    WHERE takes.song_id = songs.id AND removed_at IS NULL) AS takes`;

/** Named by `songs.` where a column of the same name is elsewhere. */
const tables = `songs LEFT JOIN analyses ON analyses.song_id = songs.id
  LEFT JOIN facts ON facts.song_id = songs.id`;

const rowHint = 'Remove this song from the library and import its file again.';

export function unknownSong(songId: string): SongleafError {
  return new SongleafError(
    'song-unknown',
    `No song ${songId} is in the library.`,
    'Import the file again, or refresh the list of songs.',
  );
}

/** What becomes of files outside the database. */
export interface SongFiles {
  /** The song was removed, whose recording was at `file`, with its takes. */
  removed?: (songId: string, file: string, takeIds: readonly string[]) => void;
  /** A song's recording is no longer at `file`. */
  left?: (file: string) => void;
}

export function createSongs(database: LibraryDatabase, notices: NoticeLog, files: SongFiles = {}): Songs {
  const { sqlite } = database;
  const selectAll = sqlite.prepare(`SELECT ${columns} FROM ${tables} ORDER BY songs.rowid`);
  const selectOne = sqlite.prepare(`SELECT ${columns} FROM ${tables} WHERE id = ?`);
  const selectFile = sqlite.prepare(
    `SELECT ${columns} FROM ${tables} WHERE path = ? AND size = ? AND mtime = ? ORDER BY songs.rowid DESC LIMIT 1`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO songs (id, path, title, artist, album, duration, added_at, size, mtime)
     VALUES (:hash, :path, :title, :artist, :album, :duration, :addedAt, :size, :mtime)
     ON CONFLICT (id) DO NOTHING`,
  );
  const updateFile = sqlite.prepare('UPDATE songs SET path = ?, size = ?, mtime = ? WHERE id = ?');
  const takesOf = sqlite.prepare('SELECT id FROM takes WHERE song_id = ?');
  const deleteOne = sqlite.prepare('DELETE FROM songs WHERE id = ?');
  const selectPath = sqlite.prepare('SELECT path FROM songs WHERE id = ?').pluck();
  const selectFiles = sqlite.prepare('SELECT id, path, size, mtime FROM songs ORDER BY rowid');
  const pathOf = (songId: string) => selectPath.get(songId) as string | undefined;

  function readRow(row: unknown): Song | null {
    if (row === undefined) return null;
    const song = toSong(row);
    if (!song.ok) {
      throw corruptRow(`row of song ${(row as { id: unknown }).id} (table songs)`, song.reason, rowHint);
    }
    return song.value;
  }

  const songs: Songs = {
    list: () =>
      database.read(() => {
        const list: Song[] = [];
        for (const row of selectAll.all()) {
          const song = toSong(row);
          if (song.ok) list.push(song.value);
          else {
            const name = `row of song ${(row as { id: unknown }).id} (table songs)`;
            notices.add({ kind: 'row-unreadable', ...describeCorrupt(name, song.reason) });
          }
        }
        return list;
      }),
    find: (songId) => database.read(() => readRow(selectOne.get(songId))),
    get(songId) {
      const song = songs.find(songId);
      if (!song) throw unknownSong(songId);
      return song;
    },
    findByFile: (file) =>
      database.read(() => readRow(selectFile.get(file.path, file.size, Math.trunc(file.mtime)))),
    add(info, file, addedAt) {
      const checked = songInfoSchema.safeParse(info);
      if (!checked.success) {
        throw new SongleafError(
          'bad-request',
          `What was read from ${file.path} is not a song's information (${describeIssue(checked.error)}).`,
          'This is a fault in Songleaf. Please report it together with the file.',
        );
      }
      return database.write(() => {
        const { changes } = insert.run({
          ...checked.data,
          path: file.path,
          size: file.size,
          mtime: Math.trunc(file.mtime),
          addedAt: Math.trunc(addedAt),
        });
        return { song: songs.get(checked.data.hash), added: changes === 1 };
      });
    },
    files: () => database.read(() => selectFiles.all() as SongFileRow[]),
    moveFile(songId, file) {
      const { song, before } = database.write(() => {
        const old = pathOf(songId);
        updateFile.run(file.path, file.size, Math.trunc(file.mtime), songId);
        return { song: songs.get(songId), before: old };
      });
      if (before !== undefined && before !== file.path) files.left?.(before);
      return song;
    },
    remove(songId) {
      const { file, takeIds } = database.write(() => {
        const takes = takesOf.all(songId) as { id: string }[];
        const path = pathOf(songId);
        if (path === undefined || deleteOne.run(songId).changes === 0) throw unknownSong(songId);
        return { file: path, takeIds: takes.map(({ id }) => id) };
      });
      // After the row: a kill in between leaves a file without a row, which the next start sweeps.
      files.removed?.(songId, file, takeIds);
    },
  };
  return songs;
}

function describeCorrupt(row: string, reason: string) {
  const { message, hint } = corruptRow(row, reason, rowHint);
  return { message, hint };
}
