import fs from 'node:fs';
import path from 'node:path';
import { type PlayerSettings, playerSettingsSchema } from '../../contract/performance.ts';
import { createFolder, writeFileDurably } from './durable-files.ts';
import { unknownSong } from './songs.ts';
import { guardStorage } from './storage-errors.ts';

/** How each song is listened to, as files `player/<songId>.json`: nothing that the music depends on, so without rows. */
export interface PlayerFiles {
  /** The song's settings; the defaults where there are none, or none that can be read. */
  get(songId: string): PlayerSettings;
  /** Throws `file-unwritable`. */
  put(songId: string, settings: PlayerSettings): void;
  remove(songId: string): void;
}

export function createPlayerFiles(folder: string): PlayerFiles {
  const fileOf = (songId: string) => {
    // Keeps a hostile id from leaving the folder.
    if (!/^[0-9a-f]{64}$/.test(songId)) throw unknownSong(songId);
    return path.join(folder, `${songId}.json`);
  };
  return {
    get(songId) {
      const file = fileOf(songId);
      try {
        return playerSettingsSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch {
        return playerSettingsSchema.parse({});
      }
    },
    put(songId, settings) {
      createFolder(folder);
      writeFileDurably(fileOf(songId), Buffer.from(JSON.stringify(settings)));
    },
    remove: (songId) => guardStorage(folder, () => fs.rmSync(fileOf(songId), { force: true })),
  };
}
