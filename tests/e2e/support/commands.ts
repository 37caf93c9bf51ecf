import type { Page } from '@playwright/test';

/** Runs a command by its name, with the palette and the keyboard alone. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.getByRole('menuitem', { name }).first().waitFor();
  await page.keyboard.press('Enter');
}
