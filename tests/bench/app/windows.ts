import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { electronProgram } from '../../../tools/electron.mjs';
import { attachTo, dropFiles } from '../../e2e/support/attach.ts';
import { Faults } from '../../e2e/support/faults.ts';
import { built, root } from '../../e2e/support/places.ts';
import { openServed } from '../../e2e/support/serve-window.ts';

/** A window to be measured. */
export interface MeasuredWindow {
  page: Page;
  /** The process that started everything; null where there is no one such. */
  pid: number | null;
  /** Milliseconds since 1970 when the program, or in a browser the page, was asked for. */
  asked: number;
  addSongs(files: string[]): Promise<void>;
  close(): Promise<void>;
}

export type Target = 'browser' | 'electron';

export async function openWindow(target: Target, library: string): Promise<MeasuredWindow> {
  return target === 'browser' ? await openInBrowser(library) : await openInElectron(library);
}

async function openInBrowser(library: string): Promise<MeasuredWindow> {
  const window = await openServed(library, new Faults());
  const asked = await window.page.evaluate(() => performance.timeOrigin);
  return {
    page: window.page,
    pid: null,
    asked,
    addSongs: (files) => window.chooseSongs(files),
    close: () => window.close(),
  };
}

/** The app as a person starts it. Playwright's own way would wait inside of it; this looks on from outside. */
async function openInElectron(library: string): Promise<MeasuredWindow> {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules/electron/dist');
  const userData = mkdtempSync(path.join(tmpdir(), 'songleaf-bench-user-'));
  const asked = Date.now();
  const child = spawn(
    path.join(dist, electronProgram(process.platform)),
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${userData}`,
      `--library=${library}`,
      '--device=cpu',
      built.app,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const { browser, page } = await attachTo(child);
  return {
    page,
    pid: child.pid ?? null,
    asked,
    addSongs: (files) => dropFiles(page, files),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await browser.close().catch(() => undefined);
      await ended;
      rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
