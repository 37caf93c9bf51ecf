import fs from 'node:fs';
import { findElectron, sandboxProblem } from './electron.mjs';
import { inRoot, root } from './places.mjs';
import { runShown } from './processes.mjs';
import { say } from './say.mjs';
import { runTerminal } from './terminal.mjs';

/** Exit status of a program whose libraries the loader did not find. */
const LOADER_FAILED = 127;

/** Opens the app: in its own window where that can be, else in the browser. */
export async function startApp() {
  const problem = await openWindow();
  if (problem === null) return;
  say(`${problem} Opening Songleaf in the browser instead.`);
  await runTerminal(['serve', '--open']);
}

/** @returns {Promise<string | null>} one sentence where no window could be opened */
async function openWindow() {
  if (!fs.existsSync(inRoot('build', 'main', 'app.js')))
    return 'The window program is missing (main/app/main.ts).';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).';
  }
  const electron = await findElectron({ seconds: 900 });
  if ('missing' in electron) return electron.missing;
  const args = [root];
  if (process.platform === 'linux' && process.geteuid?.() === 0) {
    say(
      'Starting without the sandbox, because Electron refuses it to root. Better: run Songleaf as a normal user.',
    );
    args.unshift('--no-sandbox');
  } else {
    const denied = sandboxProblem(electron.program);
    if (denied !== null) return denied;
  }
  const env = { ...process.env };
  // Set by some editors' terminals; it would turn Electron into plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const { code, signal } = await runShown(electron.program, args, { env });
  if (code === LOADER_FAILED) return 'Electron could not start.';
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code;
  return null;
}
