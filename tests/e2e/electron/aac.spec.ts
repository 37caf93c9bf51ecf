import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppWindow } from '../support/electron-window.ts';
import { root } from '../support/places.ts';
import { expect, test } from '../support/songleaf-test.ts';

const tone = path.join(root, 'tests/fixtures/audio/tone.m4a');

test("AAC is decoded by the app's own Chromium, in a window that goes away again", async ({
  openWindow,
  folder,
}) => {
  // Nothing called ffmpeg can be found on this path.
  const window = (await openWindow({ PATH: folder })) as AppWindow;
  const { page, app } = window;
  const file = path.join(folder, 'tone.m4a');
  await copyFile(tone, file);
  await window.chooseSongs([file]);
  const row = page.getByRole('row').first();
  await expect(row).toContainText('1 take', { timeout: 60_000 });
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('AAC that is damaged is told about, and its window goes away as well', async ({
  openWindow,
  folder,
}) => {
  const whole = await readFile(tone);
  const file = path.join(folder, 'damaged.m4a');
  const sound = whole.indexOf('mdat');
  await writeFile(
    file,
    Buffer.concat([whole.subarray(0, sound + 4), Buffer.alloc(whole.length - sound - 4, 0xff)]),
  );
  const window = (await openWindow({ PATH: folder })) as AppWindow;
  const { page, app } = window;
  await window.chooseSongs([file]);
  await expect(page.locator('.error-message')).toContainText('damaged.m4a', { timeout: 60_000 });
  await expect(page.locator('.error-hint')).toHaveText(/\S/);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
