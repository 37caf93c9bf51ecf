import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { LibraryDatabase } from './database.ts';
import { createFolder, syncFolder, TEMPORARY_SUFFIX, writeFileDurably } from './durable-files.ts';
import type { NoticeLog } from './notices.ts';
import { unknownSong } from './songs.ts';
import { causeCode, guardStorage } from './storage-errors.ts';

/**
 * The frame evidence of songs as files `evidence/<songId>.<stage>.bin`, one for each stage of the listening, with a row
 * for each that says what it must be. A row is written after its file and removed before it, so the database never
 * speaks of a file that is not there.
 */
export interface EvidenceFiles {
  /** Where what a stage heard of the song lies, or null where it must be made again (none, or by another `engine`). */
  getPath(songId: string, stage: string, engine: string): string | null;
  /** Its bytes, or null like `getPath`; a damaged file counts as none and is told by a notice. */
  read(songId: string, stage: string, engine: string): Uint8Array | null;
  /** Saves the bytes; `createdAt` in milliseconds since 1970. Throws `song-unknown` or `file-unwritable`. */
  put(songId: string, stage: string, bytes: Uint8Array, options: { engine: string; createdAt: number }): void;
  /** Forgets all stages of the song. */
  remove(songId: string): void;
  /** Removes temporary files, files without a row and rows without a file. Returns how many of each. */
  sweep(): { files: number; rows: number };
}

interface Row {
  engine: string;
  size: number;
  sha256: string;
}

/** The stage is absent in files of earlier versions, which nothing reads any more. */
const ownName = /^[0-9a-f]{64}(\.[a-z]+)?\.bin$/;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function createEvidenceFiles(
  database: LibraryDatabase,
  folder: string,
  notices: NoticeLog,
): EvidenceFiles {
  const { sqlite } = database;
  const select = sqlite.prepare('SELECT engine, size, sha256 FROM evidence WHERE song_id = ? AND stage = ?');
  const selectAll = sqlite.prepare('SELECT song_id, stage, size FROM evidence');
  const insert = sqlite.prepare(
    'INSERT INTO evidence (song_id, stage, engine, size, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const deleteOne = sqlite.prepare('DELETE FROM evidence WHERE song_id = ? AND stage = ?');
  const deleteSong = sqlite.prepare('DELETE FROM evidence WHERE song_id = ?');

  const nameOf = (songId: string, stage: string) => `${songId}.${stage}.bin`;

  function fileOf(songId: string, stage: string): string {
    const name = nameOf(songId, stage);
    // Keeps a hostile id from leaving the folder.
    if (!ownName.test(name)) throw unknownSong(songId);
    return path.join(folder, name);
  }

  function rowOf(songId: string, stage: string, engine: string): Row | null {
    const row = database.read(() => select.get(songId, stage)) as Row | undefined;
    return row && row.engine === engine ? row : null;
  }

  function sizeOf(file: string): number | null {
    return guardStorage(file, () => fs.statSync(file, { throwIfNoEntry: false })?.size ?? null);
  }

  return {
    getPath(songId, stage, engine) {
      const file = fileOf(songId, stage);
      const row = rowOf(songId, stage, engine);
      return row && sizeOf(file) === row.size ? file : null;
    },
    read(songId, stage, engine) {
      const file = fileOf(songId, stage);
      const row = rowOf(songId, stage, engine);
      if (!row || sizeOf(file) === null) return null;
      const bytes = guardStorage(file, () => fs.readFileSync(file));
      if (bytes.length === row.size && sha256(bytes) === row.sha256) return new Uint8Array(bytes);
      notices.add({
        kind: 'evidence-lost',
        message: `What was heard in song ${songId} is damaged on disk (${file}).`,
        hint: 'Songleaf listens to the song again when it needs to; analyses and takes are not touched.',
      });
      return null;
    },
    put(songId, stage, bytes, { engine, createdAt }) {
      const file = fileOf(songId, stage);
      // First, so that no row ever describes the bytes of another engine.
      database.write(() => deleteOne.run(songId, stage));
      createFolder(folder);
      writeFileDurably(file, bytes);
      try {
        const hash = sha256(bytes);
        database.write(() => insert.run(songId, stage, engine, bytes.length, hash, Math.trunc(createdAt)));
      } catch (error) {
        guardStorage(file, () => fs.rmSync(file, { force: true }));
        throw causeCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? unknownSong(songId) : error;
      }
    },
    remove(songId) {
      if (!ownName.test(`${songId}.bin`)) throw unknownSong(songId);
      database.write(() => deleteSong.run(songId));
      guardStorage(folder, () => {
        if (!fs.existsSync(folder)) return;
        for (const name of fs.readdirSync(folder)) {
          // A removed song has taken its rows along, so the names tell its files.
          if (ownName.test(name) && name.startsWith(songId))
            fs.rmSync(path.join(folder, name), { force: true });
        }
      });
    },
    sweep() {
      createFolder(folder);
      const rows = database.read(() => selectAll.all()) as {
        song_id: string;
        stage: string;
        size: number;
      }[];
      const missing = rows.filter(
        ({ song_id: id, stage, size }) =>
          !ownName.test(nameOf(id, stage)) || sizeOf(fileOf(id, stage)) !== size,
      );
      if (missing.length > 0) {
        database.write(() => {
          for (const row of missing) deleteOne.run(row.song_id, row.stage);
        });
        notices.add({
          kind: 'evidence-lost',
          message: `What was heard in ${new Set(missing.map((row) => row.song_id)).size} song(s) is missing from ${folder}.`,
          hint: 'Songleaf listens to those songs again when it needs to; analyses and takes are not touched.',
        });
      }
      const gone = new Set(missing);
      const known = new Set(
        rows.filter((row) => !gone.has(row)).map((row) => nameOf(row.song_id, row.stage)),
      );
      const names = guardStorage(folder, () => fs.readdirSync(folder));
      // Files that Songleaf did not name are not Songleaf's to delete.
      const orphans = names.filter(
        (name) => ownName.test(name.replace(TEMPORARY_SUFFIX, '')) && !known.has(name),
      );
      for (const name of orphans) {
        guardStorage(folder, () => fs.rmSync(path.join(folder, name), { force: true }));
      }
      if (orphans.length > 0) guardStorage(folder, () => syncFolder(folder));
      return { files: orphans.length, rows: missing.length };
    },
  };
}
