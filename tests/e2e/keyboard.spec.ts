import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/songleaf-test.ts';
import { writeSongs } from './support/songs.ts';

/** Presses a key until this has the focus; other stops may lie on the way, but not many. */
async function goTo(page: Page, stop: Locator, key = 'Tab', most = 8): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press(key);
    if (await stop.evaluateAll((found) => found.some((each) => each === document.activeElement))) return;
  }
  await expect(stop).toBeFocused({ timeout: 100 });
}

test('everything can be reached and done by keyboard', async ({ openWindow, folder }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeSongs(folder, ['First', 'Second']));
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('First');
  await expect(page.getByRole('row', { name: 'Second' })).toBeVisible();

  await page.locator('body').press('Tab');
  for (const stop of [
    page.getByRole('button', { name: 'Settings' }),
    page.getByRole('searchbox', { name: 'Search songs' }),
    page.getByRole('button', { name: 'Order' }),
    page.getByRole('row', { name: 'First' }),
  ]) {
    await goTo(page, stop);
  }
  await page.keyboard.press('ArrowDown');
  await expect(heading).toHaveText('Second');

  // A take adds stops on the way: they are walked once the first one is there.
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible({ timeout: 90_000 });
  for (const stop of [
    page.getByRole('button', { name: 'Add songs' }),
    page.getByRole('button', { name: /^Queue/ }),
    page.getByRole('button', { name: 'About' }),
    page.getByRole('radio', { name: 'Score' }),
    page.getByRole('button', { name: 'New take' }),
  ]) {
    await goTo(page, stop);
  }
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Write another take' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'The texture' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New take' })).toBeFocused();

  for (const name of ['Notation', 'Export']) {
    await goTo(page, page.getByRole('button', { name, exact: true }));
  }
  await goTo(page, page.locator('.toolbar').getByRole('button', { name: 'More for Second' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  const remove = page.getByRole('menuitem', { name: /^Remove/ });
  await goTo(page, remove, 'ArrowDown');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Remove “Second”?');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);

  // The page itself scrolls by keyboard.
  await page.getByRole('region', { name: 'Score of Second' }).focus();
  await expect(page.getByRole('region', { name: 'Score of Second' })).toBeFocused();
});

test('every view and dialog is come to and left by keyboard alone', async ({ openWindow, folder }) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeSongs(folder, ['First']));
  await expect(page.getByRole('row', { name: 'First' })).toContainText('1 take', { timeout: 90_000 });
  for (const [key, name] of [
    ['2', 'Takes'],
    ['3', 'Compare'],
    ['4', 'Song'],
    ['1', 'Score'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
  }

  await page.keyboard.press('Control+5');
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
  await goTo(page, page.getByRole('button', { name: 'Pause' }), 'Tab', 20);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The queue is paused.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The queue is paused.')).toHaveCount(0);
  await goTo(page, page.getByRole('button', { name: 'Clear the list' }));
  await goTo(page, page.getByRole('button', { name: 'Open First' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('First');

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await goTo(page, settings.getByRole('tab', { name: 'Window' }));
  await goTo(page, settings.getByRole('tab', { name: 'Computer' }), 'ArrowDown');
  const threads = settings.getByRole('textbox', { name: 'Processor threads' });
  await goTo(page, threads);
  await page.keyboard.press('ArrowUp');
  await expect(threads).toHaveValue('1');
  await goTo(page, settings.getByRole('button', { name: 'Close' }), 'Tab', 10);
  await page.keyboard.press('Enter');
  await expect(settings).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('what changed');
  await page.keyboard.press('Enter');
  const changes = page.getByRole('dialog', { name: 'What changed' });
  await expect(changes.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(changes).toHaveCount(0);
});
