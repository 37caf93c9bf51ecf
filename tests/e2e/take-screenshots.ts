/**
 * Writes docs/images/window.png and window-dark.png, a song's score in the window, and song.png and song-dark.png, what
 * was heard in it; 1280 × 800.
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
    await page.locator('.engraved[data-complete=true]').waitFor({ timeout: 300_000 });
    const name = colorScheme === 'light' ? 'window.png' : 'window-dark.png';
    await page.screenshot({ path: path.join(images, name) });
    await page.getByRole('radio', { name: 'Song' }).click();
    await page.locator('.timeline[data-drawn=true]').waitFor();
    await page.screenshot({ path: path.join(images, name.replace('window', 'song')) });
    await window.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
