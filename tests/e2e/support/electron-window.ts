import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import type { Faults } from './faults.ts';
import { chooseExport, type OpenedWindow } from './opened-window.ts';
import { built, root } from './places.ts';

export interface AppWindow extends OpenedWindow {
  readonly app: ElectronApplication;
}

/** Why the app cannot be started here, or null. Asked first: the package would otherwise try to fetch Electron. */
export function electronProblem(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  }
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given !== undefined)
    return existsSync(given) ? null : `ELECTRON_OVERRIDE_DIST_PATH (${given}) is not there`;
  const marker = path.join(root, 'node_modules/electron/path.txt');
  const program = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : null;
  if (program !== null && existsSync(path.join(root, 'node_modules/electron/dist', program))) return null;
  return 'Electron is not installed (npx install-electron)';
}

/** Starts the app on a library, with settings of its own. */
export async function openApp(
  libraryDir: string,
  faults: Faults,
  env: Record<string, string> = {},
): Promise<AppWindow> {
  // Kept by who gave it.
  const userData = env.USER_DATA ?? mkdtempSync(path.join(tmpdir(), 'songleaf-user-'));
  const app = await electron.launch({
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      `--user-data-dir=${userData}`,
      `--library=${libraryDir}`,
      `--device=${env.DEVICE ?? 'cpu'}`,
      built.app,
      ...(env.OPEN === undefined ? [] : [env.OPEN]),
    ],
    cwd: root,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  // Once the app has ended, it no longer says which process it was.
  const child = app.process();
  const page = await app.firstWindow();
  faults.follow(page);
  return {
    app,
    page,
    async chooseSongs(files, button = 'Add songs') {
      // The system's dialog cannot be driven; the app takes what it would have answered.
      await app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
      }, files);
      await page.getByRole('button', { name: button }).click();
    },
    async exportTake(format) {
      const target = path.join(userData, 'exported');
      rmSync(target, { force: true });
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, target);
      await chooseExport(page, format);
      const told = page.getByRole('status').filter({ hasText: 'exported was saved in' }).last();
      await told.waitFor();
      await told.getByRole('button', { name: 'Dismiss' }).click();
      return readFile(target);
    },
    async kill() {
      const ended = app.waitForEvent('close');
      child.kill('SIGKILL');
      await ended;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        // Quitting amid work asks, and nobody is here to answer.
        await app.evaluate(({ dialog }) => {
          dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
        });
        await app.close();
      }
      if (env.USER_DATA === undefined) rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
