import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { writeExcerpts } from './support/excerpts.ts';
import { rememberedPlayers } from './support/library-files.ts';
import { song } from './support/places.ts';
import { expect, test } from './support/songleaf-test.ts';

/** Songs beside the whole one: passages of it, so that the test ends the same day. */
const PASSAGES = 8;

test('from a folder of recordings to scores that survive a power cut', async ({ openWindow, folder }) => {
  test.setTimeout(900_000);
  const music = path.join(folder, 'music');
  await mkdir(music);
  const whole = path.join(music, 'lets_go_fishin.ogg');
  await copyFile(song, whole);
  const passages = await writeExcerpts(music, PASSAGES, 12);
  const duplicate = path.join(music, 'passage-1 (copy).wav');
  await copyFile(passages[0]!, duplicate);
  const broken = path.join(music, 'broken.mp3');
  await writeFile(broken, 'This is a letter, not a song.');
  const unreadable = path.join(music, 'empty.flac');
  await writeFile(unreadable, '');

  let window = await openWindow();
  let { page } = window;
  // Everything happens on this computer.
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = ['app:', 'media:', 'blob:', 'data:'].includes(protocol) || hostname === '127.0.0.1';
    if (!own) foreign.push(request.url());
  });

  // A folder of twelve: nine songs, one of them twice, and two files that are none.
  await window.chooseSongs([whole, ...passages, duplicate, broken, unreadable]);
  const notices = page.getByRole('region', { name: 'Messages' });
  await expect(notices).toContainText('broken.mp3 was not added');
  await expect(notices).toContainText('empty.flac was not added');
  await expect(notices).toContainText('Passage 1 is in your library already.');
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(PASSAGES + 1);
  while ((await notices.getByRole('button', { name: 'Dismiss' }).count()) > 0) {
    // Good news may go by itself meanwhile.
    await notices
      .getByRole('button', { name: 'Dismiss' })
      .first()
      .click({ timeout: 1000 })
      .catch(() => undefined);
  }
  await expect(page.getByRole('row', { name: /1 take/ })).toHaveCount(PASSAGES + 1, { timeout: 600_000 });

  // The tempo and a chord are set right before anything more is written.
  await page.getByRole('row', { name: /Fishin/ }).click();
  await page.getByRole('radio', { name: 'Song' }).click();
  const timeline = page.getByRole('application', { name: 'Timeline of what was heard' });
  await expect(timeline).toBeVisible();
  const undo = page.getByRole('button', { name: /^Undo/ });
  await page.getByRole('button', { name: 'Twice the tempo' }).click();
  await expect(undo).toHaveAccessibleName('Undo: twice the tempo', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Half the tempo' }).click();
  await expect(undo).toHaveAccessibleName('Undo: half the tempo', { timeout: 60_000 });
  await timeline.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Chord' }).fill('F#m7b5');
  await page.keyboard.press('Enter');
  await expect(undo).toHaveAccessibleName('Undo: chord', { timeout: 60_000 });

  // More takes, from what was set right.
  await page.getByRole('button', { name: 'Arrange again' }).click();
  await page.getByRole('radio', { name: 'Score' }).click();
  const takes = page.getByRole('tab');
  await expect(takes).toHaveCount(2, { timeout: 180_000 });
  await page.getByRole('button', { name: 'New take' }).click();
  await page.getByRole('button', { name: 'Write this take' }).click();
  await expect(takes).toHaveCount(3, { timeout: 180_000 });

  // Compared, and the better bars of each kept as one more.
  await page.getByRole('radio', { name: 'Compare' }).click();
  const strip = page.getByRole('grid', { name: 'Bars of the takes' });
  await expect(strip.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  await strip.focus();
  await page.keyboard.press('ArrowDown');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Keep as a take' }).click();
  await page.getByRole('radio', { name: 'Score' }).click();
  await expect(takes).toHaveCount(4, { timeout: 60_000 });
  const engraved = page.locator('.engraved');
  await expect(engraved).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });

  // Played, and round and round.
  const seconds = () =>
    page.locator('.score-cursor').evaluate((line) => Number((line as HTMLElement).dataset.seconds));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(seconds, { timeout: 60_000 }).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Loop' }).click();
  const [first, last] = ['First bar of the loop', 'Last bar of the loop'].map((name) =>
    page.getByRole('textbox', { name }),
  );
  const bars = [await first!.inputValue(), await last!.inputValue()];
  await page.getByRole('button', { name: 'Pause' }).click();

  const musicxml = (await window.exportTake(/^MusicXML/)).toString('utf8');
  expect(XMLValidator.validate(musicxml)).toBe(true);
  expect(musicxml).toContain('half-diminished');
  expect(foreign).toEqual([]);
  // What was set a moment ago is written a moment later.
  const [from, to] = bars.map((bar) => Number(bar) - 1);
  await expect
    .poll(() => rememberedPlayers(folder).map(({ loop }) => loop))
    .toContainEqual({ first: from, last: to });

  await window.kill();
  window = await openWindow();
  page = window.page;
  await expect(page.getByRole('row')).toHaveCount(PASSAGES + 1);
  await page.getByRole('row', { name: /Fishin/ }).click();
  await expect(page.getByRole('tab')).toHaveCount(4);
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).toBe(musicxml);
  await expect(page.getByRole('textbox', { name: 'First bar of the loop' })).toHaveValue(bars[0]!);
  await expect(page.getByRole('textbox', { name: 'Last bar of the loop' })).toHaveValue(bars[1]!);
  await page.getByRole('radio', { name: 'Song' }).click();
  await expect(page.getByRole('button', { name: 'Undo: chord' })).toBeEnabled();
});
