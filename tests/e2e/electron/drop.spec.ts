import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { song } from '../support/places.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('dropped files are taken in from where they lie', async ({ openWindow, folder }) => {
  const letter = path.join(folder, 'letter.mp3');
  await writeFile(letter, 'no music');
  const { page } = await openWindow();
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();

  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [song, letter], dragOperationsMask: 1 };
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 400, y: 400, data });
  await expect(page.getByText('Drop to add')).toBeVisible();
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', x: 410, y: 410, data });
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', x: 410, y: 410, data });

  await expect(page.getByText('Drop to add')).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Fishin/ })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('letter.mp3 was not added');
});
