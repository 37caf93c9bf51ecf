import fs from 'node:fs';
import path from 'node:path';
import { TEMPORARY_SUFFIX } from './durable-files.ts';
import { guardStorage } from './storage-errors.ts';

/** An upload that no song is of may be one that is just coming in, for so many milliseconds. */
const SETTLING_MS = 60 * 60 * 1000;
/** Hexadecimal digits of a song's id that name the folder of its copy. */
const HOME_LENGTH = 16;

/** The folder of the library's own copy of a recording. */
export function uploadHome(libraryDir: string, songId: string): string {
  return path.join(libraryDir, 'uploads', songId.slice(0, HOME_LENGTH));
}

/**
 * Recordings that came in through a browser or with Songleaf: the library's own copies, `uploads/<hash>/<name>`. They go
 * with their song; recordings elsewhere are a person's and stay.
 */
export interface UploadFiles {
  /** Deletes the recording where it is a copy of the library's own. */
  remove(file: string): void;
  /** Deletes copies that are of none of these songs: what a kill left. `now` in milliseconds since 1970. */
  sweep(songIds: readonly string[], now: number): void;
}

export function createUploadFiles(folder: string): UploadFiles {
  const isOwn = (file: string) => {
    const inside = path.relative(folder, path.resolve(file)).split(path.sep);
    return inside.length === 2 && inside[0] !== '..' && inside[0] !== '';
  };
  /** Removes the file, and its folder where nothing else is in it. */
  function drop(file: string): void {
    fs.rmSync(file, { force: true });
    const home = path.dirname(file);
    if (fs.existsSync(home) && fs.readdirSync(home).length === 0) fs.rmdirSync(home);
  }
  return {
    remove(file) {
      if (isOwn(file)) guardStorage(folder, () => drop(path.resolve(file)));
    },
    sweep: (songIds, now) =>
      guardStorage(folder, () => {
        if (!fs.existsSync(folder)) return;
        // By content and not by path: a library that was moved still has its copies.
        const homes = new Set(songIds.map((id) => id.slice(0, HOME_LENGTH)));
        for (const name of fs.readdirSync(folder, { recursive: true }) as string[]) {
          const file = path.join(folder, name);
          const found = fs.statSync(file, { throwIfNoEntry: false });
          if (!found?.isFile() || now - found.mtimeMs < SETTLING_MS) continue;
          // A file cut off lies in the folder itself, a whole one in a folder of its own.
          if (isOwn(file)) {
            const isCutOff = name.endsWith(TEMPORARY_SUFFIX);
            if (isCutOff || !homes.has(path.basename(path.dirname(file)))) drop(file);
          } else if (name.startsWith('.') && name.endsWith('.part')) fs.rmSync(file, { force: true });
        }
      }),
  };
}
