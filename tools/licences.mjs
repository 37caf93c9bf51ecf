import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './places.mjs';

/** Names under which packages keep their terms. */
const licenceFile = /^(licen[cs]e|copying|notice)([._-].*)?$/i;

/**
 * @typedef {{ name: string, version: string, licence: string, text: string }} Package
 */

/**
 * Everything of others' that ships: the packages that the program loads, with those that they load, and those whose code
 * went into the window. Sorted by name.
 * @param {Iterable<string>} bundled files that went into the window
 * @returns {Package[]}
 */
export function collectLicences(bundled) {
  /** @type {Map<string, string>} */
  const folders = new Map();
  const own = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
  for (const name of Object.keys(own.dependencies)) addWithDependencies(name, inRoot(), folders);
  for (const file of bundled) {
    const folder = packageFolder(file);
    if (folder) folders.set(folder, folder);
  }
  // What runs it all, and is in no bundle.
  const electron = inRoot('node_modules', 'electron');
  if (fs.existsSync(electron)) folders.set(electron, electron);
  const packages = [...folders.values()].map(describe);
  const once = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * Makes `licences.json` beside the window's page.
 * @returns {import('vite').Plugin}
 */
export function licencesPlugin() {
  return {
    name: 'songleaf-licences',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' ? Object.keys(chunk.modules) : [],
      );
      const source = `${JSON.stringify(collectLicences(files))}\n`;
      this.emitFile({ type: 'asset', fileName: 'licences.json', source });
    },
  };
}

/**
 * @param {string} name
 * @param {string} from folder of the package that needs it
 * @param {Map<string, string>} folders
 */
function addWithDependencies(name, from, folders) {
  const folder = findPackage(name, from);
  // Optional packages of other systems are not here.
  if (folder === null || folders.has(folder)) return;
  folders.set(folder, folder);
  const { dependencies = {}, optionalDependencies = {} } = readManifest(folder);
  for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) {
    addWithDependencies(next, folder, folders);
  }
}

/**
 * @param {string} name
 * @param {string} from
 */
function findPackage(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(place, 'package.json'))) return place;
    if (path.dirname(folder) === folder) return null;
  }
}

/**
 * @param {string} file
 * @returns {string | null} the folder of the package that a bundled file belongs to
 */
export function packageFolder(file) {
  const parts = file.replace(/^\0/, '').replace(/\?.*$/, '').split(/[\\/]/);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  const end = at + (parts[at + 1]?.startsWith('@') ? 3 : 2);
  const folder = parts.slice(0, end).join('/');
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : null;
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/**
 * @param {string} folder
 * @returns {Package}
 */
function describe(folder) {
  const { name, version, license } = readManifest(folder);
  const texts = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => fs.readFileSync(path.join(folder, entry.name), 'utf8').trim())
    .sort();
  const licence = typeof license === 'string' ? license : (license?.type ?? '');
  return { name, version, licence, text: texts.join('\n\n') };
}
