import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/songleaf-test.ts';
import { makeWav } from './support/wav.ts';

test('songs are searched, ordered, chosen together and removed', async ({ openWindow, folder }) => {
  const titles = ['Zebra', 'Eclair', 'Apple'];
  const files = titles.map((_, i) => path.join(folder, `${i}.wav`));
  // Tags tell one file from the other: each is a song of its own.
  for (const [i, file] of files.entries()) {
    await writeFile(file, makeWav({ INAM: titles[i], IART: i === 2 ? 'Newton' : 'Nobody' }));
  }
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(files);
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(3);
  const titlesNow = () => page.locator('.song-title').allTextContents();

  const search = page.getByRole('searchbox', { name: 'Search songs' });
  await search.fill('ECLAIR');
  await expect(rows).toHaveCount(1);
  await search.fill('newton');
  await expect(rows).toContainText(['Apple']);
  await search.fill('nowhere');
  await expect(page.getByText('No song is like that.')).toBeVisible();
  await search.fill('');
  await page.getByRole('button', { name: 'Order and filter' }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(titlesNow).toEqual(['Apple', 'Eclair', 'Zebra']);

  await rows.filter({ hasText: 'Apple' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apple');
  await rows.filter({ hasText: 'Eclair' }).click({ modifiers: ['Shift'] });
  // The song that is open stays open.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apple');
  await expect(page.getByText('2 songs', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Remove 2 songs?');
  await question.getByRole('button', { name: 'Remove' }).click();
  // A song that is being listened to is let go of first.
  await expect.poll(titlesNow, { timeout: 60_000 }).toEqual(['Zebra']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Zebra');
});
