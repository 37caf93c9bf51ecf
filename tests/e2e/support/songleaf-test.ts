import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import { electronProblem, openApp } from './electron-window.ts';
import { Faults } from './faults.ts';
import type { OpenedWindow } from './opened-window.ts';
import { openServed } from './serve-window.ts';

interface Fixtures {
  /** A folder of the test's own. */
  folder: string;
  faults: Faults;
  /** Opens the window on this test's library, with variables of its own; again, everything is started anew. */
  openWindow: (env?: Record<string, string>) => Promise<OpenedWindow>;
}

/**
 * Every test has a fresh library, and ends with no errors in the page's console and no violation of its policy
 * but those that it wanted.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
  faults: async ({}, use) => {
    const faults = new Faults();
    await use(faults);
    expect(faults.unwanted).toEqual([]);
  },
  openWindow: async ({ folder, faults }, use, info) => {
    const app = info.project.name === 'electron';
    const problem = app ? electronProblem() : null;
    test.skip(problem !== null, `The app was not started: ${problem}.`);
    const library = path.join(folder, 'library');
    let opened: OpenedWindow | null = null;
    await use(async (env = {}) => {
      await opened?.close();
      opened = app ? await openApp(library, faults, env) : await openServed(library, faults, { env });
      return opened;
    });
    await (opened as OpenedWindow | null)?.close();
  },
});

export { expect };
