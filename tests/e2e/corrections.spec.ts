import { writeExcerpts } from './support/excerpts.ts';
import { expect, test } from './support/songleaf-test.ts';

test('what was heard is set right, and the song written anew from it', async ({ openWindow, folder }) => {
  let window = await openWindow();
  let { page } = window;
  await window.chooseSongs(await writeExcerpts(folder, 1, 50));
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 180_000 });
  await page.getByRole('radio', { name: 'Song' }).click();
  const timeline = page.getByRole('application', { name: 'Timeline of what was heard' });
  await expect(timeline).toBeVisible();
  const tempo = page.getByText(/^\d+\.\d bpm$/);
  const heard = Number.parseFloat((await tempo.textContent())!);
  const undo = page.getByRole('button', { name: /^Undo/ });
  await expect(undo).toBeDisabled();

  await page.getByRole('button', { name: 'Twice the tempo' }).click();
  await expect(undo).toHaveAccessibleName('Undo: twice the tempo', { timeout: 60_000 });
  expect(Number.parseFloat((await tempo.textContent())!) / heard).toBeCloseTo(2, 1);

  // By keyboard alone: the first chord, typed anew.
  await timeline.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  const chosen = page.getByRole('heading', { level: 2 });
  await expect(chosen).toHaveText(/^Chord .* · bar \d+, beat \d+ · \d+ % sure$/);
  await page.keyboard.press('Enter');
  const field = page.getByRole('combobox', { name: 'Chord' });
  await expect(field).toBeFocused();
  await field.fill('Hm');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Songleaf knows no such chord.')).toBeVisible();
  await field.fill('F#m7b5');
  await page.keyboard.press('Enter');
  await expect(chosen).toHaveText(/^Chord F♯m7♭5|^Chord G♭m7♭5/);
  await expect(chosen).toHaveText(/set by you$/);

  await timeline.focus();
  await page.keyboard.press('Control+z');
  await expect(chosen).toHaveText(/% sure$/);
  await page.keyboard.press('Control+Shift+Z');
  await expect(chosen).toHaveText(/set by you$/);

  // A border is dragged: the second chord begins half a beat later or more.
  await page.keyboard.press('ArrowRight');
  const before = await chosen.textContent();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(chosen).not.toHaveText(before!);
  await expect(undo).toHaveAccessibleName('Undo: moved chord');

  // A button keeps the focus, to be pressed again.
  const earlier = page.getByRole('button', { name: 'Begin half a beat earlier' });
  await earlier.focus();
  const moved = await chosen.textContent();
  await page.keyboard.press('Enter');
  await expect(chosen).not.toHaveText(moved!);
  await expect(earlier).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(chosen).toHaveText(moved!);

  // A name that is being typed is kept where another item is pressed.
  await timeline.focus();
  for (const key of ['ArrowUp', 'ArrowUp', 'Home']) await page.keyboard.press(key);
  await expect(chosen).toHaveText(/^Section/);
  await page.getByRole('textbox', { name: 'Name' }).fill('Prelude');
  const box = (await timeline.boundingBox())!;
  await page.mouse.click(box.x + 0.7 * box.width, box.y + box.height - 4);
  await expect(undo).toHaveAccessibleName('Undo: section name');
  await undo.click();
  await expect(undo).toHaveAccessibleName('Undo: moved chord');

  // Beats are tapped while the recording plays, and taken back.
  await page.getByRole('button', { name: 'Tap', exact: true }).click();
  await expect(page.getByText(/^0 taps/)).toBeVisible({ timeout: 30_000 });
  for (let i = 1; i <= 6; i++) {
    await page.waitForTimeout(650);
    await page.keyboard.press('t');
    await expect(page.getByText(new RegExp(`^${i} taps?`))).toBeVisible();
  }
  await page.getByRole('button', { name: 'Use these beats' }).click();
  await expect(undo).toHaveAccessibleName('Undo: tapped beats', { timeout: 60_000 });
  await expect(timeline).toBeFocused();
  await undo.click();
  await expect(undo).toHaveAccessibleName('Undo: moved chord');

  // More and less of it comes into sight, by buttons too.
  const whole = page.getByRole('button', { name: 'The whole song' });
  const seen = () => page.locator('.overview-frame').evaluate((frame) => frame.style.inlineSize);
  await whole.click();
  await expect(whole).toBeDisabled();
  await expect.poll(seen).toBe('100%');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(whole).toBeEnabled();
  await expect.poll(seen).toMatch(/^66\.6/);

  await page.getByRole('button', { name: 'Arrange again' }).click();
  await page.getByRole('radio', { name: 'Score' }).click();
  await expect(page.getByRole('tab')).toHaveCount(2, { timeout: 120_000 });
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).toContain('half-diminished');
  await page.getByRole('tab').first().click();
  expect((await window.exportTake(/^MusicXML/)).toString('utf8')).not.toContain('half-diminished');

  window = await openWindow();
  page = window.page;
  await page.getByRole('radio', { name: 'Song' }).click();
  const again = page.getByRole('button', { name: 'Undo: moved chord' });
  await again.click();
  await page.getByRole('button', { name: 'Undo: chord' }).click();
  await page.getByRole('button', { name: 'Undo: twice the tempo' }).click();
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  await expect(page.getByText(`${heard.toFixed(1)} bpm`, { exact: true })).toBeVisible();
});
