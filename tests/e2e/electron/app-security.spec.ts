import type { AppWindow } from '../support/electron-window.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('the window cannot be led away, opened twice or given rights', async ({ openWindow, faults }) => {
  const { page, app } = (await openWindow()) as AppWindow;
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  const home = page.url();
  expect(home).toBe('app://songleaf/');

  faults.want(/Not allowed to (load local resource|navigate top frame)/);
  for (const target of [
    'https://example.org/',
    'file:///etc/hostname',
    'app://songleaf.evil/',
    'data:text/html,x',
  ]) {
    await page.evaluate((url) => {
      window.location.href = url;
    }, target);
    await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
    }, target);
  }
  // Time enough for a navigation that was not stopped.
  await page.waitForTimeout(500);
  expect(page.url()).toBe(home);
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
  expect(await page.evaluate(() => window.open('app://songleaf/') === null)).toBe(true);
  expect(app.windows()).toHaveLength(1);

  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const camera = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
  );
  expect(camera).not.toBe('granted');

  const frames = faults.want(/frame 'app:.*Content Security Policy/);
  await page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'app://songleaf/');
    document.body.append(view);
    const frame = document.createElement('iframe');
    frame.src = 'app://songleaf/';
    document.body.append(frame);
  });
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  const contents = await app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  expect(contents).toBe(1);
});

test('the page reaches the app through named functions only', async ({ openWindow }) => {
  const { page } = await openWindow();
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  const reached = await page.evaluate(async () => {
    const api = (window as unknown as { songleaf: Record<string, (...args: unknown[]) => Promise<unknown>> })
      .songleaf;
    return {
      names: Object.keys(api).sort(),
      import: await api.call?.('songs.import', { paths: ['/etc/passwd'] }),
      unknown: await api.call?.('__proto__', {}),
      broken: await api.call?.('jobs.cancel', { jobId: 5 }),
      made: await api.importDropped?.([new File(['x'], '/etc/passwd')]),
      none: await api.importDropped?.([]),
      export: await api.exportTakes?.({ id: '../x', takeIds: ['a'], formats: ['pdf'] }),
      path: await api.exportTakes?.({ id: 'x', takeIds: ['a'], formats: ['../x'] }),
      open: await api.openTake?.({ takeId: '/etc/passwd' }),
      drag: await api.dragTake?.({ takeId: '../../etc' }),
      located: await api.locateSong?.({ path: '/etc/passwd' }),
      shown: await api.showExport?.(5),
      words: await api.tellWords?.({ file: 'File' }),
      work: await api.showWork?.({ fraction: 7, paused: false }),
      message: await api.notify?.({ title: 'x'.repeat(5000), body: '', icon: 'file:///etc/passwd' }),
      folder: await api.chooseLibrary?.('/etc'),
    };
  });
  expect(reached.names).toEqual([
    'call',
    'cancelExport',
    'chooseLibrary',
    'dragTake',
    'exportTakes',
    'findMoved',
    'importDropped',
    'locateSong',
    'notify',
    'onEvent',
    'onMenu',
    'onOpened',
    'openTake',
    'pickFolder',
    'pickSongs',
    'prepareDrag',
    'showExport',
    'showWork',
    'tellWords',
  ]);
  const { names: _, ...replies } = reached;
  for (const reply of Object.values(replies)) {
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
});

test('the engine comes back after a crash', async ({ openWindow }) => {
  const { page, app } = (await openWindow()) as AppWindow;
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();
  const engine = () =>
    app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Songleaf engine')?.pid ?? null,
    );
  const first = await engine();
  expect(first).not.toBeNull();
  process.kill(first ?? 0, 'SIGKILL');
  await expect
    .poll(async () => {
      const now = await engine();
      return now !== null && now !== first;
    })
    .toBe(true);
  const info = await page.evaluate(() =>
    (
      window as unknown as { songleaf: { call(name: string, input: object): Promise<unknown> } }
    ).songleaf.call('songs.list', {}),
  );
  expect(info).toEqual({ ok: true, value: [] });
});
