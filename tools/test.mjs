import fs from 'node:fs';
import path from 'node:path';
import { ensureBuild } from './build.mjs';
import { check } from './check.mjs';
import { endToEnd } from './end-to-end.mjs';
import { cacheFolder, programs, root } from './places.mjs';
import { runShown } from './processes.mjs';
import { SetupError } from './say.mjs';
import { ensureSongs } from './songs.mjs';
import { countVitest, sum, tally } from './summary.mjs';
import { findTestTools } from './test-tools.mjs';

const reports = path.join(cacheFolder, 'reports');

/** Everything: types, lint, format, build, unit tests, end-to-end tests. A stage that fails does not end the run. */
export async function testEverything() {
  title('Checks');
  const checked = await check();
  title('Build');
  const built = await build();
  title('Programs and recordings for the tests');
  const tools = await findTestTools();
  const songs = await ensureSongs();
  title('Unit tests');
  const units = await unitTests([], tools.env);
  title('End-to-end tests');
  const journeys = await endToEnd([], tools.env, reports);
  const notes = [...tools.notes, ...(songs === null ? [] : [`Real recordings were not used: ${songs}`])];
  return sum([checked, built, units, journeys, tally({ notes })]);
}

/** @param {string[]} args vitest's */
export async function testUnits(args) {
  const built = await build();
  const units = await unitTests(args, process.env);
  return built.failed > 0 ? sum([built, units]) : units;
}

/** @param {string[]} args Playwright's */
export async function testEndToEnd(args) {
  const built = await build();
  if (built.failed > 0) return built;
  return endToEnd(args, process.env, reports);
}

/** @param {string} text */
function title(text) {
  console.log(`\n== ${text}`);
}

async function build() {
  try {
    await ensureBuild();
    console.log('ok     build');
    return tally({ passed: 1 });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(`FAILED build\n${error.message}\n${error.remedy}`);
    return tally({ failed: 1 });
  }
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function unitTests(args, env) {
  const report = path.join(reports, 'unit.json');
  fs.rmSync(report, { force: true });
  const { code } = await runShown(
    process.execPath,
    [programs.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, env },
  );
  return countVitest(fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : null, code);
}
