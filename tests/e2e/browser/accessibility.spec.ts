import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { song } from '../support/places.ts';
import { expect, test } from '../support/songleaf-test.ts';
import { writeSongs } from '../support/songs.ts';

/** What axe finds in the window as it is, of those faults that keep somebody out. */
async function findBarriers(page: Page, onlyColours: boolean): Promise<string[]> {
  // Colours on their way to another theme are of neither.
  await page.waitForTimeout(300);
  // A score is a picture of thousands of strokes, named as one by its region.
  const axe = new AxeBuilder({ page })
    .exclude('.engraved svg')
    // The kit's own announcer: it points at what is being said, which may have gone by now.
    .exclude('[data-live-announcer]')
    // Its choices are walked through from the field above it, and scroll along.
    .exclude('.palette-list')
    // Signs such as ×2 are named in words, and a menu's explanations are descriptions.
    .disableRules(['label-content-name-mismatch']);
  const { violations, passes } = await (onlyColours ? axe.withRules(['color-contrast']) : axe).analyze();
  expect(passes.length).toBeGreaterThan(onlyColours ? 0 : 5);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 200)}`));
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no barrier in any view, ${theme}`, async ({ openWindow, folder }) => {
    // It looks at some thirty views, a few seconds each.
    test.slow();
    const window = await openWindow();
    const { page } = window;
    /** In the dark only the colours are others. */
    const look = async (view: string) =>
      expect.soft(await findBarriers(page, theme === 'dark'), view).toEqual([]);
    await page.getByRole('heading', { name: 'Drop a song here' }).waitFor();
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator('html')).toHaveAttribute('data-scheme', theme);
    // Colours fade into each other for a moment.
    await page.waitForTimeout(1000);
    await look('empty library');

    const broken = path.join(folder, 'broken.mp3');
    await writeFile(broken, 'no music');
    await window.chooseSongs([song, ...(await writeSongs(folder, ['Alpha', 'Beta'])), broken]);
    await page.getByRole('alert').waitFor();
    await look('library, working');
    await page.getByRole('button', { name: /^Queue/ }).click();
    await page.getByRole('article').waitFor();
    await look('queue, working');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('The queue is paused.').waitFor();
    await look('queue, paused');
    await page
      .getByRole('grid', { name: 'Waiting' })
      .getByRole('button', { name: /^Cancel Let/ })
      .click();
    await page.getByRole('button', { name: 'Go on' }).click();
    const done = page.getByRole('list', { name: 'Ended' }).getByText('Done');
    await expect(done).toHaveCount(2, { timeout: 180_000 });
    await look('queue, ended');

    await page.getByRole('row', { name: 'Alpha' }).click();
    await page.locator('.engraved[data-complete=true]').first().waitFor({ timeout: 60_000 });
    await look('score');
    for (const name of ['New take', 'Notation', 'Export']) {
      await page.getByRole('button', { name, exact: true }).first().click();
      await look(name);
      await page.keyboard.press('Escape');
    }
    await page
      .locator('.toolbar')
      .getByRole('button', { name: /^More for/ })
      .click();
    await look('menu of the song');
    await page.keyboard.press('Escape');
    for (const view of ['Takes', 'Compare', 'Song']) {
      await page.getByRole('radio', { name: view, exact: true }).click();
      await page.waitForTimeout(1000);
      await look(view);
    }

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    for (const part of ['Window', 'New takes', 'Computer', 'Backups']) {
      await page.getByRole('tab', { name: part }).click();
      await look(`settings, ${part}`);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: 'Alpha' }).focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await look('keys');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'About' }).click();
    for (const part of ['Credits', 'Model cards', 'Programs']) {
      await page.getByRole('tab', { name: part }).click();
      await page.getByRole('dialog').locator('li').first().waitFor({ timeout: 60_000 });
      await look(`about, ${part}`);
    }
    await page.getByRole('button', { name: 'What changed' }).click();
    await look('what changed');
  });
}
