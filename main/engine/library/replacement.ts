import fs from 'node:fs';
import path from 'node:path';
import { syncFolder } from './durable-files.ts';
import { guardStorage } from './storage-errors.ts';

/** A replacement for `library.db` while it is being made. */
export const PREPARING = 'library.db.recovering';
/** Finished replacements, a number behind: rebuilt from a damaged library, or a backup that a person chose. */
export const RECOVERED = 'library.db.recovered-';
export const RESTORED = 'library.db.restored-';

/** What is replaced is kept: a damaged file under one name, a sound one, which was also backed up, under the other. */
const kinds = [
  { finished: RECOVERED, aside: 'library.db.corrupt-' },
  { finished: RESTORED, aside: 'library.db.replaced-' },
] as const;

const companions = ['-wal', '-shm', '-journal'];

/**
 * Second half of a replacement: a finished `library.db.recovered-<n>` or `library.db.restored-<n>` takes the library's
 * place and what is there is put aside. The replacement's name is the decision: a kill anywhere in here is made good at
 * the next start by running it again. The old write-ahead log must be out of the way before the new file gets the name,
 * or SQLite would replay it into the wrong library.
 */
export function finishReplacements(folder: string): void {
  guardStorage(folder, () => {
    for (const suffix of ['', ...companions]) {
      fs.rmSync(path.join(folder, `${PREPARING}${suffix}`), { force: true });
    }
    for (const name of fs.readdirSync(folder)) {
      for (const { finished, aside } of kinds) {
        const number = numberAfter(name, finished);
        if (number !== null) takePlace(folder, name, `${aside}${number}`);
      }
    }
    sweepReplaced(folder);
  });
}

function takePlace(folder: string, name: string, aside: string): void {
  for (const suffix of [...companions, '']) {
    const from = path.join(folder, `library.db${suffix}`);
    if (fs.existsSync(from)) fs.renameSync(from, path.join(folder, `${aside}${suffix}`));
  }
  syncFolder(folder);
  fs.renameSync(path.join(folder, name), path.join(folder, 'library.db'));
  syncFolder(folder);
}

/** Of libraries that were given up for a backup only the last stays: all of them are among the backups as well. */
function sweepReplaced(folder: string): void {
  const replaced = fs.readdirSync(folder).filter((name) => name.startsWith('library.db.replaced-'));
  const numberOf = (name: string) => Number(/^library\.db\.replaced-(\d+)/.exec(name)?.[1] ?? 0);
  const newest = Math.max(0, ...replaced.map(numberOf));
  for (const name of replaced) {
    if (numberOf(name) < newest) fs.rmSync(path.join(folder, name), { force: true });
  }
}

function numberAfter(name: string, prefix: string): number | null {
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : null;
}

/** A number that no library in `folder` has been put aside under. */
export function nextNumber(folder: string): number {
  const numbers = fs
    .readdirSync(folder)
    .map((name) => Number(/^library\.db\.(?:corrupt|replaced|restored)-(\d+)/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}
