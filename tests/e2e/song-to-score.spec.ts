import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { writeExcerpts } from './support/excerpts.ts';
import { expect, test } from './support/songleaf-test.ts';

test('a song becomes scores that can be taken away and are there the next day', async ({
  openWindow,
  folder,
}) => {
  let window = await openWindow();
  let { page } = window;
  await expect(page.getByRole('heading', { name: 'Drop a song here' })).toBeVisible();

  await window.chooseSongs(await writeExcerpts(folder, 1, 60));
  const row = page.getByRole('row', { name: /Passage 1/ });
  await expect(row).toBeVisible();
  await expect(row.getByRole('progressbar')).toBeVisible();
  await expect(row).toContainText(
    /(Reading|Listening|Finding|Naming|Following|Arranging|Engraving|Saving).* · \d+ %/,
  );
  await expect(page.getByRole('listitem').filter({ hasText: 'Listening' })).toBeVisible();

  const score = page.getByRole('img', { name: /^Score of .*Passage 1/ });
  await expect(score.locator('svg .vf-notehead').first()).toBeVisible({ timeout: 180_000 });
  await expect(score).toHaveAttribute('data-complete', 'true');
  await expect.poll(() => score.locator('svg .vf-notehead').count()).toBeGreaterThan(100);
  await expect(row.getByRole('progressbar')).toHaveCount(0);

  const musicxml = (await window.exportTake(/^MusicXML/)).toString('utf8');
  expect(XMLValidator.validate(musicxml)).toBe(true);
  const parts = new XMLParser({ isArray: (name) => name === 'part' || name === 'measure' }).parse(musicxml);
  expect(parts['score-partwise'].part[0].measure.length).toBeGreaterThan(18);
  expect((await window.exportTake(/^Compressed MusicXML/)).subarray(0, 2).toString()).toBe('PK');
  expect((await window.exportTake(/^MIDI, in the recording/)).subarray(0, 4).toString()).toBe('MThd');
  expect((await window.exportTake(/^MIDI, as notated/)).subarray(0, 4).toString()).toBe('MThd');
  expect(JSON.parse((await window.exportTake(/^Analysis/)).toString('utf8'))).toHaveProperty('annotations');

  await page.getByRole('button', { name: 'New take' }).click();
  await page.getByRole('radio', { name: 'Easy' }).check({ force: true });
  await page.getByRole('radio', { name: 'Left out' }).check({ force: true });
  await page.getByRole('button', { name: 'Write this take' }).click();
  const easy = page.getByRole('tab', { name: /Easy, accompaniment/ });
  await expect(easy).toHaveAttribute('aria-selected', 'true', { timeout: 120_000 });
  await expect(score.locator('svg .vf-notehead').first()).toBeVisible();
  await page.getByRole('tab', { name: /Full, with melody/ }).click();
  await expect(score).toHaveAttribute('data-complete', 'true');

  window = await openWindow();
  page = window.page;
  await expect(page.getByRole('row', { name: /Passage 1/ })).toContainText('2 takes');
  await expect(page.getByRole('tab')).toHaveCount(2);
  await expect(page.locator('.engraved svg .vf-notehead').first()).toBeVisible();
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).toContain('<score-partwise');
});
