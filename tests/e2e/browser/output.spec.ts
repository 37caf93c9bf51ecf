import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tapAudio } from '../support/heard-audio.ts';
import { rememberedPlayers } from '../support/library-files.ts';
import { openServed } from '../support/serve-window.ts';
import { expect, test } from '../support/songleaf-test.ts';
import { makeWav } from '../support/wav.ts';

test('a song plays on the loudspeakers that were chosen for it', async ({ folder, faults }) => {
  const file = path.join(folder, 'tone.wav');
  await writeFile(file, makeWav({ INAM: 'Tone' }, 4));
  // Chromium's own make-believe devices; names are told to who may hear the microphone.
  const options = { args: ['--use-fake-device-for-media-stream'], permissions: ['microphone'] };
  const open = () => openServed(path.join(folder, 'library'), faults, options);
  const sink = (page: Awaited<ReturnType<typeof open>>['page']) =>
    page.evaluate(async () => {
      const { context } = (window as unknown as { tapped: { context: { sinkId: string } } }).tapped;
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.find(({ deviceId }) => deviceId === context.sinkId)?.label ?? context.sinkId;
    });

  let window = await open();
  let { page } = window;
  await window.chooseSongs([file]);
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 120_000 });
  await tapAudio(page);
  const play = () => page.getByRole('button', { name: 'Play', exact: true }).click();
  await play();
  await expect.poll(() => sink(page).catch(() => null), { timeout: 30_000 }).toBe('');

  await page.getByRole('button', { name: /Plays on/ }).click();
  await page.getByRole('option', { name: 'Fake Audio Output 2' }).click();
  await expect.poll(() => sink(page)).toBe('Fake Audio Output 2');
  // A while after it was paused the device is let go, and taken again.
  const state = () =>
    page.evaluate(
      () => (window as unknown as { tapped: { context: { state: string } } }).tapped.context.state,
    );
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 30_000 });
  await expect.poll(state, { timeout: 30_000 }).toBe('suspended');
  const seconds = () =>
    page.locator('.score-cursor').evaluate((line) => Number((line as HTMLElement).dataset.seconds));
  await play();
  await expect.poll(seconds).toBeGreaterThan(1);
  expect(await state()).toBe('running');
  // The settings are written a moment after the last change.
  await expect
    .poll(() => rememberedPlayers(folder).map(({ output }) => output?.name))
    .toEqual(['Fake Audio Output 2']);
  await window.close();

  window = await open();
  page = window.page;
  await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  await tapAudio(page);
  await play();
  await expect.poll(() => sink(page).catch(() => null), { timeout: 30_000 }).toBe('Fake Audio Output 2');
  await window.close();
});
