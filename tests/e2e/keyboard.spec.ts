import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/songleaf-test.ts';
import { makeWav } from './support/wav.ts';

test('everything can be reached and done by keyboard', async ({ openWindow, folder }) => {
  const files = ['First', 'Second'].map((title) => path.join(folder, `${title}.wav`));
  for (const file of files) await writeFile(file, makeWav({ INAM: path.parse(file).name, IART: 'Nobody' }));
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(files);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('First');
  await expect(page.getByRole('row', { name: 'Second' })).toBeVisible();

  await page.locator('body').press('Tab');
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('searchbox', { name: 'Search songs' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Order and filter' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('row', { name: 'First' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(heading).toHaveText('Second');

  // A take adds stops on the way: they are walked once the first one is there.
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible({ timeout: 60_000 });
  for (const stop of [
    page.getByRole('button', { name: 'Add songs' }),
    page.getByRole('button', { name: /^Queue/ }),
    page.getByRole('button', { name: 'About' }),
    page.getByRole('radio', { name: 'Score' }),
    page.getByRole('tab', { name: 'Full, with melody' }),
    page.getByRole('button', { name: 'New take' }),
  ]) {
    await page.keyboard.press('Tab');
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Write another take' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'The recording' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New take' })).toBeFocused();

  for (const name of ['Mend', 'Notation', 'View', 'Export', 'More for Second']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Remove “Second”?');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);

  // The page itself scrolls by keyboard.
  await page.getByRole('region', { name: 'Score of Second' }).focus();
  await expect(page.getByRole('region', { name: 'Score of Second' })).toBeFocused();
});
