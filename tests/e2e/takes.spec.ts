import type { Locator, Page } from '@playwright/test';
import { writeExcerpts } from './support/excerpts.ts';
import { expect, test } from './support/songleaf-test.ts';

const card = (page: Page, number: number): Locator =>
  page
    .locator('.take-card')
    .filter({ has: page.locator('.take-number', { hasText: new RegExp(`^${number}$`) }) });

async function setCount(page: Page, count: number): Promise<void> {
  await page.getByRole('textbox', { name: 'How many' }).fill(String(count));
  await page.keyboard.press('Enter');
}

/** Adds the song, waits for its first take and writes `more` others like it. */
async function writeTakes(page: Page, more: number): Promise<void> {
  await page.locator('.engraved[data-complete=true]').waitFor({ timeout: 180_000 });
  await page.getByRole('radio', { name: 'Takes', exact: true }).click();
  await setCount(page, more);
  await page.getByRole('button', { name: new RegExp(`^Write ${more} takes?$`) }).click();
  await expect(page.locator('.take-card')).toHaveCount(more + 1, { timeout: 120_000 });
}

test('takes are written, starred, named, deleted and brought back', async ({ openWindow, folder }) => {
  let window = await openWindow();
  let { page } = window;
  await window.chooseSongs(await writeExcerpts(folder, 1, 20));
  await writeTakes(page, 3);
  // Each has a seed of its own, a picture and its numbers.
  for (const seed of [1, 2, 3, 4]) await expect(card(page, seed)).toContainText(`seed ${seed}`);
  await expect(page.locator('.take-picture[data-drawn=true]')).toHaveCount(4);
  await expect(card(page, 1)).toContainText(/\d notes\/s/);
  await expect(card(page, 1)).toContainText(/of 9/);

  // By the mouse, and by keys alone.
  await card(page, 2)
    .getByRole('button', { name: /^Star Take 2/ })
    .click();
  await expect(card(page, 2).getByRole('button', { name: /^Star/ })).toHaveAttribute('aria-pressed', 'true');
  await card(page, 1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(card(page, 3)).toBeFocused();
  await page.keyboard.press('s');
  await expect(card(page, 3).getByRole('button', { name: /^Star/ })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Name of the take' })).toBeFocused();
  await page.keyboard.type('For <b>Anna</b>');
  await page.keyboard.press('Enter');
  await expect(card(page, 3)).toContainText('For <b>Anna</b>');

  await expect(card(page, 3)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.locator('.take-card')).toHaveCount(3);
  await expect(page.getByRole('status').filter({ hasText: 'was deleted' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.take-card')).toHaveCount(4);
  await expect(card(page, 3)).toContainText('For <b>Anna</b>');
  await card(page, 4)
    .getByRole('button', { name: /^More for Take 4/ })
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.locator('.take-card')).toHaveCount(3);

  // All of it is there the next day; what was deleted can still be brought back.
  window = await openWindow();
  page = window.page;
  await expect(page.getByRole('row', { name: /Passage 1/ })).toContainText('3 takes');
  await page.getByRole('radio', { name: 'Takes', exact: true }).click();
  await expect(page.locator('.take-card')).toHaveCount(3);
  await expect(card(page, 3)).toContainText('For <b>Anna</b>');
  await expect(card(page, 2).getByRole('button', { name: /^Star/ })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '1 deleted take' }).click();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(card(page, 4)).toBeVisible();
  await expect(page.locator('.take-card')).toHaveCount(4);

  // Settings that are asked for are those of the take.
  await page.getByRole('radio', { name: 'Easy' }).check({ force: true });
  await page.getByText('A passage', { exact: true }).click();
  await page.getByRole('textbox', { name: 'To bar' }).fill('4');
  await page.keyboard.press('Enter');
  await setCount(page, 1);
  await page.getByRole('button', { name: 'Write 1 take' }).click();
  await expect(card(page, 5)).toContainText('Easy', { timeout: 60_000 });
  await card(page, 5)
    .getByRole('button', { name: /^More for Take 5/ })
    .click();
  await page.getByRole('menuitem', { name: 'Open the score' }).click();
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true');
  await expect(page.locator('.seek-bar')).toContainText('of 4');
});

/** Words of the strip's cells: which bars differ. */
const cells = (page: Page, row: number) =>
  page.getByRole('grid', { name: 'Bars of the takes' }).getByRole('row').nth(row).getByRole('gridcell');

test('takes are compared, put together from passages, and written anew in part', async ({
  openWindow,
  folder,
}) => {
  const window = await openWindow();
  const { page } = window;
  await window.chooseSongs(await writeExcerpts(folder, 1, 60));
  await writeTakes(page, 1);

  await card(page, 1).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Compare' }).click();
  const strip = page.getByRole('grid', { name: 'Bars of the takes' });
  await expect(strip.getByRole('row')).toHaveCount(2);
  const score = page.getByRole('img', { name: /compared/ });
  await expect(score).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  const bars = await cells(page, 0).count();
  expect(bars).toBeGreaterThan(18);
  // Two staves each, in one score.
  const differing = await strip.locator('[aria-label$="different"]').count();
  expect(differing).toBeGreaterThan(0);
  await expect(page.locator('.lane-differs')).toHaveCount(differing);
  const keep = page.getByRole('button', { name: 'Keep as a take' });
  await expect(keep).toBeDisabled();

  // What is heard changes at the place where it is, and goes on.
  const readCursor = () =>
    page.locator('.score-cursor').evaluate(async (cursor) => {
      // Of the picture that has just been drawn.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return {
        seconds: Number((cursor as HTMLElement).dataset.seconds),
        clock: performance.now() / 1000,
      };
    });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(async () => (await readCursor()).seconds, { timeout: 30_000 }).toBeGreaterThan(2);
  for (const [key, name] of [
    ['2', /^Take 2/],
    ['1', /^Take 1/],
    ['0', 'Chosen passages'],
    ['2', /^Take 2/],
  ] as const) {
    const from = await readCursor();
    await page.keyboard.press(key);
    await expect(page.getByRole('radio', { name })).toBeChecked();
    await page.waitForTimeout(700);
    const to = await readCursor();
    expect(Math.abs(to.clock - from.clock - (to.seconds - from.seconds))).toBeLessThan(0.15);
  }
  await page.getByRole('button', { name: 'Pause', exact: true }).click();

  // By keys: bars 5 to 8 of the second take.
  await strip.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('region', { name: 'Marked bars' })).toContainText('Bars 5 to 8 of take 2');
  await page.keyboard.press('Enter');
  for (const [bar, chosen] of [
    [3, 'false'],
    [4, 'true'],
    [7, 'true'],
    [8, 'false'],
  ] as const) {
    await expect(cells(page, 1).nth(bar)).toHaveAttribute('aria-selected', chosen);
    await expect(cells(page, 0).nth(bar)).toHaveAttribute(
      'aria-selected',
      chosen === 'true' ? 'false' : 'true',
    );
  }
  // By a drag over the score: the second bar of the lower take, alone.
  await page.locator('.compare-desk').evaluate((desk) => desk.scrollTo(0, 0));
  const place = (await page.locator('[data-place="1"]').boundingBox())!;
  const y = place.y + 0.9 * place.height;
  await page.mouse.move(place.x + 0.3 * place.width, y);
  await page.mouse.down();
  await page.mouse.move(place.x + 0.6 * place.width, y, { steps: 4 });
  await page.mouse.up();
  await expect(cells(page, 1).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+z');
  await expect(cells(page, 1).nth(1)).toHaveAttribute('aria-selected', 'false');

  // Side by side they are scrolled together.
  await page.getByRole('radio', { name: 'Side by side' }).click();
  const columns = page.locator('.compare-column');
  await expect(columns).toHaveCount(2);
  for (const at of [0, 1]) {
    await expect(columns.nth(at).locator('.engraved')).toHaveAttribute('data-complete', 'true', {
      timeout: 60_000,
    });
  }
  const topBar = (column: Locator) =>
    column.evaluate((desk) => {
      const top = desk.getBoundingClientRect().top;
      const places = [...desk.querySelectorAll<HTMLElement>('.bar-place')];
      return places.findIndex((place) => place.getBoundingClientRect().bottom > top + 4);
    });
  await columns.nth(0).evaluate((desk) => desk.scrollTo(0, 0.5 * desk.scrollHeight));
  await expect.poll(() => topBar(columns.nth(1))).toBe(await topBar(columns.nth(0)));
  expect(await topBar(columns.nth(0))).toBeGreaterThan(4);

  await keep.click();
  await expect(page.locator('.take-card')).toHaveCount(3);
  await expect(card(page, 3)).toContainText('From the best passages');

  // Marked bars are written anew; the others stay.
  await page.getByRole('radio', { name: 'Compare', exact: true }).click();
  await page.getByRole('radio', { name: 'One under the other' }).click();
  await expect(cells(page, 0)).toHaveCount(bars);
  await strip.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight');
  const row = Number((await strip.locator('[data-active=true]').getAttribute('data-lane')) ?? 0);
  await page.getByRole('button', { name: 'Write anew' }).click();
  await expect(strip.getByRole('row')).toHaveCount(3, { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Marked bars' })).toContainText('Bars 9 to 14 of take 4');
  await expect(cells(page, row + 1).nth(8)).toHaveAttribute('aria-selected', 'true');
  // Beside the one that it comes from alone.
  await page.getByRole('button', { name: 'Takes' }).last().click();
  await page
    .getByRole('menuitemcheckbox')
    .nth(row === 0 ? 1 : 0)
    .click();
  await page.keyboard.press('Escape');
  await expect(strip.getByRole('row')).toHaveCount(2);
  await expect(strip.locator('[aria-label$="different"]').first()).toBeVisible();
  const changed = await cells(page, 0).evaluateAll((all) =>
    all.flatMap((cell, bar) => (cell.getAttribute('aria-label')!.endsWith('different') ? [bar] : [])),
  );
  expect(changed.length).toBeGreaterThan(0);
  // A note of the bar before may end at the first new one.
  for (const bar of changed) expect(bar >= 7 && bar <= 13).toBe(true);
});

test('a note is deleted, moved and held, and all of it taken back', async ({ openWindow, folder }) => {
  let window = await openWindow();
  let { page } = window;
  await window.chooseSongs(await writeExcerpts(folder, 1, 20));
  await page.locator('.engraved[data-complete=true]').waitFor({ timeout: 180_000 });
  const heads = page.locator('.engraved svg .vf-notehead');
  const before = await heads.count();
  await page.getByRole('button', { name: 'Mend' }).click();
  const layer = page.getByRole('application', { name: 'Notes of the score' });
  await expect(layer).toBeFocused();
  const bar = page.getByRole('region', { name: 'Mending notes' });

  // By a click on a note head, in sight.
  const target = heads.nth(12);
  // Notes can be found once their places have been read.
  await expect(async () => {
    await target.scrollIntoViewIfNeeded();
    const box = (await target.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(bar).toContainText(/hand/, { timeout: 1000 });
  }).toPass();
  await expect(page.locator('.repair-ring').first()).toBeVisible();
  const written = await bar.locator('.mark-words').innerText();
  await page.keyboard.press('ArrowUp');
  await expect(bar.locator('.mark-words')).not.toHaveText(written);
  await page.keyboard.press('Control+z');
  await expect(bar.getByRole('button', { name: 'Undo the last repair' })).toBeDisabled();

  // By keys alone: the first note from the fifth on whose key is not struck again where it ends.
  await layer.focus();
  await page.keyboard.press('Escape');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  while (await bar.getByRole('button', { name: 'Longer' }).isDisabled())
    await page.keyboard.press('ArrowRight');
  const fifth = await bar.locator('.mark-words').innerText();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(bar.locator('.mark-words')).not.toHaveText(fifth);
  const held = await bar.locator('.mark-words').innerText();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(bar.locator('.mark-words')).not.toHaveText(held);
  await page.keyboard.press('Delete');
  await expect(bar).toContainText('Click a note');
  await page.getByRole('radio', { name: 'Takes', exact: true }).click();
  await expect(card(page, 1)).toContainText('3 repairs');
  await page.getByRole('radio', { name: 'Score', exact: true }).click();

  // It is so on paper, and the next day, and can be taken back then.
  const mended = (await window.exportTake(/^MusicXML/)).toString('utf8');
  window = await openWindow();
  page = window.page;
  await page.locator('.engraved[data-complete=true]').waitFor();
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).toBe(mended);
  await page.getByRole('button', { name: 'Mend' }).click();
  const undo = page.getByRole('button', { name: 'Undo the last repair' });
  for (let step = 0; step < 3; step++) {
    await expect(undo).toBeEnabled();
    await undo.click();
  }
  await expect(undo).toBeDisabled();
  await expect.poll(() => page.locator('.engraved svg .vf-notehead').count()).toBe(before);
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).not.toBe(mended);
  await page.getByRole('button', { name: 'Redo the repair' }).click();
  await expect(undo).toBeEnabled();
});
