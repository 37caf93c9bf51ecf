import fs from 'node:fs';
import path from 'node:path';
import { findFault, listBackups } from './backups.ts';
import { connect } from './database.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import { createSchema, migrate } from './migrate.ts';
import type { NoticeLog } from './notices.ts';
import { finishReplacements, nextNumber, PREPARING, RECOVERED } from './replacement.ts';
import { type Salvage, salvage } from './salvage.ts';
import { guardStorage } from './storage-errors.ts';

/**
 * Replaces a damaged library: starts from the newest good backup (or empty), adds every row that the damaged file
 * still yields, empties the queue (its jobs may be long done), keeps the damaged file and tells all that.
 */
export function recoverLibrary(
  folder: string,
  backupFolder: string,
  reason: string,
  notices: NoticeLog,
): void {
  guardStorage(folder, () => {
    const damaged = path.join(folder, 'library.db');
    const target = path.join(folder, PREPARING);
    const backup = copyNewestGoodBackup(backupFolder, target, notices);
    const database = connect(target, { journal: 'delete' });
    let found: Salvage;
    let counts: Record<string, number>;
    try {
      if (backup) migrate(database);
      else createSchema(database);
      database.write(() => database.sqlite.exec('DELETE FROM jobs'));
      found = salvage(damaged, database);
      counts = {};
      for (const table of ['songs', 'analyses', 'takes']) {
        const row = database.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number };
        counts[table] = row.n;
      }
    } finally {
      database.sqlite.close();
    }
    syncFile(target);
    const number = nextNumber(folder);
    fs.renameSync(target, path.join(folder, `${RECOVERED}${number}`));
    syncFolder(folder);
    finishReplacements(folder);
    const { rows } = found;
    notices.add({
      kind: 'library-recovered',
      message: [
        `The library ${damaged} was damaged (${reason}).`,
        backup
          ? `It was restored from the backup ${backup} of ${new Date(fs.statSync(backup).mtimeMs).toISOString()},`
          : 'There was no good backup, so a new one was made,',
        `with ${rows.songs} song(s), ${rows.analyses} analysis(es) and ${rows.takes} take(s) read from the damaged file.`,
        `It now holds ${counts.songs} song(s), ${counts.analyses} analysis(es) and ${counts.takes} take(s).`,
        found.withoutFile > 0
          ? `${found.withoutFile} of its songs were known by their music only and lack their file.`
          : '',
        found.incomplete || found.refused > 0
          ? 'What the damaged file held beyond that could not be read and is lost; so are the jobs of the queue.'
          : 'Only the jobs of the queue are lost.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
      hint: `The damaged file is kept as library.db.corrupt-${number}. Import the files of missing songs again.`,
    });
  });
}

function copyNewestGoodBackup(folder: string, target: string, notices: NoticeLog): string | null {
  for (const backup of listBackups(folder)) {
    const fault = findFault(backup.path);
    if (!fault) {
      fs.copyFileSync(backup.path, target);
      return backup.path;
    }
    notices.add({
      kind: 'backup-damaged',
      message: `The backup ${backup.path} cannot be used (${fault}).`,
      hint: 'An older backup is tried instead. Check the disk.',
    });
  }
  return null;
}
