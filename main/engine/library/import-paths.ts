import fs from 'node:fs';
import path from 'node:path';
import type { SongInfo } from '../../contract/analysis.ts';
import { type ErrorReport, SongleafError } from '../../contract/errors.ts';
import type { ImportResult, Song } from '../../contract/library.ts';
import type { Library } from './library.ts';
import type { FileStamp } from './songs.ts';
import { describeUnreadable, findAudioFiles } from './walk.ts';

export interface ImportProgress {
  /** Files dealt with. */
  done: number;
  total: number;
  /** The file dealt with last. */
  path: string;
}

export interface ImportOptions {
  /** Says by its name whether a path is worth reading. */
  isAudioFile: (path: string) => boolean;
  /** The time of the import, milliseconds since 1970. */
  now: () => number;
  onProgress?: (progress: ImportProgress) => void;
  /** Stops between two files; what was imported by then stays. */
  signal?: AbortSignal;
}

/** Reads a file's content hash and tags. Throws `SongleafError` for files it cannot use. */
export type ReadInfo = (path: string) => Promise<SongInfo>;

type Outcome = { kind: 'added' | 'known'; song: Song } | { kind: 'failed'; error: ErrorReport };

/**
 * Imports files and folders. A file with the path, size and time of a song is known without being read; otherwise its
 * content decides: a song whose own file is gone has moved here, a second copy is the same song. Each path ends in
 * `added`, `known` or `failed`; songs appear once in each. Throws `cancelled`, or what the library throws.
 */
export async function importPaths(
  library: Pick<Library, 'songs'>,
  paths: readonly string[],
  readInfo: ReadInfo,
  options: ImportOptions,
): Promise<ImportResult> {
  const { isAudioFile, onProgress } = options;
  try {
    const { files, failed } = await findAudioFiles(paths, isAudioFile, options.signal);
    const songs = { added: new Map<string, Song>(), known: new Map<string, Song>() };
    for (const [index, file] of files.entries()) {
      options.signal?.throwIfAborted();
      const outcome = await importFile(library, file, readInfo, options.now);
      if (outcome.kind === 'failed') failed.push({ path: file.path, error: outcome.error });
      else songs[outcome.kind].set(outcome.song.id, outcome.song);
      onProgress?.({ done: index + 1, total: files.length, path: file.path });
    }
    return { added: [...songs.added.values()], known: [...songs.known.values()], failed };
  } catch (error) {
    if (!options.signal?.aborted || error !== options.signal.reason) throw error;
    throw new SongleafError(
      'cancelled',
      'The import was cancelled.',
      'Songs imported before that are in the library; import again for the rest.',
      { cause: error },
    );
  }
}

async function importFile(
  { songs }: Pick<Library, 'songs'>,
  file: FileStamp,
  readInfo: ReadInfo,
  now: () => number,
): Promise<Outcome> {
  try {
    const unchanged = songs.findByFile(file);
    if (unchanged) return { kind: 'known', song: unchanged };
  } catch (error) {
    return toFailure(error);
  }
  let info: SongInfo;
  try {
    info = await readInfo(file.path);
  } catch (error) {
    return { kind: 'failed', error: describeUnreadable(file.path, error) };
  }
  try {
    // A list of nameless songs helps nobody.
    const title = info.title.trim() || path.parse(file.path).name.slice(0, 1000);
    const { song, added } = songs.add({ ...info, title }, file, now());
    if (added) return { kind: 'added', song };
    return { kind: 'known', song: keepsItsFile(songs, song, file) ? song : songs.moveFile(song.id, file) };
  } catch (error) {
    return toFailure(error);
  }
}

/** Faults of one file or row let the import go on; a full disk or a locked library ends it. */
function toFailure(error: unknown): Outcome {
  if (error instanceof SongleafError && (error.code === 'bad-request' || error.code === 'library-corrupt')) {
    return { kind: 'failed', error: error.report() };
  }
  throw error;
}

/** True where the song's own file is still there unchanged, so that `file` is a second copy. */
function keepsItsFile(songs: Library['songs'], song: Song, file: FileStamp): boolean {
  if (song.path === file.path) return false;
  try {
    const { size, mtimeMs } = fs.statSync(song.path);
    return songs.findByFile({ path: song.path, size, mtime: mtimeMs })?.id === song.id;
  } catch {
    // A file that cannot be reached is no use to listen to; the one at hand is.
    return false;
  }
}
