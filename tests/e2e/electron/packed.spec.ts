import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { attachTo, dropFiles } from '../support/attach.ts';
import { electronProblem } from '../support/electron-window.ts';
import { writeExcerpts } from '../support/excerpts.ts';
import { packApp } from '../support/packed-app.ts';
import { expect, test } from '../support/songleaf-test.ts';

test.skip(process.platform !== 'linux', 'Packs for Linux.');

test('what is packed is locked, whole, and does the main job', async ({ folder, faults }) => {
  test.setTimeout(480_000);
  const problem = electronProblem();
  test.skip(problem !== null, `The app was not started: ${problem}.`);
  const { program, resources } = await packApp(path.join(folder, 'dist'));
  const [song] = await writeExcerpts(folder, 1, 16);

  const wire = await getCurrentFuseWire(program);
  // The characters 0 and 1 of the wire in the program's file.
  const [closed, open] = [48, 49];
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    cookies: wire[FuseV1Options.EnableCookieEncryption],
    files: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    snapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
  }).toEqual({
    runAsNode: closed,
    nodeOptions: closed,
    inspect: closed,
    onlyAsar: open,
    integrity: open,
    cookies: open,
    files: closed,
    snapshot: closed,
  });
  for (const name of [
    'LICENSE',
    'licences.txt',
    'models/manifest.json',
    'piano/piano.sf3',
    'piano/licence.md',
  ]) {
    expect(existsSync(path.join(resources, name)), name).toBe(true);
  }
  expect(readFileSync(path.join(resources, 'licences.txt'), 'utf8')).toContain('opensheetmusicdisplay');

  const child = spawn(
    program,
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--password-store=basic',
      '--remote-debugging-port=0',
      `--user-data-dir=${path.join(folder, 'user')}`,
      `--library=${path.join(folder, 'library')}`,
      '--device=cpu',
    ],
    // Nothing of the sources can be found from here.
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const { browser, page } = await attachTo(child);
    faults.follow(page);
    await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible({ timeout: 60_000 });
    expect(page.url()).toBe('app://songleaf/');

    await dropFiles(page, [song!]);
    await expect(page.getByRole('row', { name: /Passage 1/ })).toBeVisible();
    await expect(page.locator('.engraved')).toHaveAttribute('data-complete', 'true', { timeout: 300_000 });
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect
      .poll(
        () => page.locator('.score-cursor').evaluate((line) => Number((line as HTMLElement).dataset.seconds)),
        {
          timeout: 60_000,
        },
      )
      .toBeGreaterThan(1);
    const exported = await page.evaluate(async () => {
      const { call } = (
        window as unknown as {
          songleaf: { call(name: string, input: object): Promise<{ ok: boolean; value: never }> };
        }
      ).songleaf;
      const songs: { id: string }[] = (await call('songs.list', {})).value;
      const takes: { id: string; settings: { model: string } }[] = (
        await call('takes.list', { songId: songs[0]!.id })
      ).value;
      const file = await call('takes.export', { takeId: takes[0]!.id, format: 'musicxml' });
      return { model: takes[0]!.settings.model, text: atob((file.value as { base64: string }).base64) };
    });
    // With the network that learned from pianists.
    expect(exported.model).toBe('songleaf');
    expect(exported.text).toContain('<score-partwise');
    await browser.close().catch(() => undefined);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});
