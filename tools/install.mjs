import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmRemedy, runNpm } from './npm.mjs';
import { cacheFolder, inRoot } from './places.mjs';
import { SetupError, say } from './say.mjs';

const lockFile = inRoot('package-lock.json');
const installed = inRoot('node_modules');
const stampFile = path.join(installed, '.songleaf-stamp');
const platform = `${process.platform}-${process.arch}`;
/** npm writes this list when, and only when, it has put every package in place. */
const hiddenLockFile = path.join(installed, '.package-lock.json');

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} LockFile
 */

/**
 * Installs exactly what package-lock.json names, where that has not been done. What `npm ci` or `npm install` run
 * by hand has put in place counts.
 */
export async function ensurePackages() {
  const text = readOrNull(lockFile);
  if (text === null) {
    throw new SetupError('package-lock.json is missing.', 'Bring it back: git checkout package-lock.json');
  }
  const stamp = stampOf(text);
  const isDone = () => readOrNull(stampFile) === stamp;
  if (isDone()) return;
  await withLock('install', async () => {
    if (isDone()) return;
    const stamped = readOrNull(stampFile);
    const isOther = stamped !== null && !stamped.startsWith(`${platform} `);
    if (isOther || !isInstalled(JSON.parse(text), parseOrEmpty(readOrNull(hiddenLockFile)))) await install();
    fs.writeFileSync(stampFile, stamp);
  });
}

async function install() {
  const log = path.join(cacheFolder, 'logs', 'install.log');
  say('Installing packages (about a minute)…');
  fs.rmSync(stampFile, { force: true });
  const outcome = await runNpm(['ci'], { seconds: 1800, log });
  if (outcome.code !== 0) {
    throw new SetupError("Songleaf's packages could not be installed.", npmRemedy(outcome, log));
  }
}

/** @param {string} lockText */
export function stampOf(lockText) {
  // The platform too: a folder may be shared with a container or another system.
  const hash = createHash('sha256').update(lockText).digest('hex');
  return `${platform} ${hash}`;
}

/**
 * Whether everything in the lock is in place in its version. Optional packages may be missing (other platforms).
 * @param {LockFile} lock package-lock.json
 * @param {LockFile} hidden node_modules/.package-lock.json
 */
export function isInstalled(lock, hidden) {
  const wanted = Object.entries(lock.packages ?? {}).filter(([place]) => place !== '');
  const present = hidden.packages ?? {};
  return wanted.every(([place, locked]) => {
    const found = present[place];
    return found ? found.version === locked.version : Boolean(locked.optional || locked.devOptional);
  });
}

/**
 * What npm's own list says; a list that was cut off, by a full disk, says nothing.
 * @param {string | null} text
 * @returns {LockFile}
 */
export function parseOrEmpty(text) {
  try {
    return JSON.parse(text ?? '') ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
function readOrNull(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}
