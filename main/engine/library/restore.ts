import fs from 'node:fs';
import path from 'node:path';
import type { Backup } from '../../contract/backups.ts';
import { SongleafError } from '../../contract/errors.ts';
import { findFault, listBackups } from './backups.ts';
import { connect } from './database.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import { migrate } from './migrate.ts';
import { nextNumber, PREPARING, RESTORED } from './replacement.ts';
import { guardStorage } from './storage-errors.ts';

/** The backups in `folder` with what they hold, newest first. */
export function describeBackups(folder: string): Backup[] {
  return listBackups(folder).map(({ path: file, number, writtenAt }) => {
    const bytes = fs.statSync(file).size;
    try {
      const { sqlite } = connect(file, { readonly: true });
      try {
        const count = (table: string) =>
          (sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
        return { number, writtenAt, bytes, songs: count('songs'), takes: count('takes') };
      } finally {
        sqlite.close();
      }
    } catch {
      return { number, writtenAt, bytes, songs: null, takes: null };
    }
  });
}

/**
 * First half of going back to a backup: makes `library.db.restored-<n>`, which takes the library's place when it is
 * opened next (`finishReplacements`). The copy is checked row by row and index by index; its queue is emptied, since
 * those jobs may be long done.
 * @param saveCurrent backs up the library as it is, so that nothing is lost by going back
 * @throws SongleafError `bad-request` where there is no such backup, `library-corrupt` where it is damaged,
 * `library-newer`, `file-unwritable`
 */
export function prepareRestore(
  folder: string,
  backupFolder: string,
  number: number,
  saveCurrent: () => void,
): void {
  const backup = listBackups(backupFolder).find((each) => each.number === number);
  if (!backup) {
    throw new SongleafError(
      'bad-request',
      `There is no backup number ${number}.`,
      'Open the list of backups again: old ones give way to new ones.',
    );
  }
  const target = path.join(folder, PREPARING);
  guardStorage(target, () => {
    // Before the library is saved: that may be one backup too many, and the oldest goes.
    fs.copyFileSync(backup.path, target);
    try {
      const fault = findFault(target) ?? bringUpToDate(target);
      if (fault) {
        throw new SongleafError(
          'library-corrupt',
          `The backup ${backup.path} cannot be used (${fault}).`,
          'Choose another backup. Your library was not touched.',
        );
      }
      saveCurrent();
      syncFile(target);
      fs.renameSync(target, path.join(folder, `${RESTORED}${nextNumber(folder)}`));
    } catch (error) {
      fs.rmSync(target, { force: true });
      throw error;
    }
    syncFolder(folder);
  });
}

/** @returns SQLite's first complaint after all its checks, or null */
function bringUpToDate(file: string): string | null {
  const database = connect(file, { journal: 'delete' });
  try {
    migrate(database);
    database.write(() => database.sqlite.exec('DELETE FROM jobs'));
    const [{ integrity_check: answer }] = database.sqlite.pragma('integrity_check(1)') as [
      { integrity_check: string },
    ];
    return answer === 'ok' ? null : answer;
  } finally {
    database.sqlite.close();
  }
}
