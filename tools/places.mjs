import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/** Logs of the set-up's steps, reports and fetched test data: ignored by git, safe to delete. */
export const cacheFolder = inRoot('.cache');

/** Stand-in Electron for tests only. Ignored by git. */
export const electronFolder = inRoot('.electron');

/** Programs of installed packages, started with `process.execPath`: no shell and no .cmd shims are involved. */
export const programs = {
  biome: inRoot('node_modules/@biomejs/biome/bin/biome'),
  electronBuilder: inRoot('node_modules/electron-builder/cli.js'),
  electronInstall: inRoot('node_modules/electron/install.js'),
  electronVite: inRoot('node_modules/electron-vite/bin/electron-vite.js'),
  oxlint: inRoot('node_modules/oxlint/bin/oxlint'),
  playwright: inRoot('node_modules/@playwright/test/cli.js'),
  tsc: inRoot('node_modules/typescript/bin/tsc'),
  vitest: inRoot('node_modules/vitest/vitest.mjs'),
};
