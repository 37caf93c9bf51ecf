/**
 * Writes pictures of the window, light and dark, 1280 × 800, to docs/images: a song's score (window.png), its takes
 * (takes.png), two of them compared (compare.png), and what was heard in it (song.png).
 * Use: npm run build && node tests/e2e/take-screenshots.ts
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Faults } from './support/faults.ts';
import { root, song } from './support/places.ts';
import { openServed } from './support/serve-window.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-screenshots-'));
const images = path.join(root, 'docs/images');
mkdirSync(images, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const window = await openServed(path.join(folder, 'library'), new Faults(), { colorScheme });
    const { page } = window;
    const add = page.getByRole('button', { name: 'Add songs' });
    await add.waitFor();
    if ((await page.getByRole('row').count()) === 0) await window.chooseSongs([song]);
    // The view that was open last is open again.
    await page.getByRole('radio', { name: 'Score', exact: true }).click({ timeout: 300_000 });
    await page.locator('.engraved[data-complete=true]').waitFor({ timeout: 300_000 });
    const name = colorScheme === 'light' ? 'window.png' : 'window-dark.png';
    await page.screenshot({ path: path.join(images, name) });
    const picture = (view: string) => path.join(images, name.replace('window', view));
    await page.getByRole('radio', { name: 'Takes', exact: true }).click();
    if ((await page.locator('.take-card').count()) < 4) {
      await page.getByRole('textbox', { name: 'How many' }).fill('3');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Write 3 takes' }).click();
      await page.getByRole('button', { name: /^Star Take 2/ }).click();
    }
    await page.locator('.take-picture[data-drawn=true]').nth(3).waitFor({ timeout: 120_000 });
    await page.screenshot({ path: picture('takes') });
    await page.getByRole('radio', { name: 'Compare', exact: true }).click();
    await page.locator('.compare-sheet .engraved[data-complete=true]').waitFor({ timeout: 60_000 });
    await page.getByRole('grid', { name: 'Bars of the takes' }).focus();
    for (const key of [
      'ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Enter',
    ]) {
      await page.keyboard.press(key);
    }
    await page.screenshot({ path: picture('compare') });
    await page.getByRole('radio', { name: 'Song' }).click();
    await page.locator('.timeline[data-drawn=true]').waitFor();
    await page.screenshot({ path: path.join(images, name.replace('window', 'song')) });
    await window.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
