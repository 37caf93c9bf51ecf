import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import type { Song } from '../../contract/library.ts';
import type { Library } from './library.ts';
import type { FileStamp, SongFileRow } from './songs.ts';
import { describeUnreadable, findAudioFiles } from './walk.ts';

/** SHA-256 of a file's content, hex. */
export type HashFile = (file: string, signal?: AbortSignal) => Promise<string>;

/**
 * A song's recording is now this file, which must have the same content: analysis, takes and corrections go on from there.
 * @throws SongleafError `song-unknown`, `file-not-found`, `file-unreadable`, `song-mismatch`
 */
export async function relinkSong(
  library: Pick<Library, 'songs'>,
  songId: string,
  file: string,
  hash: HashFile,
): Promise<Song> {
  const song = library.songs.get(songId);
  const place = path.resolve(file);
  const stamp = await readStamp(place);
  if ((await hash(place)) === songId) return library.songs.moveFile(songId, stamp);
  throw new SongleafError(
    'song-mismatch',
    `${path.basename(place)} is another recording than “${song.title}”.`,
    'Choose the very file that was added, wherever it lies now, or add this one as a song of its own.',
  );
}

async function readStamp(file: string): Promise<FileStamp> {
  try {
    const { size, mtimeMs } = await stat(file);
    return { path: file, size, mtime: Math.trunc(mtimeMs) };
  } catch (error) {
    const { code, message, hint } = describeUnreadable(file, error);
    throw new SongleafError(code, message, hint, { cause: error });
  }
}

export interface FindOptions {
  isAudioFile: (file: string) => boolean;
  hash: HashFile;
  signal?: AbortSignal;
}

/**
 * Finds recordings of `missing` songs in files and folders by their content and gives the songs their files again. Only
 * files of the very size of a missing one are read.
 * @returns the songs that were found. Throws `cancelled`, or what the library throws
 */
export async function findMovedSongs(
  library: Pick<Library, 'songs'>,
  missing: readonly SongFileRow[],
  paths: readonly string[],
  { isAudioFile, hash, signal }: FindOptions,
): Promise<Song[]> {
  const wanted = new Map(missing.map((row) => [row.id, row]));
  const { files } = await findAudioFiles(paths, isAudioFile, signal);
  const found: Song[] = [];
  for (const file of files) {
    if (![...wanted.values()].some(({ size }) => size === file.size)) continue;
    // A file that cannot be read is not the one.
    const id = await hash(file.path, signal).catch(() => null);
    if (id === null || !wanted.delete(id)) continue;
    found.push(library.songs.moveFile(id, file));
    if (wanted.size === 0) break;
  }
  return found;
}
