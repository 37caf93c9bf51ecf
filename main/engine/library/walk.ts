import fs from 'node:fs/promises';
import path from 'node:path';
import { type ErrorReport, SongleafError, toErrorReport } from '../../contract/errors.ts';
import type { FileStamp } from './songs.ts';
import { causeCode } from './storage-errors.ts';

export interface Failure {
  path: string;
  error: ErrorReport;
}

/** A file or folder that cannot be read, in words a person can act on. */
export function describeUnreadable(file: string, error: unknown): ErrorReport {
  if (error instanceof SongleafError) return error.report();
  const code = causeCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return {
      code: 'file-not-found',
      message: `There is no file or folder ${file}.`,
      hint: 'It may have been moved or its disk may not be connected.',
    };
  }
  if (/^E[A-Z]+$/.test(code)) {
    const reason = error instanceof Error ? error.message : code;
    return {
      code: 'file-unreadable',
      message: `${file} cannot be read (${reason}).`,
      hint: 'Check that you may read it and that its disk is connected.',
    };
  }
  return toErrorReport(error);
}

function reportOf(code: ErrorReport['code'], message: string, hint: string): ErrorReport {
  return { code, message, hint };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

interface Walk {
  isAudioFile: (path: string) => boolean;
  signal?: AbortSignal;
  files: FileStamp[];
  failed: Failure[];
  /** Real paths met so far: ends link loops, and a file reached twice is handled once. */
  seen: Set<string>;
}

/** Adds the file at `file`; returns whether it is an audio file at all. */
async function addFile(walk: Walk, file: string): Promise<boolean> {
  try {
    const real = await fs.realpath(file);
    const stat = await fs.stat(real);
    if (!walk.seen.has(real)) {
      walk.seen.add(real);
      // Opening a pipe or a device that calls itself a song would wait for ever.
      if (!stat.isFile()) {
        const error = reportOf('file-unreadable', `${file} is not a regular file.`, 'Choose a recording.');
        walk.failed.push({ path: file, error });
      } else {
        walk.files.push({ path: file, size: stat.size, mtime: Math.trunc(stat.mtimeMs) });
      }
    }
  } catch (error) {
    walk.failed.push({ path: file, error: describeUnreadable(file, error) });
  }
  return true;
}

/** Walks a folder depth first in order of names; returns whether it or its subfolders hold any audio file. */
async function walkFolder(walk: Walk, root: string): Promise<boolean> {
  let found = false;
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    walk.signal?.throwIfAborted();
    try {
      const real = await fs.realpath(folder);
      if (walk.seen.has(real)) {
        found = true;
        continue;
      }
      walk.seen.add(real);
      const entries = (await fs.readdir(folder, { withFileTypes: true })).sort(byName);
      const subfolders: string[] = [];
      for (const entry of entries) {
        if (entry.name.startsWith('.')) continue;
        const inside = path.join(folder, entry.name);
        if (await isFolder(entry, inside)) subfolders.push(inside);
        else if (walk.isAudioFile(inside)) found = (await addFile(walk, inside)) || found;
      }
      waiting.push(...subfolders.reverse());
    } catch (error) {
      walk.failed.push({ path: folder, error: describeUnreadable(folder, error) });
      found = true;
    }
  }
  return found;
}

/** Follows links; a link that leads nowhere is no folder. */
async function isFolder(
  entry: { isDirectory(): boolean; isSymbolicLink(): boolean },
  inside: string,
): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return (await fs.stat(inside)).isDirectory();
  } catch {
    // A broken link or a link to itself: reading it as a file will say so if it calls itself audio.
    return false;
  }
}

/**
 * Finds the audio files that `paths` (files and folders, in order) mean. Folders are searched to the bottom, hidden
 * names and files of other kinds in them passed over; links are followed, each real file counts once. A path that was
 * asked for by name and cannot be used is in `failed`. Throws `cancelled` when `signal` aborts.
 */
export async function findAudioFiles(
  paths: readonly string[],
  isAudioFile: (path: string) => boolean,
  signal?: AbortSignal,
): Promise<{ files: FileStamp[]; failed: Failure[] }> {
  const walk: Walk = { isAudioFile, files: [], failed: [], seen: new Set(), ...(signal && { signal }) };
  for (const given of paths) {
    signal?.throwIfAborted();
    const asked = path.resolve(given);
    let folder: boolean;
    try {
      folder = (await fs.stat(asked)).isDirectory();
    } catch (error) {
      walk.failed.push({ path: asked, error: describeUnreadable(asked, error) });
      continue;
    }
    if (folder) {
      if (await walkFolder(walk, asked)) continue;
      const hint = 'Choose a folder with recordings such as MP3, FLAC, Ogg, WAV or AIFF files.';
      const error = reportOf('file-not-found', `No audio file was found in ${asked}.`, hint);
      walk.failed.push({ path: asked, error });
    } else if (isAudioFile(asked)) {
      await addFile(walk, asked);
    } else {
      const hint = 'Choose a recording such as an MP3, FLAC, Ogg, WAV or AIFF file.';
      const error = reportOf('audio-unsupported', `${asked} is not an audio file Songleaf knows.`, hint);
      walk.failed.push({ path: asked, error });
    }
  }
  return { files: walk.files, failed: walk.failed };
}
