import fs from 'node:fs';
import path from 'node:path';
import { createFolder, TEMPORARY_SUFFIX } from './durable-files.ts';
import { unknownSong } from './songs.ts';
import { guardStorage } from './storage-errors.ts';

/** Bytes that stems may take in all; a four-minute song takes some 50 MB. */
const LIMIT = 2 * 1024 ** 3;

/** Paths of a song's two stems. */
export interface StemPaths {
  vocals: string;
  accompaniment: string;
}

/**
 * The stems of songs as files `stems/<songId>-<engine>.<stem>.flac`: a cache, which needs no rows. The files get their
 * names when they are whole, the accompaniment last; a pair that lacks one counts as none.
 */
export interface StemFiles {
  /** The song's stems as this engine makes them, or null; counts as a use of them. */
  find(songId: string, engine: string): StemPaths | null;
  /** Where to write them. Throws `song-unknown` for what is no song's id. */
  place(songId: string, engine: string): StemPaths;
  /** Drops those used longest ago until the rest fit the limit; those of `songId` stay. */
  trim(songId: string): void;
  remove(songId: string): void;
  /** Removes halves, unfinished files and what other engines made. */
  sweep(engine: string): void;
}

const ownName = /^([0-9a-f]{64})-([0-9a-z.-]+)\.(vocals|accompaniment)\.flac$/;

/** @param limit bytes in all */
export function createStemFiles(folder: string, limit = LIMIT): StemFiles {
  const place = (songId: string, engine: string): StemPaths => {
    const of = (stem: string) => {
      const name = `${songId}-${engine}.${stem}.flac`;
      // Keeps a hostile id from leaving the folder.
      if (!ownName.test(name)) throw unknownSong(songId);
      return path.join(folder, name);
    };
    return { vocals: of('vocals'), accompaniment: of('accompaniment') };
  };
  const drop = (name: string) => fs.rmSync(path.join(folder, name), { force: true });
  const names = () => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
  return {
    place(songId, engine) {
      createFolder(folder);
      return place(songId, engine);
    },
    find(songId, engine) {
      const paths = place(songId, engine);
      return guardStorage(folder, () => {
        if (!fs.existsSync(paths.vocals) || !fs.existsSync(paths.accompaniment)) return null;
        const now = new Date();
        for (const file of [paths.vocals, paths.accompaniment]) fs.utimesSync(file, now, now);
        return paths;
      });
    },
    trim: (songId) =>
      guardStorage(folder, () => {
        const files = names()
          .filter((name) => ownName.test(name))
          .map((name) => {
            const { size, mtimeMs } = fs.statSync(path.join(folder, name));
            return { name, size, mtimeMs };
          })
          .sort((a, b) => b.mtimeMs - a.mtimeMs);
        let total = files.reduce((sum, file) => sum + file.size, 0);
        while (total > limit) {
          const oldest = files.findLast((file) => !file.name.startsWith(songId));
          if (!oldest) return;
          const song = oldest.name.slice(0, 64);
          for (const file of files.filter(({ name }) => name.startsWith(song))) {
            drop(file.name);
            total -= file.size;
            files.splice(files.indexOf(file), 1);
          }
        }
      }),
    remove: (songId) =>
      guardStorage(folder, () => {
        for (const name of names()) if (ownName.exec(name)?.[1] === songId) drop(name);
      }),
    sweep: (engine) =>
      guardStorage(folder, () => {
        const all = names();
        for (const name of all) {
          const own = ownName.exec(name.replace(TEMPORARY_SUFFIX, ''));
          // Files that Songleaf did not name are not Songleaf's to delete.
          if (!own) continue;
          const [, song, version] = own;
          const whole = ['vocals', 'accompaniment'].every((stem) =>
            all.includes(`${song}-${version}.${stem}.flac`),
          );
          if (!whole || version !== engine || name.endsWith(TEMPORARY_SUFFIX)) drop(name);
        }
      }),
  };
}
