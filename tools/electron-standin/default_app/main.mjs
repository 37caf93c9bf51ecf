// What Electron itself does with `electron [-r MODULE]… APP`: the stand-in comes without it. SONGLEAF_TEST_PRELOAD
// names a script to run first (sqlite-hook.cjs).
import fs from 'node:fs';
import { createRequire, Module } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

/** @param {string[]} args */
function readArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') {
      index += 1;
      preloads.push(args[index]);
    } else if (!arg.startsWith('-')) {
      return { preloads, target: arg };
    }
  }
  return { preloads, target: null };
}

/** @param {string} folder */
function adoptPackage(folder) {
  const description = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (description.version) app.setVersion(description.version);
  app.name = description.productName ?? description.name ?? app.name;
  app.setPath('userData', path.join(app.getPath('appData'), app.name));
  app.setAppPath(folder);
  return require.resolve(path.join(folder, description.main ?? 'index.js'));
}

/** @param {string} target */
function adoptFile(target) {
  app.setAppPath(path.dirname(target));
  return require.resolve(target);
}

if (process.env.SONGLEAF_TEST_PRELOAD) require(process.env.SONGLEAF_TEST_PRELOAD);
const { preloads, target } = readArguments(process.argv.slice(1));
if (target === null) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
try {
  if (preloads.length > 0) Module._preloadModules(preloads);
  const place = path.resolve(target);
  const main = fs.existsSync(path.join(place, 'package.json')) ? adoptPackage(place) : adoptFile(place);
  await import(pathToFileURL(main).href);
} catch (error) {
  process.stderr.write(`The app threw an error while it was loaded: ${error?.stack ?? error}\n`);
  process.exit(1);
}
