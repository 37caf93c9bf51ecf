import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './places.mjs';
import { say } from './say.mjs';

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
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.lock`);
  for (let waited = 0; !take(file); waited += 1) {
    if (waited === 5) say(`Waiting for another Songleaf that is setting up (${file})…`);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
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
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, alive.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
