import type { Page } from '@playwright/test';

/** A window of Songleaf on a library, opened one way or the other. */
export interface OpenedWindow {
  readonly page: Page;
  /** Presses "Add songs", which another language calls otherwise, and chooses these files. */
  chooseSongs(files: string[], button?: string): Promise<void>;
  /** Chooses a format in the export menu and gives the bytes that were written. */
  exportTake(format: RegExp): Promise<Buffer>;
  /** Ends the program as a power cut would. */
  kill(): Promise<void>;
  /** Ends everything, the engine's process too. */
  close(): Promise<void>;
}

/** Presses "Export" and chooses a format. */
export async function chooseExport(page: Page, format: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: format }).click();
}
