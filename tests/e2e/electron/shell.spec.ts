import { spawn } from 'node:child_process';
import type { AppWindow } from '../support/electron-window.ts';
import { built, song } from '../support/places.ts';
import { expect, test } from '../support/songleaf-test.ts';
import { writeSongs } from '../support/songs.ts';

/** The labels of the app's menus, with those of their items. */
const menuLabels = ({ app }: AppWindow) =>
  app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) => [
      menu.label,
      ...(menu.submenu?.items ?? []).map((item) => item.label),
    ]),
  );

test('the menus speak the language of the window and run its commands', async ({ openWindow }) => {
  const window = (await openWindow()) as AppWindow;
  const { page, app } = window;
  await page.getByRole('button', { name: 'Add songs' }).waitFor();
  await expect.poll(() => menuLabels(window)).toContain('Keyboard shortcuts');
  const press = (label: string) =>
    app.evaluate(({ Menu, BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.focus();
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
      items.find((item) => item.label === wanted)?.click();
    }, label);
  await expect(async () => {
    await press('Settings…');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect.poll(() => menuLabels(window)).toContain('Tastenkürzel');
  expect(await menuLabels(window)).not.toContain('Keyboard shortcuts');
});

test('songs that the app is given are taken in, at its start and later', async ({ openWindow, folder }) => {
  const [first, second] = await writeSongs(folder, ['Alpha', 'Beta']);
  const { page, app } = (await openWindow({ OPEN: first! })) as AppWindow;
  await expect(page.getByRole('row', { name: 'Alpha' })).toBeVisible();
  // A second start, as the system makes it when a song is opened: it hands the song over and ends.
  const { program, args } = await app.evaluate(({ app: running }) => ({
    program: process.execPath,
    args: ['--no-sandbox', '--disable-gpu', `--user-data-dir=${running.getPath('userData')}`],
  }));
  const again = spawn(program, [...args, built.app, second!, '/etc/passwd', '--evil.mp3'], {
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => again.once('exit', resolve));
  expect(code).toBe(0);
  await expect(page.getByRole('row', { name: 'Beta' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  // And as a Mac tells it.
  await app.evaluate(({ app: running }, file) => {
    running.emit('open-file', { preventDefault: () => undefined }, file);
  }, song);
  await expect(page.getByRole('row', { name: /Fishin/ })).toBeVisible();
});

test('work shows on the taskbar, and quitting amid it asks', async ({ openWindow }) => {
  const window = (await openWindow()) as AppWindow;
  const { page, app } = window;
  await page.getByRole('button', { name: 'Add songs' }).waitFor();
  await app.evaluate(({ BrowserWindow, dialog }) => {
    const seen: unknown[] = [];
    Object.assign(globalThis, { seen, asked: [] });
    for (const each of BrowserWindow.getAllWindows()) {
      each.setProgressBar = (fraction, options) => void seen.push([fraction, options?.mode]);
    }
    dialog.showMessageBox = (async (_window: unknown, options: { message: string }) => {
      (globalThis as unknown as { asked: string[] }).asked.push(options.message);
      return { response: 1, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  });
  await window.chooseSongs([song]);
  const seen = () =>
    app.evaluate(() => (globalThis as unknown as { seen: [number, string | undefined][] }).seen);
  await expect.poll(async () => (await seen()).at(-1)?.[0] ?? 0).toBeGreaterThan(0.02);
  await app.evaluate(({ app: running }) => running.quit());
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(['Songleaf is still working']);
  await expect(page.getByRole('row', { name: /Fishin/ }).getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: /^Queue/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await seen()).at(-1)?.[1]).toBe('paused');
  await page
    .getByRole('grid', { name: 'Waiting' })
    .getByRole('button', { name: /^Cancel Let/ })
    .click();
  await expect.poll(async () => (await seen()).at(-1)?.[0]).toBe(-1);
});

test('the window opens where it was', async ({ openWindow, folder }) => {
  const window = (await openWindow({ USER_DATA: folder })) as AppWindow;
  await window.page.getByRole('button', { name: 'Add songs' }).waitFor();
  const bounds = { x: 60, y: 40, width: 900, height: 640 };
  await window.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, bounds);
  const again = (await openWindow({ USER_DATA: folder })) as AppWindow;
  await again.page.getByRole('button', { name: 'Add songs' }).waitFor();
  const found = await again.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(found).toMatchObject({ width: 900, height: 640 });
});

test('a page that dies is loaded anew', async ({ openWindow }) => {
  const { page, app } = (await openWindow()) as AppWindow;
  await page.getByRole('button', { name: 'Add songs' }).waitFor();
  const loaded = () =>
    app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId() ?? 0);
  const first = await loaded();
  process.kill(first, 'SIGKILL');
  await expect.poll(loaded).not.toBe(first);
  await expect
    .poll(() =>
      app.evaluate(({ webContents }) =>
        webContents.getAllWebContents()[0]?.executeJavaScript('document.querySelectorAll("button").length'),
      ),
    )
    .toBeGreaterThan(1);
});
