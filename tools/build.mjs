import fs from 'node:fs';
import path from 'node:path';
import { mainEntries, preloadEntry, rendererEntry } from './entries.mjs';
import { fingerprint } from './fingerprint.mjs';
import { writeLicences } from './licences.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, inRoot, programs, root } from './places.mjs';
import { runQuietly } from './processes.mjs';
import { SetupError, say } from './say.mjs';

/** Everything that the bundles are made from. */
const sources = [
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tools/entries.mjs',
  'tools/licences.mjs',
  'CHANGELOG.md',
  'models/arranger/README.md',
  'models/beats/README.md',
  'models/melody/README.md',
];

const stampFile = inRoot('build', 'build.stamp');

/** Builds `build/` where a source has changed since the last build, or always with `force`. */
export async function ensureBuild({ force = false } = {}) {
  const isDone = () =>
    fs.existsSync(stampFile) &&
    fs.readFileSync(stampFile, 'utf8') === fingerprint(root, sources) &&
    outputs().every((file) => fs.existsSync(file));
  if (!force && isDone()) return;
  await withLock('build', async () => {
    if (!force && isDone()) return;
    await build();
  });
}

async function build() {
  say('Building Songleaf…');
  const log = path.join(cacheFolder, 'logs', 'build.log');
  fs.rmSync(stampFile, { force: true });
  // Before the build: a source saved while it runs is built next time.
  const stamp = fingerprint(root, sources);
  const outcome = await runQuietly(process.execPath, [programs.electronVite, 'build'], {
    seconds: 600,
    log,
    cwd: root,
  });
  if (outcome.code !== 0) {
    throw new SetupError(
      `Songleaf could not be built:\n${outcome.output.trimEnd().split('\n').slice(-30).join('\n')}`,
      `Mend the fault named above, or bring the sources back with git, and try again. Details: ${log}`,
    );
  }
  writeLicences();
  const missing = outputs().filter((file) => !fs.existsSync(file));
  if (missing.length > 0) {
    throw new SetupError(`The build left out ${missing.join(', ')}.`, `See ${log}.`);
  }
  fs.writeFileSync(stampFile, stamp);
}

/** The files that the existing entries must give. */
function outputs() {
  /** @type {string[]} */
  const files = [];
  for (const [name, entry] of Object.entries(mainEntries)) {
    if (fs.existsSync(inRoot(entry))) files.push(inRoot('build', 'main', `${name}.js`));
  }
  if (fs.existsSync(inRoot(preloadEntry))) files.push(inRoot('build', 'preload', 'preload.cjs'));
  if (fs.existsSync(inRoot(rendererEntry))) files.push(inRoot('build', 'renderer', 'index.html'));
  files.push(inRoot('build', 'licences.txt'));
  return files;
}
