import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { AppWindow } from '../support/electron-window.ts';
import { seedLibrary } from '../support/seed-library.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('takes are written into a folder, shown there, opened and dragged out', async ({
  openWindow,
  folder,
}) => {
  await seedLibrary(folder, [{ title: 'Card', artist: 'Nobody', takes: 2 }]);
  const { page, app } = (await openWindow()) as AppWindow;
  const target = path.join(folder, 'scores');
  mkdirSync(target);
  // The system's dialogs and programs cannot be driven; the app notes what it would have asked of them.
  await app.evaluate(({ dialog, shell }, filePath) => {
    const asked: string[] = [];
    (globalThis as { asked?: string[] }).asked = asked;
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    shell.showItemInFolder = (file) => void asked.push(`show ${file}`);
    shell.openPath = async (file) => {
      asked.push(`open ${file}`);
      return asked.length > 2 ? 'No application is registered' : '';
    };
  }, target);
  const asked = () => app.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Several files' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  for (const format of ['PDF', 'SVG'])
    await dialog.getByRole('checkbox', { name: format }).check({ force: true });
  await dialog.getByRole('button', { name: 'Export 6 files' }).click();
  const panel = page.getByRole('region', { name: 'Exports' });
  await expect(panel).toContainText('6 files were saved in scores.', { timeout: 60_000 });
  const names = [1, 2].flatMap((n) =>
    ['musicxml', 'page1.svg', 'pdf'].map((end) => `Nobody - Card - take ${n}.${end}`),
  );
  expect(readdirSync(target).sort()).toEqual(names.sort());
  expect(readFileSync(path.join(target, 'Nobody - Card - take 1.pdf')).subarray(0, 5).toString()).toBe(
    '%PDF-',
  );
  expect(readFileSync(path.join(target, 'Nobody - Card - take 1.page1.svg'), 'utf8')).toContain(
    'vf-notehead',
  );

  await panel.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(asked).toEqual([`show ${path.join(target, 'Nobody - Card - take 1.musicxml')}`]);

  for (const notice of [false, true]) {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open in notation program' }).click();
    await expect.poll(async () => (await asked()).at(-1)).toMatch(/open .*take \d\.musicxml$/);
    if (notice) await expect(page.getByRole('alert')).toContainText('No program opened');
  }

  await page.getByRole('radio', { name: 'Takes' }).click({ force: true });
  const paper = page.locator('.take-paper').first();
  await paper.hover();
  await app.evaluate(({ webContents }) => {
    const { asked: notes } = globalThis as { asked?: string[] };
    for (const contents of webContents.getAllWebContents()) {
      contents.startDrag = ({ file }) => void notes?.push(`drag ${file}`);
    }
  });
  await paper.evaluate((element) => {
    element.dispatchEvent(
      new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }),
    );
  });
  await expect.poll(async () => (await asked()).at(-1)).toMatch(/drag .*take \d\.musicxml$/);
  const dragged = (await asked()).at(-1)!.slice('drag '.length);
  expect(readFileSync(dragged, 'utf8')).toContain('</score-partwise>');
});

test('covers come by the app’s own scheme, and a missing recording is located', async ({
  openWindow,
  folder,
}) => {
  const [file] = await seedLibrary(folder, [{ title: 'First', takes: 1 }]);
  const moved = path.join(folder, 'elsewhere.wav');
  renameSync(file!, moved);
  const { page, app } = (await openWindow()) as AppWindow;
  await expect(page.getByText('1 recording is missing.')).toBeVisible();
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, moved);
  await page.getByRole('row', { name: /First/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Locate its recording' }).click();
  await expect(page.getByText('The recording of First was found again.')).toBeVisible();
  await expect(page.getByText('1 recording is missing.')).toHaveCount(0);

  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: 'Add the example' }).click();
  const cover = page.getByRole('row', { name: /Paper Boats/ }).locator('img');
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(112);
  expect(await cover.getAttribute('src')).toMatch(/^media:\/\/songleaf\/cover\/[0-9a-f]{64}$/);
});
