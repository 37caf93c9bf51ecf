import fs from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { createFolder, writeFileDurably } from './durable-files.ts';
import { unknownSong } from './songs.ts';
import { guardStorage } from './storage-errors.ts';

/** What a person likes of each song, as files `<songId>.json`: nothing that the music depends on, so without rows. */
export interface SongStateFiles<T> {
  /** What was kept of the song; the defaults where there is nothing, or nothing that can be read. */
  get(songId: string): T;
  /** Throws `file-unwritable`. */
  put(songId: string, state: T): void;
  remove(songId: string): void;
}

/** @param schema every member of which has a default */
export function createSongStateFiles<S extends z.ZodObject>(
  folder: string,
  schema: S,
): SongStateFiles<z.output<S>> {
  const fileOf = (songId: string) => {
    // Keeps a hostile id from leaving the folder.
    if (!/^[0-9a-f]{64}$/.test(songId)) throw unknownSong(songId);
    return path.join(folder, `${songId}.json`);
  };
  return {
    get(songId) {
      const file = fileOf(songId);
      try {
        return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch {
        return schema.parse({});
      }
    },
    put(songId, state) {
      createFolder(folder);
      writeFileDurably(fileOf(songId), Buffer.from(JSON.stringify(state)));
    },
    remove: (songId) => guardStorage(folder, () => fs.rmSync(fileOf(songId), { force: true })),
  };
}
