import type { Page } from '@playwright/test';
import { runCommand } from './support/commands.ts';
import { song } from './support/places.ts';
import { expect, test } from './support/songleaf-test.ts';
import { writeSongs } from './support/songs.ts';

const waiting = (page: Page) => page.getByRole('grid', { name: 'Waiting' }).getByRole('row');
const ended = (page: Page) => page.getByRole('list', { name: 'Ended' }).getByRole('listitem');
const order = (page: Page) => page.locator('[data-job] .queue-title').allTextContents();

test('the queue is paused, put in another order, survives quitting and goes on', async ({
  openWindow,
  folder,
}) => {
  const files = await writeSongs(folder, ['Alpha', 'Beta', 'Gamma', 'Delta']);
  let window = await openWindow();
  let { page } = window;
  await page.getByRole('button', { name: 'Add songs' }).waitFor();
  await runCommand(page, 'Pause the queue');
  await window.chooseSongs(files);
  const button = page.getByRole('button', { name: /^Queue/ });
  await expect(button).toHaveText(/4, paused/);
  await button.click();
  await expect.poll(() => order(page)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);

  await page.getByRole('button', { name: 'Move Delta up' }).click();
  await expect.poll(() => order(page)).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma']);
  await waiting(page).filter({ hasText: 'Alpha' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(page)).toEqual(['Beta', 'Alpha', 'Delta', 'Gamma']);
  await expect(waiting(page).filter({ hasText: 'Alpha' })).toBeFocused();

  // By the mouse: Gamma before Beta.
  const gamma = waiting(page).filter({ hasText: 'Gamma' });
  await gamma.hover({ position: { x: 300, y: 20 } });
  const first = (await waiting(page).first().boundingBox())!;
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + 20, { steps: 5 });
  await page.mouse.move(first.x + 40, first.y + 3, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual(['Gamma', 'Beta', 'Alpha', 'Delta']);

  await waiting(page).filter({ hasText: 'Beta' }).focus();
  await page.keyboard.press('Delete');
  await expect(ended(page)).toHaveText([/Beta.*Cancelled/s]);
  await ended(page).getByRole('button', { name: 'Try Beta again' }).click();
  await expect.poll(() => order(page)).toEqual(['Gamma', 'Alpha', 'Delta', 'Beta']);

  // The view that was open is open again, and nothing has moved.
  window = await openWindow();
  page = window.page;
  await expect.poll(() => order(page)).toEqual(['Gamma', 'Alpha', 'Delta', 'Beta']);
  await expect(page.getByText('The queue is paused.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(ended(page)).toHaveText([/Beta.*Done/s, /Delta.*Done/s, /Alpha.*Done/s, /Gamma.*Done/s], {
    timeout: 120_000,
  });
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await expect(page.getByText('Nothing is waiting.')).toBeVisible();
  await expect(page.getByRole('row', { name: 'Gamma' })).toContainText('1 take');
});

test('what runs stops when paused and goes on; those that wait are cancelled together', async ({
  openWindow,
  folder,
}) => {
  const files = await writeSongs(folder, ['Alpha', 'Beta']);
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([song, ...files]);
  await page.getByRole('button', { name: /^Queue/ }).click();
  const now = page.getByRole('article', { name: /Fishin/ });
  await expect(now.getByRole('progressbar')).toBeVisible();
  await expect(now).toContainText(/step 2 of 8/);
  await expect(waiting(page)).toHaveCount(2);
  // Not what a press of the wrong button would do: the one that runs goes on.
  await page.getByRole('button', { name: 'Cancel all that wait' }).click();
  await expect(ended(page)).toHaveText([/Cancelled/, /Cancelled/]);
  await expect(now.getByRole('progressbar')).toBeVisible();

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(waiting(page)).toHaveText([/Fishin/]);
  await expect(now).toHaveCount(0);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(now.getByRole('progressbar')).toBeVisible();
  await now.getByRole('button', { name: /^Cancel/ }).click();
  await expect(ended(page)).toHaveCount(3);
  await expect(ended(page).first()).toContainText('Cancelled');
});
