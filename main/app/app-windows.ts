import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { ShellWords } from '../shell/shell-words.ts';
import { bringForward } from './attention.ts';
import { survivePageCrash } from './crash-dialog.ts';
import { APP_URL } from './origin.ts';
import { windowOptions } from './window-options.ts';
import { fitPlace, keepPlace, readPlace } from './window-place.ts';

/** Windows with Songleaf's page, by the id of their web contents. Decoders are not among them. */
export class AppWindows extends Map<number, BrowserWindow> {
  /** What the page told, for dialogs over a page that has died. */
  words: ShellWords | null = null;
  /** Whether quitting has been decided, so that windows may close. */
  quitting = false;
  /** Called when the last window has closed and the app stays. */
  onNone: () => void = () => undefined;

  get first(): BrowserWindow | undefined {
    return this.values().next().value;
  }

  /** Opens a window where the last one was. */
  async open(preload: string): Promise<void> {
    const file = path.join(app.getPath('userData'), 'window.json');
    const place = fitPlace(
      readPlace(file),
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const { maximized = false, ...bounds } = place ?? {};
    const options = windowOptions(preload, nativeTheme.shouldUseDarkColors);
    const window = new BrowserWindow({ ...options, ...bounds });
    const { id } = window.webContents;
    this.set(id, window);
    window.once('closed', () => {
      this.delete(id);
      if (this.size > 0) return;
      // On a Mac an app stays without windows.
      if (process.platform === 'darwin') this.onNone();
      else app.quit();
    });
    window.on('close', (event) => {
      // Closing the last window quits, which may ask: over a window that is still there.
      if (this.quitting || this.size > 1 || process.platform === 'darwin') return;
      event.preventDefault();
      app.quit();
    });
    keepPlace(window, file);
    survivePageCrash(window, () => this.words);
    window.once('ready-to-show', () => (maximized ? window.maximize() : window.show()));
    await window.loadURL(APP_URL);
  }

  /** Tells all pages. */
  send(channel: string, message: unknown): void {
    for (const window of this.values()) window.webContents.send(channel, message);
  }

  bringForward(): void {
    if (this.first !== undefined) bringForward(this.first);
  }
}
