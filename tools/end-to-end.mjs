import fs from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { findElectron } from './electron.mjs';
import { ensureStandIn, standInVersion } from './electron-standin.mjs';
import { inRoot, programs, root } from './places.mjs';
import { runQuietly, runShown } from './processes.mjs';
import { openScreen } from './screen.mjs';
import { countPlaywright, sum, tally } from './summary.mjs';

/**
 * Runs tests/e2e with Playwright: project `browser` in Chromium, project `electron` in the app's own window.
 * A project whose program cannot be had is left out, and its tests count as skipped.
 * @param {string[]} args Playwright's
 * @param {NodeJS.ProcessEnv} base
 * @param {string} reports folder for the report
 */
export async function endToEnd(args, base, reports) {
  if (!hasSpecs()) return tally({ notes: ['There are no end-to-end tests in tests/e2e.'] });
  const screen = await openScreen();
  try {
    const env = { ...base };
    if ('display' in screen && screen.display !== null) env.DISPLAY = screen.display;
    const browser = await prepareBrowser(env);
    const electron = 'missing' in screen ? leftOut('electron', screen.missing) : await prepareElectron(env);
    const projects = [browser, electron].filter((project) => project.runs).map((project) => project.name);
    const result = projects.length === 0 ? tally() : await playwright(projects, args, env, reports);
    const missed = await countMissed([browser, electron].filter((project) => !project.runs));
    return sum([result, missed, tally({ notes: [browser, electron].flatMap((project) => project.notes) })]);
  } finally {
    if ('stop' in screen) screen.stop();
  }
}

/** @typedef {{ name: string, runs: boolean, notes: string[] }} Project */

/**
 * @param {string} name
 * @param {string} why
 * @returns {Project}
 */
function leftOut(name, why) {
  return { name, runs: false, notes: [`The end-to-end tests of project "${name}" were not run: ${why}`] };
}

/**
 * @param {NodeJS.ProcessEnv} env gets SONGLEAF_CHROMIUM
 * @returns {Promise<Project>}
 */
export async function prepareBrowser(env) {
  const browser = await findBrowser();
  if ('missing' in browser) return leftOut('browser', browser.missing);
  env.SONGLEAF_CHROMIUM = browser.program;
  return { name: 'browser', runs: true, notes: [] };
}

/**
 * @param {NodeJS.ProcessEnv} env gets ELECTRON_OVERRIDE_DIST_PATH and its SQLite, where the stand-in is used
 * @returns {Promise<Project>}
 */
export async function prepareElectron(env) {
  const electron = await findElectron({ seconds: 300 });
  if ('program' in electron) return { name: 'electron', runs: true, notes: [] };
  const standIn = await ensureStandIn();
  if ('missing' in standIn) return leftOut('electron', `${electron.missing} And ${standIn.missing}`);
  env.ELECTRON_OVERRIDE_DIST_PATH = standIn.folder;
  env.SONGLEAF_TEST_SQLITE = standIn.sqlite;
  env.SONGLEAF_TEST_PRELOAD = inRoot('tools', 'electron-standin', 'sqlite-hook.cjs');
  const note = `The window was tested in Electron ${standInVersion}, a stand-in, not in the one that ships: ${electron.missing}`;
  return { name: 'electron', runs: true, notes: [note] };
}

/**
 * @param {string[]} projects
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} reports
 */
async function playwright(projects, args, env, reports) {
  const report = path.join(reports, 'e2e.json');
  fs.rmSync(report, { force: true });
  const chosen = args.some((arg) => arg.startsWith('--project'))
    ? []
    : projects.map((name) => `--project=${name}`);
  const { code } = await runShown(
    process.execPath,
    [programs.playwright, 'test', '--reporter=list,json', ...chosen, ...args],
    { cwd: root, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  return countPlaywright(fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : null, code);
}

/** @param {Project[]} projects */
async function countMissed(projects) {
  let skipped = 0;
  for (const { name } of projects) {
    const list = [programs.playwright, 'test', '--list', `--project=${name}`];
    const { output } = await runQuietly(process.execPath, list, { seconds: 60, cwd: root });
    skipped += Number(/Total: (\d+) tests?/.exec(output)?.[1] ?? 1);
  }
  return tally({ skipped });
}

function hasSpecs() {
  const folder = inRoot('tests', 'e2e');
  if (!fs.existsSync(folder)) return false;
  return fs
    .readdirSync(folder, { recursive: true })
    .some((name) => /\.(spec|test)\.tsx?$/.test(String(name)));
}
