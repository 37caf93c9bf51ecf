import { BrowserWindow } from 'electron';
import * as z from 'zod';
import { SongleafError } from '../../contract/errors.ts';
import type { PageDrawer } from '../../shell/export-takes.ts';
import { APP_URL } from '../origin.ts';
import { windowOptions } from '../window-options.ts';

const pagesSchema = z.array(z.string()).min(1);

/** Draws pages in a window out of sight, which is there while it draws and reaches nothing of the app. */
export const drawInWindow: PageDrawer = {
  svg: (musicxml, options) => inWindow(musicxml, options, async (_window, pages) => pages),
  pdf: (musicxml, options) =>
    inWindow(musicxml, options, async (window) => {
      return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
    }),
};

async function inWindow<T>(
  musicxml: string,
  { largePrint, signal }: { largePrint: boolean; signal: AbortSignal },
  use: (window: BrowserWindow, pages: string[]) => Promise<T>,
): Promise<T> {
  const { preload: _none, ...webPreferences } = windowOptions('', false).webPreferences ?? {};
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...webPreferences, backgroundThrottling: false },
  });
  const stop = () => window.destroy();
  signal.addEventListener('abort', stop);
  try {
    await window.loadURL(`${APP_URL}pages.html`);
    // JSON is a part of JavaScript: what is in the score stays a string.
    const call = `window.drawScore(${JSON.stringify(musicxml)}, ${largePrint})`;
    const pages = pagesSchema.parse(await window.webContents.executeJavaScript(call));
    return await use(window, pages);
  } catch (cause) {
    if (signal.aborted) {
      throw new SongleafError('cancelled', 'The pages were not drawn.', 'Start it again.', { cause });
    }
    const reason = cause instanceof Error ? `: ${cause.message.slice(0, 200)}` : '';
    throw new SongleafError(
      'score-invalid',
      `The score could not be drawn${reason}.`,
      'Export MusicXML and open it in a notation program.',
      { cause },
    );
  } finally {
    signal.removeEventListener('abort', stop);
    if (!window.isDestroyed()) window.destroy();
  }
}
