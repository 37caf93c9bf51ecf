import fs from 'node:fs';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import { createFolder, TEMPORARY_SUFFIX } from './durable-files.ts';
import { guardStorage } from './storage-errors.ts';

/** Bytes that sound and scores made from songs and takes may take in all; four minutes of WAV are 42 MB. */
const LIMIT = 2 * 1024 ** 3;

/**
 * Sound and scores that can be made again, as files `media/<id>-<engine>.<name>`: a cache that needs no rows. A file gets its name
 * when it is whole. The id is a song's or a take's.
 */
export interface MediaFiles {
  /** The file, where it is there; counts as a use of it. */
  find(id: string, engine: string, name: string): string | null;
  /** Where to write it. Throws `bad-request` for what is no id or name. */
  place(id: string, engine: string, name: string): string;
  /** Drops those used longest ago until the rest fit the limit; `kept` stays. */
  trim(kept: string): void;
  remove(id: string): void;
  /** Removes unfinished files and what other engines made. */
  sweep(engine: string): void;
}

const ownName = /^([0-9a-f]{64})-([0-9a-z.-]+?)\.([0-9a-z]+\.(?:wav|flac|musicxml))$/;

/** @param limit bytes in all */
export function createMediaFiles(folder: string, limit = LIMIT): MediaFiles {
  const fileOf = (id: string, engine: string, name: string) => {
    const file = `${id}-${engine}.${name}`;
    // Keeps a hostile id from leaving the folder.
    if (!ownName.test(file)) {
      throw new SongleafError('bad-request', `There is no sound called ${id}.`, 'Reload the window.');
    }
    return path.join(folder, file);
  };
  const names = () => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
  const drop = (name: string) => fs.rmSync(path.join(folder, name), { force: true });
  return {
    place(id, engine, name) {
      createFolder(folder);
      return fileOf(id, engine, name);
    },
    find(id, engine, name) {
      const file = fileOf(id, engine, name);
      return guardStorage(folder, () => {
        if (!fs.existsSync(file)) return null;
        const now = new Date();
        fs.utimesSync(file, now, now);
        return file;
      });
    },
    trim: (kept) =>
      guardStorage(folder, () => {
        const files = names()
          .filter((name) => ownName.test(name))
          .map((name) => ({ name, ...fs.statSync(path.join(folder, name)) }))
          .sort((a, b) => a.mtimeMs - b.mtimeMs);
        let total = files.reduce((sum, { size }) => sum + size, 0);
        for (const { name, size } of files) {
          if (total <= limit) return;
          if (name === path.basename(kept)) continue;
          drop(name);
          total -= size;
        }
      }),
    remove: (id) =>
      guardStorage(folder, () => {
        for (const name of names()) if (ownName.exec(name)?.[1] === id) drop(name);
      }),
    sweep: (engine) =>
      guardStorage(folder, () => {
        for (const name of names()) {
          const own = ownName.exec(name.replace(TEMPORARY_SUFFIX, ''));
          // Files that Songleaf did not name are not Songleaf's to delete.
          if (own && (own[2] !== engine || name.endsWith(TEMPORARY_SUFFIX))) drop(name);
        }
      }),
  };
}
