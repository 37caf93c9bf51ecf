import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './npm.mjs';
import { cacheFolder, inRoot } from './places.mjs';

/** Electron mends faults in its newest so many major versions only. */
const SUPPORTED = 3;

/**
 * Whether the Electron that ships still gets mended.
 * @param {string} locked its version
 * @param {string} latest that there is
 */
export function isSupported(locked, latest) {
  const [own = Number.NaN, newest = Number.NaN] = [locked, latest].map((version) =>
    Number.parseInt(version, 10),
  );
  return newest - own < SUPPORTED;
}

/** Asks the registry which Electron is the newest and fails where ours is too old: `node tools/electron-age.mjs`. */
async function main() {
  const lock = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8'));
  const locked = lock.packages['node_modules/electron'].version;
  const log = path.join(cacheFolder, 'logs', 'electron-age.log');
  const { code, output } = await runNpm(['view', 'electron', 'version'], { seconds: 60, log });
  const latest = /^\d+\.\d+\.\d+$/m.exec(output)?.[0];
  if (code !== 0 || latest === undefined)
    throw new Error(`The newest Electron could not be asked for:\n${output}`);
  console.log(`Electron ${locked} ships, ${latest} is the newest.`);
  if (isSupported(locked, latest)) return;
  console.log('It is mended no more: take a newer one (package.json), and run all tests.');
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
