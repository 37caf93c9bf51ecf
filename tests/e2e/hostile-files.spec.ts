import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/songleaf-test.ts';
import { makeWav } from './support/wav.ts';

test('a file that is no music is named, with what to do about it', async ({ openWindow, folder }) => {
  const broken = path.join(folder, 'broken.mp3');
  await writeFile(broken, 'This is a letter, not a song.');
  const window = await openWindow();
  await window.chooseSongs([broken]);
  const notice = window.page.getByRole('alert');
  await expect(notice).toContainText('broken.mp3 was not added');
  await expect(notice.locator('.error-message')).toHaveText(/\S/);
  await expect(notice.locator('.error-hint')).toHaveText(/\S/);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
});

test('tags are text, whatever they hold', async ({ openWindow, folder }) => {
  const title = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>{{count}}`;
  const artist = '"><svg onload=document.title=1>\u202Etsitra';
  const file = path.join(folder, 'hostile.wav');
  await writeFile(file, makeWav({ INAM: title, IART: artist }));
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([file]);
  await expect(page.locator('.song-title')).toHaveText(title);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(
    page.locator('.song-row img, .sheet-header img, .song-row script, .song-artist svg'),
  ).toHaveCount(0);
  await expect(page).toHaveTitle('Songleaf');
});
