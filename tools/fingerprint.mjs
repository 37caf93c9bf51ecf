import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * A short text that changes when any of the files changes, is added or is removed: names, sizes and times of
 * change, not contents, so that asking costs milliseconds.
 * @param {string} root
 * @param {string[]} parts files and folders below `root`; what does not exist is left out
 * @returns {string} SHA-256, hex
 */
export function fingerprint(root, parts) {
  const hash = createHash('sha256');
  for (const part of [...parts].sort()) {
    for (const file of filesIn(root, part)) {
      const { size, mtimeMs } = fs.statSync(path.join(root, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} part with `/` between names
 * @returns {string[]} sorted
 */
function filesIn(root, part) {
  const place = path.join(root, part);
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [part];
  return fs
    .readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isFile() ? [`${part}/${entry.name}`] : filesIn(root, `${part}/${entry.name}`),
    );
}
