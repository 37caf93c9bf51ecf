import fs from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { mainEntries, pagesEntry, preloadEntry, rendererEntry } from './tools/entries.mjs';
import { licencesPlugin } from './tools/licences.mjs';

const inRoot = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

const existing = Object.fromEntries(
  Object.entries(mainEntries)
    .filter(([, entry]) => fs.existsSync(inRoot(entry)))
    .map(([name, entry]) => [name, inRoot(entry)]),
);

// electron-vite leaves the packages under `dependencies` out of the main bundle; everything else goes in.
const main = {
  build: {
    outDir: inRoot('build', 'main'),
    rolldownOptions: {
      input: existing,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

// A sandboxed preload is one CommonJS file and cannot load packages, so everything goes in.
const preload = {
  build: {
    outDir: inRoot('build', 'preload'),
    externalizeDeps: false,
    rolldownOptions: {
      input: { preload: inRoot(preloadEntry) },
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
};

const renderer = {
  root: inRoot('renderer'),
  plugins: [react(), licencesPlugin()],
  build: {
    outDir: inRoot('build', 'renderer'),
    emptyOutDir: true,
    minify: true,
    // The content security policy allows no `data:` fonts.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { index: inRoot(rendererEntry), pages: inRoot(pagesEntry) } },
  },
};

export default defineConfig({
  ...(Object.keys(existing).length > 0 && { main }),
  ...(fs.existsSync(inRoot(preloadEntry)) && { preload }),
  ...(fs.existsSync(inRoot(rendererEntry)) && { renderer }),
});
