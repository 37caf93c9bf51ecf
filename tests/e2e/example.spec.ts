import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './support/songleaf-test.ts';

test('the first minute works with no file at hand', async ({ openWindow, folder }) => {
  const { page } = await openWindow();
  await page.getByRole('button', { name: /with a piece that comes with Songleaf/ }).click();
  const row = page.getByRole('row', { name: /Paper Boats/ });
  await expect(row).toBeVisible();
  // Its cover, made small.
  const cover = row.locator('img');
  await expect(cover).toBeVisible();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(112);
  await expect(page.locator('.engraved[data-complete=true]')).toBeVisible({ timeout: 180_000 });
  await expect(row).toContainText('100 bpm');
  await expect(row).toContainText('G');

  // Its copy goes with it.
  const uploads = path.join(folder, 'library', 'uploads');
  expect(readdirSync(uploads)).toHaveLength(1);
  await row.hover();
  await row.getByRole('button', { name: 'More for Paper Boats' }).click();
  await page.getByRole('menuitem', { name: /Remove from library/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a song here' })).toBeVisible();
  expect(readdirSync(uploads)).toEqual([]);
  expect(existsSync(path.join(folder, 'library', 'covers'))).toBe(true);
  expect(readdirSync(path.join(folder, 'library', 'covers'))).toEqual([]);
});
