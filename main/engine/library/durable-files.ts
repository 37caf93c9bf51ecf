import fs from 'node:fs';
import path from 'node:path';
import { guardStorage } from './storage-errors.ts';

/** Makes a file's bytes survive a power cut. */
export function syncFile(file: string): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Makes the names in a folder (a rename, a new file) survive a power cut. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder as a file; NTFS journals names itself.
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Suffix of files being written; whatever carries it at start was cut off and is swept. */
export const TEMPORARY_SUFFIX = '.tmp';

/**
 * Writes `bytes` so that `file` is either absent, what it was, or whole: temporary name, fsync, rename, fsync of the
 * folder. Throws `file-unwritable`, leaving no temporary file behind.
 */
export function writeFileDurably(file: string, bytes: Uint8Array): void {
  const temporary = `${file}${TEMPORARY_SUFFIX}`;
  guardStorage(file, () => {
    try {
      const handle = fs.openSync(temporary, 'w', 0o600);
      try {
        fs.writeFileSync(handle, bytes);
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
      fs.renameSync(temporary, file);
    } catch (error) {
      fs.rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(path.dirname(file));
  });
}

/** Creates the folder and its parents. Throws `file-unwritable`. */
export function createFolder(folder: string): void {
  guardStorage(folder, () => fs.mkdirSync(folder, { recursive: true }));
}
