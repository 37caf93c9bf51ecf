import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { seedLibrary } from '../support/seed-library.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('takes of many songs are written at once, under names from a template', async ({
  openWindow,
  folder,
}) => {
  await seedLibrary(folder, [
    { title: 'Same', artist: 'A', takes: 2 },
    { title: 'Same', artist: 'B', takes: 1 },
    { title: 'No take', takes: 0 },
  ]);
  const { page } = await openWindow();
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByRole('row').first().focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('status')).toHaveText('2 songs, 3 takes');
  const preview = dialog.getByRole('list', { name: 'Names of the first files' }).getByRole('listitem');
  await expect(preview).toHaveText([
    'A - Same - take 1.musicxml',
    'A - Same - take 2.musicxml',
    'B - Same - take 1.musicxml',
  ]);

  await dialog.getByRole('checkbox', { name: 'MIDI, as played' }).check({ force: true });
  await dialog.getByRole('checkbox', { name: 'PDF' }).check({ force: true });
  const names = dialog.getByRole('textbox', { name: 'Names of the files' });
  await names.fill('{title} {nothing}');
  await expect(dialog.getByRole('alert')).toContainText('{nothing}');
  await expect(dialog.getByRole('button', { name: /^Export/ })).toBeDisabled();
  await names.fill('{title} ');
  await dialog.getByRole('button', { name: 'Level' }).click();
  await expect(names).toHaveValue('{title} {level}');
  await expect(preview.first()).toHaveText('Same full.musicxml');
  await expect(preview.last()).toHaveText('and 5 more');

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export 9 files' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Songleaf (9 files).zip');
  const inside = unzipSync(await readFile(await file.path()));
  const stems = ['Same full', 'Same full (2)', 'Same full (3)'];
  expect(Object.keys(inside).sort()).toEqual(
    stems.flatMap((stem) => ['mid', 'musicxml', 'pdf'].map((format) => `${stem}.${format}`)).sort(),
  );
  const text = (name: string) => Buffer.from(inside[name]!);
  expect(text('Same full (2).musicxml').toString()).toContain('<score-partwise');
  expect(text('Same full (3).mid').subarray(0, 4).toString()).toBe('MThd');
  expect(text('Same full.pdf').subarray(0, 5).toString()).toBe('%PDF-');
  await expect(page.getByRole('region', { name: 'Exports' })).toContainText('9 files were saved.');

  // The template is offered again.
  await page.getByRole('row').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await expect(names).toHaveValue('{title} {level}');
});

test('an export is cancelled with nothing left of it', async ({ openWindow, folder }) => {
  await seedLibrary(folder, [{ title: 'Long', takes: 12 }]);
  const { page } = await openWindow();
  await page.getByRole('row').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  for (const format of ['PDF', 'SVG'])
    await dialog.getByRole('checkbox', { name: format }).check({ force: true });
  await dialog.getByRole('button', { name: /^Export 36/ }).click();
  const panel = page.getByRole('region', { name: 'Exports' });
  await expect(panel).toContainText(/Writing file \d+ of 36/);
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel).toContainText('The export was cancelled.');
});

test('a take is dragged out of the page as a MusicXML file', async ({ openWindow, folder }) => {
  await seedLibrary(folder, [{ title: 'Card', artist: 'Nobody', takes: 1 }]);
  const { page } = await openWindow();
  await page.getByRole('radio', { name: 'Takes' }).click({ force: true });
  const paper = page.locator('.take-paper').first();
  await paper.hover();
  let url = '';
  const drag = async () => {
    url = await paper.evaluate((element) => {
      const data = new DataTransfer();
      element.dispatchEvent(
        new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: data }),
      );
      return data.getData('DownloadURL');
    });
    return url;
  };
  // It is made ready when the pointer comes, and its name a moment later.
  await expect.poll(drag).toContain('take 1.musicxml');
  const [, type, name, address] = /^([^:]+):([^:]+):(.+)$/.exec(url) ?? [];
  expect(type).toBe('application/vnd.recordare.musicxml+xml');
  expect(name).toBe('Nobody - Card - take 1.musicxml');
  const fetched = await page.evaluate(async (target) => {
    const response = await fetch(target);
    return {
      status: response.status,
      kept: response.headers.get('content-disposition'),
      text: await response.text(),
    };
  }, address!);
  expect(fetched).toMatchObject({
    status: 200,
    kept: 'attachment',
    text: expect.stringContaining('<score-partwise'),
  });
});
