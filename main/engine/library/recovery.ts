import fs from 'node:fs';
import path from 'node:path';
import { findFault, listBackups } from './backups.ts';
import { connect } from './database.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import { createSchema, migrate } from './migrate.ts';
import type { NoticeLog } from './notices.ts';
import { type Salvage, salvage } from './salvage.ts';
import { guardStorage } from './storage-errors.ts';

const REBUILDING = 'library.db.recovering';
const rebuilt = /^library\.db\.recovered-(\d+)$/;
const aside = /^library\.db\.corrupt-(\d+)/;
const companions = ['-wal', '-shm', '-journal'];

/**
 * Second half of a recovery: a finished replacement `library.db.recovered-<n>` takes the library's place and what is
 * there moves to `library.db.corrupt-<n>`. The replacement's name is the decision: a kill anywhere in here is made
 * good at the next start by running it again. The old write-ahead log must be out of the way before the new file gets
 * the name, or SQLite would replay it into the wrong library.
 */
export function finishRecovery(folder: string): void {
  guardStorage(folder, () => {
    for (const suffix of ['', ...companions]) {
      fs.rmSync(path.join(folder, `${REBUILDING}${suffix}`), { force: true });
    }
    for (const name of fs.readdirSync(folder)) {
      const number = rebuilt.exec(name)?.[1];
      if (!number) continue;
      for (const suffix of [...companions, '']) {
        const from = path.join(folder, `library.db${suffix}`);
        if (fs.existsSync(from))
          fs.renameSync(from, path.join(folder, `library.db.corrupt-${number}${suffix}`));
      }
      syncFolder(folder);
      fs.renameSync(path.join(folder, name), path.join(folder, 'library.db'));
      syncFolder(folder);
    }
  });
}

function nextAsideNumber(folder: string): number {
  const numbers = fs.readdirSync(folder).map((name) => Number(aside.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}

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
    const target = path.join(folder, REBUILDING);
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
    const number = nextAsideNumber(folder);
    fs.renameSync(target, path.join(folder, `library.db.recovered-${number}`));
    syncFolder(folder);
    finishRecovery(folder);
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
