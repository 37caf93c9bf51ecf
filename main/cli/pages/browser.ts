import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
/** A long score on a slow computer takes seconds. */
const LIMIT_MS = 120_000;

/** Path of a browser of the Chromium family: `SONGLEAF_CHROMIUM`, else what the system has; null where it has none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.SONGLEAF_CHROMIUM) return env.SONGLEAF_CHROMIUM;
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const inPath = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...inPath, ...places].find((file) => existsSync(file)) ?? null;
}

/**
 * Runs the browser without a window, without a network and with a profile of its own, and gives what it prints.
 * @param folder for the profile; may be removed afterwards
 * @throws SongleafError `browser-missing`, `internal` where it fails or takes too long, `cancelled`
 */
export async function runBrowser(
  args: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const browser = findBrowser();
  if (browser === null) {
    throw new SongleafError(
      'browser-missing',
      'PDF and SVG pages are drawn by Chromium, Chrome or Edge, and none was found.',
      'Install one of them, or set SONGLEAF_CHROMIUM to its path. MusicXML needs none.',
    );
  }
  // As root, in containers, Chromium has no sandbox to offer; all it opens are files written here.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    browser,
    [
      '--headless',
      ...asRoot,
      '--disable-gpu',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${path.join(folder, 'profile')}`,
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: LIMIT_MS, ...(signal ? { signal } : {}) },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((cause: unknown) => {
    if (signal?.aborted) {
      throw new SongleafError('cancelled', 'The pages were not drawn.', 'Start it again.', { cause });
    }
    throw failed(browser, 'it could not be started', cause);
  });
  if (code !== 0) throw failed(browser, code === null ? 'it took too long' : `it ended with code ${code}`);
  return Buffer.concat(chunks).toString('utf8');
}

function failed(browser: string, why: string, cause?: unknown): SongleafError {
  return new SongleafError(
    'internal',
    `${path.basename(browser)} did not draw the pages: ${why}.`,
    'Set SONGLEAF_CHROMIUM to another browser of its family, or export MusicXML.',
    { cause },
  );
}
