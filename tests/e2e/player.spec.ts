import type { Page } from '@playwright/test';
import { writeExcerpts } from './support/excerpts.ts';
import { measureDrift, tapAudio } from './support/heard-audio.ts';
import { song } from './support/places.ts';
import { expect, test } from './support/songleaf-test.ts';

const seconds = (page: Page) =>
  page.locator('.score-cursor').evaluate((cursor) => Number((cursor as HTMLElement).dataset.seconds));

test('plays the recording and the take in step with the score', async ({ openWindow, folder }, info) => {
  let window = await openWindow();
  let { page } = window;
  await tapAudio(page);
  // The whole song in the app itself; a passage of it where only the way of the sound is another.
  await window.chooseSongs(info.project.name === 'electron' ? [song] : await writeExcerpts(folder, 1, 60));
  await page.locator('.engraved[data-complete=true]').waitFor({ timeout: 180_000 });
  // The recording alone, so that what is heard can be found in it.
  const mix = page.getByRole('slider', { name: 'Recording to piano' });
  await mix.focus();
  await page.keyboard.press('Home');
  await expect(mix).toHaveValue('0');
  const asked = page.waitForRequest(/\/song\/[0-9a-f]{64}\/record$/);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const record = (await asked).url();
  await expect.poll(() => seconds(page), { timeout: 30_000 }).toBeGreaterThan(1);

  // Over the whole song: a stretch as it plays, then places reached by the slider.
  const drifts = await measureDrift(page, record, 12);
  const position = page.getByRole('slider', { name: 'Position in the song' });
  const end = Number(await position.getAttribute('max'));
  const box = (await page.locator('.seek-track').boundingBox())!;
  for (const share of [0.2, 0.4, 0.6, 0.8, 0.95]) {
    await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
    await expect.poll(async () => Math.abs((await seconds(page)) - share * end)).toBeLessThan(3);
    await page.waitForTimeout(700);
    drifts.push(...(await measureDrift(page, record, 6)));
  }
  const measured = drifts.flatMap(({ ahead }) => ahead ?? []);
  test.info().annotations.push({
    type: 'drift',
    description: `${measured.length} of ${drifts.length} pictures, worst ${(1000 * Math.max(...measured.map(Math.abs))).toFixed(1)} ms`,
  });
  expect(measured.length, JSON.stringify(drifts)).toBeGreaterThan(drifts.length / 2);
  expect(Math.max(...drifts.map(({ cursor }) => cursor))).toBeGreaterThan(0.9 * end);
  for (const ahead of measured) expect(Math.abs(ahead)).toBeLessThan(0.02);

  // A click on a bar plays from it.
  await page.locator('.desk').evaluate((desk) => desk.scrollTo(0, 0));
  await page.locator('.score-overlay').click({ position: { x: 640, y: 130 } });
  await expect.poll(() => seconds(page)).toBeLessThan(12);
  const barNow = async () =>
    Number(/Bar (\d+) of/.exec(await page.locator('.seek-bar').innerText())?.[1] ?? 0);
  await expect.poll(barNow).toBeGreaterThan(1);

  // A loop of one bar goes round.
  await page.getByRole('button', { name: 'Pause' }).click();
  const bar = String(await barNow());
  await page.keyboard.press('l');
  for (const name of ['First bar of the loop', 'Last bar of the loop']) {
    await page.getByRole('textbox', { name }).fill(bar);
    await page.keyboard.press('Enter');
  }
  let before = await seconds(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => seconds(page)).not.toBe(before);
  let rounds = 0;
  const [first, last] = [before - 4, before + 4];
  for (let i = 0; i < 70; i++) {
    await page.waitForTimeout(100);
    const now = await seconds(page);
    if (now < before) rounds++;
    expect(now).toBeGreaterThan(first);
    expect(now).toBeLessThan(last);
    before = now;
  }
  expect(rounds).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Loop' }).click();

  // Half the speed is half the speed.
  const speed = page.getByRole('slider', { name: 'Speed' });
  await speed.focus();
  await page.keyboard.press('Home');
  const pace = () =>
    page.locator('.score-cursor').evaluate(async (cursor) => {
      const look = () => ({ at: Number((cursor as HTMLElement).dataset.seconds), now: performance.now() });
      const from = look();
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const to = look();
      return (1000 * (to.at - from.at)) / (to.now - from.now);
    });
  await expect.poll(async () => Math.abs((await pace()) - 0.5)).toBeLessThan(0.05);

  // Space stops it where it stands, and the arrows go on bar by bar.
  await page.locator('.desk').focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const stopped = await seconds(page);
  await page.waitForTimeout(900);
  expect(await seconds(page)).toBe(stopped);

  expect((await window.exportTake(/^Piano, WAV/)).subarray(0, 4).toString()).toBe('RIFF');

  // All of it is there the next day.
  window = await openWindow();
  page = window.page;
  await page.locator('.engraved[data-complete=true]').waitFor();
  await expect(page.getByRole('slider', { name: 'Speed' })).toHaveValue('50');
  await expect(page.getByRole('slider', { name: 'Recording to piano' })).toHaveValue('0');
  await expect.poll(() => seconds(page)).toBeCloseTo(stopped, 1);
});
