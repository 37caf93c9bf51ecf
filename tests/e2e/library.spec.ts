import { seedLibrary } from './support/seed-library.ts';
import { expect, test } from './support/songleaf-test.ts';

test('songs are searched, ordered, filtered, chosen together and removed', async ({ openWindow, folder }) => {
  await seedLibrary(folder, [
    { title: 'Zebra', bpm: 90, key: { tonic: 7, mode: 'major' }, takes: 1 },
    { title: 'Éclair', bpm: 120, key: { tonic: 9, mode: 'minor' }, takes: 2 },
    { title: 'Apple', artist: 'Newton', bpm: 150, key: { tonic: 7, mode: 'major' }, takes: 0 },
    { title: 'Straße', artist: 'Øystein' },
  ]);
  const { page } = await openWindow();
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(4);
  const titlesNow = () => page.locator('.song-title').allTextContents();
  const search = page.getByRole('searchbox', { name: 'Search songs' });

  await search.fill('ECLAIR');
  await expect(rows).toHaveCount(1);
  await search.fill('newton');
  await expect(rows).toContainText(['Apple']);
  await search.fill('strasse oystein');
  await expect(rows).toContainText(['Straße']);
  await search.fill('nowhere');
  await expect(page.getByText('No song is like that.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(search).toHaveValue('');
  await expect(rows).toHaveCount(4);

  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await expect.poll(titlesNow).toEqual(['Apple', 'Éclair', 'Straße', 'Zebra']);
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await expect.poll(titlesNow).toEqual(['Zebra', 'Straße', 'Éclair', 'Apple']);

  await page.getByRole('button', { name: 'Filter' }).click();
  const filter = page.getByRole('dialog', { name: 'Show' });
  await filter.getByRole('checkbox', { name: 'With takes' }).check({ force: true });
  await expect.poll(titlesNow).toEqual(['Zebra', 'Éclair']);
  await filter.getByRole('combobox', { name: 'Key' }).selectOption({ label: 'A minor' });
  await expect.poll(titlesNow).toEqual(['Éclair']);
  await filter.getByRole('button', { name: 'Show all' }).click();
  await filter.getByRole('textbox', { name: 'Tempo from' }).fill('100');
  await filter.getByRole('textbox', { name: 'to', exact: true }).fill('130');
  await filter.getByRole('textbox', { name: 'to', exact: true }).press('Enter');
  await expect.poll(titlesNow).toEqual(['Éclair']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filter (1 set)' }).click();
  await filter.getByRole('button', { name: 'Show all' }).click();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(4);

  await rows.filter({ hasText: 'Apple' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apple');
  await rows.filter({ hasText: 'Éclair' }).click({ modifiers: ['Shift'] });
  // The song that is open stays open.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apple');
  await expect(page.getByText('2 songs', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Remove 2 songs?');
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(titlesNow).toEqual(['Zebra', 'Straße']);
});

test('the table orders by its columns and opens a song by Enter', async ({ openWindow, folder }) => {
  await seedLibrary(folder, [
    { title: 'Slow', bpm: 60, takes: 1 },
    { title: 'Fast', bpm: 180, takes: 0 },
    { title: 'Unheard' },
  ]);
  const { page } = await openWindow();
  await page.getByRole('button', { name: 'Songs as a table' }).click();
  const titlesNow = () => page.locator('.song-title').allTextContents();
  const tempo = page.getByRole('columnheader', { name: 'Tempo' });
  await tempo.getByRole('button').click();
  await expect(tempo).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(titlesNow).toEqual(['Slow', 'Fast', 'Unheard']);
  await tempo.getByRole('button').click();
  await expect(tempo).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(titlesNow).toEqual(['Fast', 'Slow', 'Unheard']);
  await expect(page.getByRole('row', { name: /Unheard/ })).toContainText('New');
  await expect(page.getByRole('row', { name: /Fast/ })).toContainText('Heard');
  await expect(page.getByRole('row', { name: /Slow/ })).toContainText('1 take');
  await expect(page.getByRole('heading', { level: 1 })).toBeHidden();

  await page.getByRole('row', { name: /Slow/ }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slow');
  // Begun before the table hid it, the score is whole now.
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true');
});
