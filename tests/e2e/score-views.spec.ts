import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/songleaf-test.ts';
import { makeWav } from './support/wav.ts';

test('a score is read at any size, page by page and from a music stand', async ({ openWindow, folder }) => {
  const file = path.join(folder, 'tone.wav');
  await writeFile(file, makeWav({ INAM: 'Tone' }, 40));
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs([file]);
  const score = page.locator('.engraved');
  await expect(score).toHaveAttribute('data-complete', 'true', { timeout: 120_000 });

  // Larger, by keyboard.
  const headHeight = async () => {
    await expect(score).toHaveAttribute('data-complete', 'true');
    return (await page.locator('.engraved svg .vf-clef').first().boundingBox())!.height;
  };
  const usual = await headHeight();
  await page.locator('.desk').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('+');
  await expect.poll(async () => (await headHeight()) / usual).toBeGreaterThan(1.5);

  await page.getByRole('button', { name: 'View', exact: true }).click();
  const look = page.getByRole('dialog', { name: 'On the screen' });
  await expect(look.getByText('Size 180 %')).toBeVisible();
  await look.getByRole('radio', { name: 'Pages' }).check({ force: true });
  await page.keyboard.press('Escape');
  const paged = page.locator('.paged');
  await expect(paged).toHaveAttribute('data-pages', /^[2-9]|\d\d/);
  const count = Number(await paged.getAttribute('data-pages'));

  // A page shows its systems whole and those of no other.
  const shown = async () => {
    const frame = (await page.locator('.page-window').boundingBox())!;
    const clefs = await page.locator('.engraved svg .vf-clef').all();
    const boxes = await Promise.all(clefs.map((clef) => clef.boundingBox()));
    return boxes.flatMap((box, i) =>
      box !== null && box.y + box.height > frame.y + 1 && box.y < frame.y + frame.height - 1 ? [i] : [],
    );
  };
  const first = await shown();
  await page.keyboard.press('PageDown');
  await expect(paged).toHaveAttribute('data-page', '2');
  const second = await shown();
  expect(first.filter((clef) => second.includes(clef))).toEqual([]);
  await page.keyboard.press('PageUp');
  await expect(paged).toHaveAttribute('data-page', '1');

  // On the stand the arrows turn; its last page is reached and not gone past.
  await page.keyboard.press('f');
  const stand = page.getByRole('region', { name: 'Music stand: Tone' });
  await expect(stand).toBeVisible();
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await expect(stand.getByText('Size 250 %')).toBeVisible();
  await expect(paged).toHaveAttribute('data-pages', /^[2-9]|\d\d/);
  await page.keyboard.press('ArrowRight');
  await expect(paged).toHaveAttribute('data-page', '2');
  await page.keyboard.press('End');
  const last = (await paged.getAttribute('data-pages'))!;
  await expect(paged).toHaveAttribute('data-page', last);
  await page.keyboard.press('ArrowRight');
  await expect(paged).toHaveAttribute('data-page', last);
  await stand.getByText('Dark paper').click();
  await expect(stand).toHaveAttribute('data-paper', 'dark');
  // Space is the checkbox's own while it has the focus, and Escape the palette's while that is open.
  await page.keyboard.press(' ');
  await expect(stand).toHaveAttribute('data-paper', 'light');
  await page.keyboard.press(' ');
  await expect(stand).toHaveAttribute('data-paper', 'dark');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('searchbox', { name: 'Search commands and songs' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox', { name: 'Search commands and songs' })).toHaveCount(0);
  await expect(stand).toBeVisible();

  // The music turns back to where it plays.
  await stand.focus();
  await page.keyboard.press(' ');
  await expect(paged).toHaveAttribute('data-page', '1', { timeout: 30_000 });
  await page.keyboard.press(' ');
  await stand.getByRole('button', { name: 'Leave the stand' }).click();
  await expect(stand).toHaveCount(0);
  expect(count).toBeGreaterThan(1);

  // Melody and chords alone are one staff.
  await expect(score).toHaveAttribute('data-complete', 'true');
  await page.getByRole('button', { name: 'Notation' }).click();
  await page.getByText('Melody and chords alone').click();
  await page.keyboard.press('Escape');
  const xml = (await window.exportTake(/^MusicXML/)).toString('utf8');
  expect(xml.match(/<score-part /g)).toHaveLength(1);
  expect(xml).not.toContain('<staves>2');

  await page.reload();
  await expect(page.locator('.desk[data-paged=true][data-paper=dark]')).toBeVisible();
});
