import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './places.mjs';
import { SetupError, say } from './say.mjs';

/** Locks that this process has taken. */
const taken = new Set();

/**
 * Runs `work` while no other process on this machine runs work of the same name in this folder.
 * The lock of a process that has died counts for nothing.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withLock(name, work, folder = cacheFolder) {
  const file = path.join(folder, `${name}.lock`);
  makeFolder(folder);
  for (let waited = 0; !take(file); waited += 1) {
    if (waited === 5) {
      say(`Waiting for another Songleaf that is setting up; where none is, delete ${file}…`);
    }
    await sleep(200);
  }
  taken.add(file);
  try {
    return await work();
  } finally {
    taken.delete(file);
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (cause) {
    throw new SetupError(
      `Nothing can be written to ${folder} (${/** @type {Error} */ (cause).message}).`,
      'Make room on the disk, or copy Songleaf to a folder of yours.',
    );
  }
}

/** @param {string} file */
function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (!isHeld(file)) fs.rmSync(file, { force: true });
  return false;
}

/** @param {string} file */
function isHeld(file) {
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  // Taken, but the number has not been written yet.
  if (text === '') return Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5000;
  // A container gives the same number again: what this process did not take, one before it left behind.
  if (text === String(process.pid) && !taken.has(file)) return false;
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, alive.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
