import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './places.mjs';

/**
 * @typedef {object} Licence
 * @property {string} name of the package
 * @property {string} version
 * @property {string} licence SPDX expression
 * @property {string} text
 */

/**
 * What ships of other people's: the packages that the app depends on or that its window is bundled from, and all that
 * those depend on.
 * @returns {Licence[]} by name
 */
export function collectLicences() {
  const { dependencies } = readPackage(inRoot());
  /** @type {Map<string, Licence>} by folder */
  const found = new Map();
  /** @type {[name: string, from: string][]} */
  const waiting = [...Object.keys(dependencies ?? {}), ...bundledPackages()].map((name) => [name, inRoot()]);
  for (const [name, from] of waiting) {
    const folder = findPackage(name, from);
    // Optional ones may be missing, and types are nothing that ships.
    if (folder === null || found.has(folder) || name.startsWith('@types/')) continue;
    const own = readPackage(folder);
    found.set(folder, {
      name,
      version: own.version,
      licence: own.license ?? 'see text',
      text: readText(folder),
    });
    for (const next of Object.keys({ ...own.dependencies, ...own.optionalDependencies }))
      waiting.push([next, folder]);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Puts `licences.json` beside the window's page, for its About.
 * @returns {import('vite').Plugin}
 */
export function licencesPlugin() {
  return {
    name: 'songleaf-licences',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'licences.json',
        source: `${JSON.stringify(collectLicences())}\n`,
      });
    },
  };
}

/** Writes build/licences.txt, which is packed with the app. */
export function writeLicences() {
  const parts = collectLicences().map(
    ({ name, version, licence, text }) =>
      `${name} ${version} (${licence})\n\n${text.trim() || 'No text is given.'}\n`,
  );
  const rule = `\n${'-'.repeat(80)}\n\n`;
  fs.writeFileSync(
    inRoot('build', 'licences.txt'),
    `Packages that Songleaf contains\n${rule}${parts.join(rule)}`,
  );
}

/** Packages that the window's sources import. */
function bundledPackages() {
  const names = new Set();
  for (const file of fs.readdirSync(inRoot('renderer'), { recursive: true })) {
    if (!/\.tsx?$/.test(String(file))) continue;
    const text = fs.readFileSync(inRoot('renderer', String(file)), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*'((?:@[\w.-]+\/)?[\w][\w.-]*)/g))
      names.add(name);
  }
  return names;
}

/**
 * @param {string} name
 * @param {string} from folder of what asks for it
 * @returns {string | null}
 */
function findPackage(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(place, 'package.json'))) return place;
    if (folder === inRoot() || folder === path.dirname(folder)) return null;
  }
}

/** @param {string} folder */
function readPackage(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/** @param {string} folder */
function readText(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
    .sort()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}
