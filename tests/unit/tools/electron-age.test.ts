import fs from 'node:fs';
import { expect, it } from 'vitest';
import { isSupported } from '../../../tools/electron-age.mjs';
import { inRoot } from '../../../tools/places.mjs';

it('knows an Electron that is mended no more', () => {
  expect(isSupported('45.4.1', '45.4.2')).toBe(true);
  expect(isSupported('45.4.1', '47.0.0')).toBe(true);
  expect(isSupported('45.4.1', '48.0.0')).toBe(false);
  expect(isSupported('9.0.0', '45.0.0')).toBe(false);
  expect(isSupported('45.4.1', 'none')).toBe(false);
});

it('is asked in every run of the checks, and new versions are offered every month', () => {
  expect(fs.readFileSync(inRoot('.github/workflows/ci.yml'), 'utf8')).toContain(
    'run: node tools/electron-age.mjs',
  );
  const bot = fs.readFileSync(inRoot('.github/dependabot.yml'), 'utf8');
  expect(bot).toMatch(/package-ecosystem: npm[\s\S]*interval: monthly/);
});
