import type { ChildProcess } from 'node:child_process';
import { type Browser, chromium, type Page } from '@playwright/test';

/** Tries, and milliseconds of each: now and then a connection opens and nothing answers on it; the next one does. */
const TRIES = 5;
const PATIENCE = 20_000;

/**
 * The first page of an app that was started with `--remote-debugging-port=0`, seen from outside: Playwright's own way
 * of starting Electron needs switches that a packed app refuses, and waits inside of it.
 */
export async function attachTo(child: ChildProcess): Promise<{ browser: Browser; page: Page }> {
  const browser = await connect(await readAddress(child));
  const context = browser.contexts()[0]!;
  return { browser, page: context.pages()[0] ?? (await context.waitForEvent('page')) };
}

/** Lets files fall onto the page, as from a file manager: the app then learns their paths. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  }
  await devtools.detach();
}

async function connect(address: string): Promise<Browser> {
  for (let left = TRIES; ; ) {
    try {
      return await chromium.connectOverCDP(address, { timeout: PATIENCE });
    } catch (error) {
      left -= 1;
      if (left === 0) throw error;
    }
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stderr?.on('data', (data: Buffer) => {
      printed += data.toString();
      const url = /ws:\/\/\S+/.exec(printed)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}: ${printed}`)));
  });
}
