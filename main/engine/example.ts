import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SongleafError } from '../contract/errors.ts';
import type { Song } from '../contract/library.ts';
import { hashFileAt } from './audio/hash-file.ts';
import { guardWriting } from './guard-writing.ts';
import { TEMPORARY_SUFFIX } from './library/durable-files.ts';
import { importPaths } from './library/import-paths.ts';
import type { Library } from './library/library.ts';
import { uploadHome } from './library/upload-files.ts';
import { readSong } from './song-file.ts';

const FILE = 'paper-boats.ogg';

/**
 * The piece that comes with Songleaf: `resources/example` of the source or beside the build, or the packaged app's
 * resources. @throws SongleafError `file-not-found`
 */
export function findExample(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  const places = resources === undefined ? [] : [path.join(resources, 'example', FILE)];
  for (let folder = from; ; folder = path.dirname(folder)) {
    places.push(path.join(folder, 'resources', 'example', FILE));
    if (path.dirname(folder) === folder) break;
  }
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new SongleafError(
    'file-not-found',
    'The example that comes with Songleaf is not where it belongs.',
    'Add a recording of your own, or install Songleaf again.',
  );
}

/**
 * Adds the piece that comes with Songleaf. The library has a copy of its own: the program may be moved or renewed.
 * @throws SongleafError `file-not-found`, `file-unwritable`, what the library throws
 */
export async function addExample(
  library: Pick<Library, 'songs' | 'folder'>,
  now: () => number,
): Promise<Song> {
  const source = findExample();
  const hash = await hashFileAt(source);
  const copy = path.join(uploadHome(library.folder, hash), FILE);
  // A copy that is there is left alone: somebody may be listening to it.
  if ((await hashFileAt(copy).catch(() => null)) !== hash) await putCopy(source, copy);
  const { added, known, failed } = await importPaths(library, [copy], readSong, {
    isAudioFile: () => true,
    now,
  });
  const song = added[0] ?? known[0];
  if (song) return song;
  const { code, message, hint } = failed[0]!.error;
  throw new SongleafError(code, message, hint);
}

/** @throws SongleafError `file-unwritable` */
async function putCopy(source: string, copy: string): Promise<void> {
  const temporary = `${copy}${TEMPORARY_SUFFIX}`;
  await guardWriting(copy, async () => {
    await mkdir(path.dirname(copy), { recursive: true });
    try {
      await copyFile(source, temporary);
      await rename(temporary, copy);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}
