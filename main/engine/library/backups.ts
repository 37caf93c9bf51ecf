import fs from 'node:fs';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import type { LibraryDatabase } from './database.ts';
import { createFolder, syncFile, syncFolder, TEMPORARY_SUFFIX } from './durable-files.ts';
import { inspectLibrary } from './inspect.ts';
import { guardStorage } from './storage-errors.ts';

export const BACKUPS_KEPT = 10;

export interface Backup {
  path: string;
  /** Counts up; clocks go back, so the number and not the date says which is newest. */
  number: number;
  /** When the file was written, milliseconds since 1970. */
  writtenAt: number;
}

const backupName = /^library-(\d{6,})\.db$/;

/** The backups in `folder`, newest first; none where there is no such folder. */
export function listBackups(folder: string): Backup[] {
  return guardStorage(folder, () => {
    if (!fs.existsSync(folder)) return [];
    const backups: Backup[] = [];
    for (const name of fs.readdirSync(folder)) {
      const match = backupName.exec(name);
      if (!match) continue;
      const file = path.join(folder, name);
      backups.push({ path: file, number: Number(match[1]), writtenAt: fs.statSync(file).mtimeMs });
    }
    return backups.sort((a, b) => b.number - a.number);
  });
}

/** Why a backup cannot be used, or null where it can. */
export function findFault(file: string): string | null {
  try {
    const found = inspectLibrary(file);
    if (found.state === 'sound') return null;
    return found.state === 'damaged' ? found.reason : 'it holds nothing';
  } catch (error) {
    if (error instanceof SongleafError) return error.message;
    throw error;
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) fs.rmSync(`${file}${suffix}`, { force: true });
}

/**
 * Copies the open library into `folder` and returns the copy's path. `VACUUM INTO` reads one consistent state, the
 * write-ahead log included, which copying the live file would not. The copy is checked before it gets its name; of
 * older ones the newest `BACKUPS_KEPT` in all stay. Throws `file-unwritable` or `library-corrupt`.
 */
export function writeBackup(database: LibraryDatabase, folder: string): string {
  createFolder(folder);
  const older = listBackups(folder);
  const number = (older[0]?.number ?? 0) + 1;
  const file = path.join(folder, `library-${String(number).padStart(6, '0')}.db`);
  const temporary = `${file}${TEMPORARY_SUFFIX}`;
  guardStorage(file, () => {
    removeDatabase(temporary);
    try {
      database.sqlite.prepare('VACUUM INTO ?').run(temporary);
      syncFile(temporary);
      const fault = findFault(temporary);
      if (fault) {
        throw new SongleafError(
          'library-corrupt',
          `The backup ${file} did not come out right (${fault}) and was not kept.`,
          'Restart Songleaf so that it checks and repairs the library, then check the disk.',
        );
      }
      fs.renameSync(temporary, file);
    } catch (error) {
      removeDatabase(temporary);
      throw error;
    }
    syncFolder(folder);
    for (const backup of older.slice(BACKUPS_KEPT - 1)) fs.rmSync(backup.path, { force: true });
  });
  return file;
}

/** Removes copies that a kill cut off. */
export function sweepBackups(folder: string): void {
  guardStorage(folder, () => {
    if (!fs.existsSync(folder)) return;
    for (const name of fs.readdirSync(folder)) {
      const base = name.replace(/-(wal|shm|journal)$/, '');
      if (base.endsWith(TEMPORARY_SUFFIX) && backupName.test(base.slice(0, -TEMPORARY_SUFFIX.length))) {
        fs.rmSync(path.join(folder, name), { force: true });
      }
    }
  });
}
