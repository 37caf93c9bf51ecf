import { song } from './support/places.ts';
import { expect, test } from './support/songleaf-test.ts';

test('a song under work can be cancelled, taken up again, and survives a restart', async ({ openWindow }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([song]);
  const row = page.getByRole('row', { name: /Fishin/ });
  await expect(row.getByRole('progressbar')).toBeVisible();

  await row.getByRole('button', { name: /^Cancel/ }).click();
  await expect(row).toContainText('Cancelled');
  await expect(page.getByText('This song was cancelled')).toBeVisible();
  await row.getByRole('button', { name: /^Try .* again/ }).click();
  await expect(row.getByRole('progressbar')).toBeVisible();

  // Closed in the middle of the work.
  const { page: reopened } = await openWindow();
  await expect(reopened.getByRole('row', { name: /Fishin/ }).getByRole('progressbar')).toBeVisible();
});

test('a song can be removed', async ({ openWindow }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([song]);
  await page
    .locator('.toolbar')
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: /^Remove/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a song here' })).toBeVisible();
});
