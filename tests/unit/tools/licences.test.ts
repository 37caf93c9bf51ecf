import { describe, expect, it } from 'vitest';
import { collectLicences, packageFolder } from '../../../tools/licences.mjs';
import { inRoot } from '../../../tools/places.mjs';

describe('the licences that ship', () => {
  const packages = collectLicences([inRoot('node_modules', 'react', 'index.js'), '/elsewhere/own.ts']);
  const named = (name: string) => packages.filter((each) => each.name === name);

  it('are those of what is loaded, of what that loads, of the window and of what runs it', () => {
    for (const name of [
      'better-sqlite3',
      'onnxruntime-node',
      'onnxruntime-common',
      'zod',
      'react',
      'electron',
    ]) {
      expect(named(name), name).toHaveLength(1);
    }
    // Only for the work on Songleaf.
    for (const name of ['vitest', 'typescript', '@playwright/test']) expect(named(name), name).toEqual([]);
  });

  it('have a name and, but for those that ship none, their text', () => {
    for (const { name, version, licence } of packages) {
      expect(version, name).toMatch(/^\d+\./);
      expect(licence, name).not.toBe('');
      // Nothing that would bind what uses it as a whole.
      expect(licence, name).not.toMatch(/^A?GPL/);
    }
    const withText = packages.filter(({ text }) => text.length > 200);
    expect(withText.length / packages.length).toBeGreaterThan(0.8);
  });

  it('come in the same order each time', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('belong to the innermost package', () => {
    const file = inRoot('node_modules', 'react-dom', 'client.js');
    expect(packageFolder(`${file}?v=1`)).toBe(inRoot('node_modules', 'react-dom'));
    expect(packageFolder(inRoot('main', 'engine', 'engine.ts'))).toBeNull();
  });
});
