import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dropFiles } from '../support/attach.ts';
import { seedLibrary } from '../support/seed-library.ts';
import { expect, test } from '../support/songleaf-test.ts';
import { makeWav } from '../support/wav.ts';

/** Twelve files, nine of which are songs: one is broken, one a second copy, one cannot be read when it is its turn. */
function makeAlbum(folder: string): string {
  const album = path.join(folder, 'album');
  mkdirSync(path.join(album, 'disc 2'), { recursive: true });
  for (let i = 1; i <= 9; i++) {
    const file = path.join(album, i > 6 ? 'disc 2' : '', `${i}.wav`);
    writeFileSync(file, makeWav({ INAM: `Song ${i}`, IART: 'Somebody' }, 0.5));
  }
  writeFileSync(path.join(album, 'broken.mp3'), 'This is a letter, not a song.');
  copyFileSync(path.join(album, '1.wav'), path.join(album, 'copy of 1.wav'));
  writeFileSync(path.join(album, 'zz gone.wav'), makeWav({ INAM: 'Gone' }, 0.5));
  // What is no song is passed over.
  writeFileSync(path.join(album, 'cover.txt'), 'no sound');
  return album;
}

test('a folder of twelve files is taken in, and what is wrong with three of them is told', async ({
  openWindow,
  folder,
  faults,
}) => {
  const album = makeAlbum(folder);
  const { page } = await openWindow();
  faults.want(/ERR_(FILE_NOT_FOUND|UPLOAD_FILE_CHANGED|ACCESS_DENIED)/);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: 'Add a folder' }).click();
  // The first file is not sent before the last one is gone.
  let remove: () => void = () => undefined;
  const removed = new Promise<void>((resolve) => {
    remove = resolve;
  });
  await page.route(/\/upload\b/, async (route) => {
    await removed;
    await route.continue();
  });
  await (await chooser).setFiles(album);
  rmSync(path.join(album, 'zz gone.wav'));
  remove();

  await expect(page.getByRole('row')).toHaveCount(9, { timeout: 60_000 });
  const alerts = page.getByRole('alert');
  await expect(alerts.filter({ hasText: 'broken.mp3 was not added' })).toContainText(/\S/);
  await expect(alerts.filter({ hasText: 'zz gone.wav was not added' })).toContainText(/read/);
  await expect(page.getByText('Song 1 is in your library already.')).toBeVisible();
  // The second copy was not kept.
  expect(readdirSync(path.join(folder, 'library', 'uploads'))).toHaveLength(9);

  // Removed, a song takes its copy along.
  const row = page.getByRole('row', { name: /Song 5/ });
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Remove from library/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('row')).toHaveCount(8, { timeout: 60_000 });
  expect(readdirSync(path.join(folder, 'library', 'uploads'))).toHaveLength(8);
});

test('a dropped folder is looked into', async ({ openWindow, folder }) => {
  const album = path.join(folder, 'album');
  mkdirSync(path.join(album, 'inner'), { recursive: true });
  writeFileSync(path.join(album, 'a.wav'), makeWav({ INAM: 'Outer' }, 0.5));
  writeFileSync(path.join(album, 'inner', 'b.wav'), makeWav({ INAM: 'Inner' }, 0.5));
  const { page } = await openWindow();
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  await dropFiles(page, [album]);
  await expect(page.getByRole('row')).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByRole('row', { name: /Inner/ })).toBeVisible();
});

test('a moved recording is found again, by one file or in a folder', async ({ openWindow, folder }) => {
  const [first, second] = await seedLibrary(folder, [
    { title: 'First', takes: 1 },
    { title: 'Second one', takes: 1 },
    { title: 'Third', takes: 0 },
  ]);
  const moved = path.join(folder, 'moved');
  mkdirSync(moved);
  renameSync(first!, path.join(moved, 'renamed.wav'));
  renameSync(second!, path.join(moved, 'other.wav'));
  writeFileSync(path.join(moved, 'stranger.wav'), makeWav({ INAM: 'Stranger' }, 1));
  const { page } = await openWindow();
  await expect(page.getByText('2 recordings are missing.')).toBeVisible();
  const row = page.getByRole('row', { name: /First/ });
  await expect(row).toContainText('Missing');

  async function locate(file: string): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Locate its recording' }).click();
    await (await chooser).setFiles(file);
  }
  await locate(path.join(moved, 'stranger.wav'));
  await expect(page.getByRole('alert')).toContainText('stranger.wav is another recording than “First”');
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  await locate(path.join(moved, 'renamed.wav'));
  await expect(page.getByText('The recording of First was found again.')).toBeVisible();
  await expect(row).not.toContainText('Missing');
  // Its take is still its own.
  await expect(row).toContainText('1 take');

  await expect(page.getByText('1 recording is missing.')).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Find…' }).click();
  await (await chooser).setFiles(moved);
  await expect(page.getByText('The recording of Second one was found again.')).toBeVisible();
  await expect(page.getByText(/recordings? (is|are) missing/)).toHaveCount(0);
  // The wrong file was not kept.
  expect(readdirSync(path.join(folder, 'library', 'uploads'))).toHaveLength(2);
});
