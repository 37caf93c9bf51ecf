import fs from 'node:fs';
import path from 'node:path';
import { createFolder, TEMPORARY_SUFFIX, writeFileDurably } from './durable-files.ts';
import { unknownSong } from './songs.ts';
import { guardStorage } from './storage-errors.ts';

/**
 * Small pictures of songs' covers as files `covers/<songId>.jpg`, and `covers/<songId>.none` for a song without one:
 * nothing that cannot be made again, so without rows.
 */
export interface CoverFiles {
  /** Whether the song has a picture; undefined where nobody has looked yet. */
  has(songId: string): boolean | undefined;
  /** The picture's path. Throws `song-unknown` where there is none. */
  get(songId: string): string;
  /** Keeps the picture, or that there is none. Throws `file-unwritable`. */
  put(songId: string, picture: Uint8Array | null): void;
  remove(songId: string): void;
  /** Removes what belongs to no song, and unfinished files. */
  sweep(isSong: (songId: string) => boolean): void;
}

const ownName = /^([0-9a-f]{64})\.(jpg|none)$/;

export function createCoverFiles(folder: string): CoverFiles {
  let known: Map<string, boolean> | null = null;
  /** One look at the folder instead of one for each of thousands of songs. */
  function index(): Map<string, boolean> {
    known ??= new Map(
      namesIn(folder).flatMap((name) => {
        const own = ownName.exec(name);
        return own ? [[own[1]!, own[2] === 'jpg'] as const] : [];
      }),
    );
    return known;
  }
  const fileOf = (songId: string, kind: 'jpg' | 'none') => {
    const name = `${songId}.${kind}`;
    // Keeps a hostile id from leaving the folder.
    if (!ownName.test(name)) throw unknownSong(songId);
    return path.join(folder, name);
  };
  const drop = (name: string) => fs.rmSync(path.join(folder, name), { force: true });
  return {
    has: (songId) => index().get(songId),
    get(songId) {
      if (index().get(songId) !== true) throw unknownSong(songId);
      return fileOf(songId, 'jpg');
    },
    put(songId, picture) {
      const file = fileOf(songId, picture === null ? 'none' : 'jpg');
      createFolder(folder);
      if (picture === null) guardStorage(file, () => fs.writeFileSync(file, ''));
      else writeFileDurably(file, picture);
      index().set(songId, picture !== null);
    },
    remove: (songId) =>
      guardStorage(folder, () => {
        for (const kind of ['jpg', 'none'] as const) fs.rmSync(fileOf(songId, kind), { force: true });
        index().delete(songId);
      }),
    sweep: (isSong) =>
      guardStorage(folder, () => {
        for (const name of namesIn(folder)) {
          const own = ownName.exec(name.replace(TEMPORARY_SUFFIX, ''));
          // Files that Songleaf did not name are not Songleaf's to delete.
          if (own && (name.endsWith(TEMPORARY_SUFFIX) || !isSong(own[1]!))) drop(name);
        }
        known = null;
      }),
  };
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}
