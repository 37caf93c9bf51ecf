import { runCommand } from './support/commands.ts';
import { rememberedView } from './support/library-files.ts';
import { expect, test } from './support/songleaf-test.ts';
import { writeSongs } from './support/songs.ts';

test('commands and songs are found in the palette, by keyboard alone', async ({ openWindow, folder }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeSongs(folder, ['Alpha', 'Beta']));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alpha');
  await expect(page.getByRole('row', { name: 'Beta' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('bet');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Beta');

  await runCommand(page, 'Show the queue');
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Beta');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nothing of that name');
  await expect(palette.getByText('Nothing is called like that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
});

test('the sheet of keys opens on ?, but not while one types', async ({ openWindow, folder }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeSongs(folder, ['Alpha']));
  const search = page.getByRole('searchbox', { name: 'Search songs' });
  await search.fill('');
  await search.press('?');
  await expect(search).toHaveValue('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toHaveCount(0);
  await search.fill('');
  await page.getByRole('row', { name: 'Alpha' }).focus();
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('Command paletteCtrlK');
  await expect(sheet.getByRole('region', { name: 'Timeline' })).toContainText('Tap a beatT');
  // None of it lies beside what is in sight, where nobody would look for it.
  const keys = sheet.getByRole('region', { name: 'Keyboard shortcuts' });
  expect(await keys.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('settings hold at once and are kept', async ({ openWindow, folder }) => {
  let window = await openWindow();
  let { page } = window;
  await page.getByRole('button', { name: 'Add songs' }).waitFor();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  const settings = page.getByRole('dialog', { name: 'Einstellungen' });
  await expect(settings).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await settings.getByRole('button', { name: /Erscheinung/ }).click();
  await page.getByRole('option', { name: 'Dunkel' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  await settings.getByRole('tab', { name: 'Neue Fassungen' }).click();
  await settings.getByRole('button', { name: /Schwierigkeit/ }).click();
  await page.getByRole('option', { name: 'Leicht' }).click();
  await settings.getByRole('switch', { name: /Songs beim Hinzufügen arrangieren/ }).press(' ');
  await settings.getByRole('tab', { name: 'Computer' }).click();
  await expect(settings).toContainText('In Gebrauch: Prozessor.');
  await expect(settings.locator('.setting-path')).toHaveText(/library$/);
  await settings.getByRole('button', { name: 'Schließen' }).click();
  await page.getByRole('heading', { name: 'Zieh einen Song hierher' }).waitFor();

  window = await openWindow();
  page = window.page;
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe('rgb(27, 26, 24)');
  // A song that is added waits for a wish, and the wish is what was set.
  const chooser = page.getByRole('button', { name: 'Songs hinzufügen' });
  await expect(chooser).toBeVisible();
  await window.chooseSongs(await writeSongs(folder, ['Alpha']), 'Songs hinzufügen');
  await expect(page.getByText('Noch keine Fassung')).toBeVisible();
  await page.getByRole('button', { name: 'Neue Fassung' }).click();
  await expect(page.getByRole('radio', { name: 'Leicht' })).toBeChecked();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /Sprache/ }).click();
  await page.getByRole('option', { name: 'Español' }).click();
  await expect(page.getByRole('dialog', { name: 'Ajustes' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Aún no hay versiones')).toBeVisible();
});

test('the library is backed up and gone back to', async ({ openWindow, folder }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeSongs(folder, ['Alpha']));
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  const backups = page.getByRole('list', { name: 'Backups' }).getByRole('listitem');
  await expect(backups).toHaveText([/1 song · 1 take · 0\.\d MB/]);
  await page.keyboard.press('Escape');

  await window.chooseSongs(await writeSongs(folder, ['Beta']));
  await expect(page.getByRole('row', { name: 'Beta' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await backups
    .first()
    .getByRole('button', { name: /^Go back to/ })
    .click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('The library as it is now is backed up first');
  // The safe answer is the one that Enter gives.
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await expect(backups).toHaveCount(1);
  await backups
    .first()
    .getByRole('button', { name: /^Go back to/ })
    .click();
  await question.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByText('The library is as it was then.')).toBeVisible();
  await expect(page.getByRole('row', { name: 'Beta' })).toHaveCount(0);
  await expect(page.getByRole('row', { name: 'Alpha' })).toContainText('1 take');

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await expect(backups).toHaveCount(2);
  await backups
    .first()
    .getByRole('button', { name: /^Go back to/ })
    .click();
  await question.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByRole('row', { name: 'Beta' })).toBeVisible();
});

test('what was in sight is in sight again', async ({ openWindow, folder }) => {
  const window = await openWindow();
  await window.chooseSongs(await writeSongs(folder, ['Alpha', 'Beta']));
  await window.page.getByRole('row', { name: 'Beta' }).click();
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Beta');
  await window.page.getByRole('radio', { name: 'Song' }).click();
  // Written down once it has come to rest.
  await expect.poll(() => rememberedView(folder)?.songView).toBe('song');
  const { page } = await openWindow();
  await expect(page.getByRole('radio', { name: 'Song' })).toBeChecked();
  await expect(page.getByRole('row', { name: 'Beta' })).toHaveAttribute('aria-current', 'page');
});

test('About and what changed can be read', async ({ openWindow }) => {
  const { page } = await openWindow();
  await page.getByRole('button', { name: 'About' }).click();
  const about = page.getByRole('dialog', { name: 'About Songleaf' });
  await about.getByRole('tab', { name: 'Model cards' }).click();
  await about.getByText('Arranger: a piano part').click();
  await expect(about.locator('pre').first()).toContainText(/train/i);
  await about.getByRole('tab', { name: 'Programs' }).click();
  await about.getByText(/^react \d+\.\d+\.\d+ \(MIT\)$/).click();
  await expect(about.locator('details[open] pre')).toContainText('Permission is hereby granted');
  await about.getByRole('button', { name: 'What changed' }).click();
  const changes = page.getByRole('dialog', { name: 'What changed' });
  await expect(changes.getByRole('heading', { name: '0.1.0' })).toBeVisible();
  await expect(changes.getByRole('listitem').first()).toHaveText(/\w/);
});

test('an error tells the remedy, in the language of the window, and copies a report', async ({
  openWindow,
  folder,
}) => {
  const { writeFile } = await import('node:fs/promises');
  const broken = `${folder}/secret name.mp3`;
  await writeFile(broken, 'no music');
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([broken]);
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('secret name.mp3 was not added');
  // What is copied, wherever this browser would put it.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: {
        writeText: async (text: string) => {
          document.documentElement.dataset.copied = text;
        },
      },
    });
  });
  const copied = () => page.evaluate(() => document.documentElement.dataset.copied ?? '');
  await notice.getByRole('button', { name: 'Copy a report' }).click();
  await expect(notice.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await copied()).toMatch(/^Songleaf \d.*\nError: audio-/);
  expect(await copied()).not.toContain('secret');
  expect(await copied()).not.toContain(folder);
  await notice.getByText('with names of songs').click();
  await notice.getByRole('button', { name: 'Copied' }).click();
  await expect.poll(copied).toContain('secret name.mp3');
  expect(await copied()).not.toContain(folder);

  await runCommand(page, 'Settings');
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Español' }).click();
  await page.keyboard.press('Escape');
  await expect(notice).toContainText(/No se añadió secret name\.mp3/);
  await expect(notice.locator('.error-hint')).toHaveText(/archivo|audio|Conviértelo/i);
});
