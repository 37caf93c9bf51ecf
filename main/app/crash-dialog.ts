import { app, type BrowserWindow, clipboard, dialog } from 'electron';
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
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    crashes = [...crashes.filter((time) => now - time < MINUTE_MS), now];
    if (crashes.length <= BY_ITSELF) window.reload();
    else void ask(window, words(), `${reason}, exit code ${exitCode}, ${crashes.length} times`);
  });
}

async function ask(window: BrowserWindow, words: ShellWords | null, reason: string): Promise<void> {
  if (words === null) {
    window.reload();
    return;
  }
  for (let copied = false; ; copied = true) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: words.crashTitle,
      detail: words.crashText,
      buttons: [words.crashReload, copied ? words.reportCopied : words.copyReport, words.closeWindow],
      defaultId: 0,
      cancelId: 2,
    });
    if (window.isDestroyed()) return;
    if (response === 0) return window.reload();
    if (response === 2) return window.close();
    await clipboard.writeText(writeReport(reason));
  }
}

/** What happened, for whoever mends it. Nothing of the person, their files or songs is in it. */
function writeReport(reason: string): string {
  const { electron, chrome } = process.versions;
  return [
    `Songleaf ${app.getVersion()}`,
    'Error: page-gone',
    `Reason: ${reason}`,
    `System: ${process.platform} ${process.arch}, Electron ${electron}, Chromium ${chrome}`,
    '',
  ].join('\n');
}
