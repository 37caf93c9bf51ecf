import { type BrowserWindow, dialog } from 'electron';
import type { ShellWords } from '../shell/shell-words.ts';

/** Page crashes within a minute after which a person is asked instead of the page being loaded anew. */
const BY_ITSELF = 1;
const MINUTE_MS = 60_000;

/**
 * Loads the page anew where its process has died (out of memory, a fault of the graphics): what it showed is in the
 * library. Where that does not help, a person decides.
 */
export function survivePageCrash(window: BrowserWindow, words: () => ShellWords | null): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    crashes = [...crashes.filter((time) => now - time < MINUTE_MS), now];
    if (crashes.length <= BY_ITSELF) window.reload();
    else void ask(window, words());
  });
}

async function ask(window: BrowserWindow, words: ShellWords | null): Promise<void> {
  if (words === null) {
    window.reload();
    return;
  }
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.crashTitle,
    detail: words.crashText,
    buttons: [words.crashReload, words.closeWindow],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.reload();
  else window.close();
}
