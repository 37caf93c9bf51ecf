import { prepareBrowser, prepareElectron } from './end-to-end.mjs';
import { root } from './places.mjs';
import { runShown } from './processes.mjs';
import { openScreen } from './screen.mjs';

/**
 * Measures the window in Chromium and in Electron, as far as they can be had: tests/bench/app/measure.ts.
 * @param {string[]} args `browser` or `electron`: only that
 */
export async function benchApp(args) {
  const screen = await openScreen();
  try {
    const env = { ...process.env };
    if ('display' in screen && screen.display !== null) env.DISPLAY = screen.display;
    const browser = await prepareBrowser(env);
    const electron =
      'missing' in screen
        ? { name: 'electron', runs: false, notes: [`Electron was not measured: ${screen.missing}`] }
        : await prepareElectron(env);
    const targets = [browser, electron].filter(
      ({ name, runs }) => runs && (args.length === 0 || args.includes(name)),
    );
    // Node 22.18 and later read TypeScript unasked.
    const flags = process.features.typescript ? [] : ['--experimental-strip-types'];
    const { code } = await runShown(
      process.execPath,
      [...flags, 'tests/bench/app/measure.ts', ...targets.map(({ name }) => name)],
      { cwd: root, env },
    );
    process.exitCode = code;
    for (const note of [...browser.notes, ...electron.notes]) console.log(`  - ${note}`);
  } finally {
    if ('stop' in screen) screen.stop();
  }
}
