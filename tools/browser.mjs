import fs from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { cacheFolder, programs, root } from './places.mjs';
import { findOnPath, isProgram, runQuietly } from './processes.mjs';
import { say } from './say.mjs';

/**
 * Finds a Chromium for the tests: SONGLEAF_CHROMIUM, one that is installed, Playwright's own (fetched), or
 * Debian's (installed as root).
 * @returns {Promise<{ program: string } | { missing: string }>}
 */
export async function findBrowser() {
  const given = process.env.SONGLEAF_CHROMIUM;
  if (given) {
    return isProgram(given) ? { program: given } : { missing: `SONGLEAF_CHROMIUM (${given}) is no program.` };
  }
  const program =
    (await firstThatStarts(installedBrowsers())) ?? (await playwrightBrowser()) ?? (await aptBrowser());
  return program === null
    ? { missing: 'no Chrome or Chromium is installed, and none could be fetched.' }
    : { program };
}

/** @returns {string[]} files in the usual places, best first; they need not exist */
function installedBrowsers() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return names.flatMap((name) =>
      folders.filter((folder) => folder !== undefined).map((folder) => path.join(folder, name)),
    );
  }
  const found = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
  ].map((name) => findOnPath([name]));
  return [...found.filter((file) => file !== null), '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

/** @param {string[]} files */
async function firstThatStarts(files) {
  for (const file of files) {
    if (isProgram(file) && (await starts(file))) return file;
  }
  return null;
}

/**
 * Whether the program's libraries are there, asked on Linux only: a container may have a browser without them, and
 * Ubuntu's `chromium-browser` without snap is only a message.
 * @param {string} file
 */
async function starts(file) {
  if (process.platform !== 'linux') return true;
  const { code, output } = await runQuietly(file, ['--version'], { seconds: 30 });
  return code === 0 && /\d+\.\d+/.test(output);
}

async function playwrightBrowser() {
  const { chromium } = await import('playwright');
  const program = chromium.executablePath();
  if (!fs.existsSync(program)) {
    say("Fetching Playwright's Chromium…");
    await runQuietly(process.execPath, [programs.playwright, 'install', 'chromium'], {
      seconds: 300,
      log: path.join(cacheFolder, 'logs', 'playwright-install.log'),
      cwd: root,
    });
  }
  return firstThatStarts([program]);
}

async function aptBrowser() {
  const installed = await aptInstall(['chromium', 'fonts-dejavu-core'], { seconds: 600 });
  return installed ? firstThatStarts(installedBrowsers()) : null;
}
