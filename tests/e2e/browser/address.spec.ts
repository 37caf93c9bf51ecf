import type { ServedWindow } from '../support/serve-window.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('the printed address opens one browser only', async ({ openWindow }) => {
  const { page, url } = (await openWindow()) as ServedWindow;
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  expect(new URL(page.url()).search).toBe('');

  const stranger = await page.context().browser()?.newContext();
  if (stranger === undefined) throw new Error('The browser has gone.');
  const other = await stranger.newPage();
  expect((await other.goto(url))?.status()).toBe(401);
  await expect(other.locator('body')).toContainText('one browser only');

  await page.goto(url);
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
});

test('dropped files are taken in', async ({ openWindow }) => {
  const { page } = await openWindow();
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['no music'], 'letter.mp3'));
    return transfer;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(page.getByText('Drop to add')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByText('Drop to add')).toHaveCount(0);
  await expect(page.getByRole('alert')).toContainText('letter.mp3 was not added');
});
