import type { Page } from '@playwright/test';
import { seedLibrary } from './support/seed-library.ts';
import { expect, test } from './support/songleaf-test.ts';

/** CSS pixels that a clef is high once the score is there. */
async function clefHeight(page: Page): Promise<number> {
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  return (await page.locator('.engraved svg .vf-clef').first().boundingBox())!.height;
}

test('nothing is cut off for want of room, and all is larger on a large screen', async ({
  openWindow,
  folder,
}) => {
  await seedLibrary(folder, [{ title: 'Card', artist: 'Karissa Hobbs', takes: 4, bpm: 100 }]);
  const { page } = await openWindow();
  const usual = await clefHeight(page);
  // Every take can be reached: only the one in sight has its name written out.
  const room = await page
    .locator('.take-list')
    .evaluate((list) => ({ has: list.clientWidth, needs: list.scrollWidth }));
  expect(room.needs).toBeLessThanOrEqual(room.has + 1);
  await expect(page.getByRole('tab')).toHaveText([/^1/, /^2/, /^3/, /^4/]);
  const artist = page.locator('.song-artist').first();
  expect(await artist.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);

  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect.poll(async () => (await clefHeight(page)) / usual, { timeout: 60_000 }).toBeCloseTo(1.25, 1);
  await page.getByRole('row').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const names = page.getByRole('textbox', { name: 'Names of the files' });
  expect(await names.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Compare', exact: true }).click();
  const sheet = page.locator('.compare-sheet');
  await expect.poll(async () => (await sheet.boundingBox())?.width ?? 0).toBeGreaterThan(1500);
});
