import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import type { Faults } from './faults.ts';
import { chooseExport, type OpenedWindow } from './opened-window.ts';
import { built } from './places.ts';

export interface ServedWindow extends OpenedWindow {
  /** The address with its token, which this window has used. */
  readonly url: string;
  /** The server's process, whose child is the engine. */
  readonly pid: number;
}

/** Debian's Chromium, or the one that the environment names. */
const program = process.env.SONGLEAF_CHROMIUM ?? '/usr/bin/chromium';

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
// Chromium's own sandbox does not start for root (containers, test machines).
const rootNeeds = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Runs `songleaf serve` on a library and opens its address in Chromium. */
export async function openServed(
  libraryDir: string,
  faults: Faults,
  options: {
    colorScheme?: 'light' | 'dark';
    env?: Record<string, string>;
    /** Chromium's own. */
    args?: string[];
    permissions?: string[];
  } = {},
): Promise<ServedWindow> {
  const server = spawn(process.execPath, [built.cli, 'serve', '--library', libraryDir, '--device', 'cpu'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  const url = await readUrl(server);
  const browser = await chromium.launch({
    executablePath: program,
    args: [...quiet, ...rootNeeds, ...(options.args ?? [])],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    permissions: options.permissions ?? [],
  });
  const page = await context.newPage();
  faults.follow(page);
  await page.goto(url);
  return {
    url,
    pid: server.pid!,
    page,
    async chooseSongs(files, button = 'Add songs') {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: button }).click();
      await (await chooser).setFiles(files);
    },
    async exportTake(format) {
      const download = page.waitForEvent('download');
      await chooseExport(page, format);
      return readFile(await (await download).path());
    },
    async kill() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      await browser.close();
    },
    async close() {
      await browser.close();
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
    },
  };
}

function readUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout?.on('data', (data: Buffer) => {
      printed += data.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(printed)?.[0];
      if (url !== undefined) resolve(url);
    });
    server.once('exit', (code) => reject(new Error(`songleaf serve ended with ${code}: ${printed}`)));
  });
}
