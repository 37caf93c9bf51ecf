import { execFileSync } from 'node:child_process';
import { song } from '../support/places.ts';
import type { ServedWindow } from '../support/serve-window.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('an engine that dies is started again with its jobs, and the window says so', async ({ openWindow }) => {
  const window = (await openWindow()) as ServedWindow;
  const { page, pid } = window;
  const engine = () =>
    Number(
      execFileSync('ps', ['--ppid', String(pid), '-o', 'pid='])
        .toString()
        .trim()
        .split(/\s+/)[0],
    );
  await window.chooseSongs([song]);
  const row = page.getByRole('row', { name: /Fishin/ });
  await expect(row).toContainText(/Listening · [1-9]/, { timeout: 60_000 });
  const first = engine();
  process.kill(first, 'SIGKILL');
  await expect(page.getByText('The engine stopped and was started again.')).toBeVisible();
  expect(engine()).toBeGreaterThan(0);
  expect(engine()).not.toBe(first);
  await expect(row.getByRole('progressbar')).toBeVisible();
  await expect(page.locator('.engraved[data-complete=true]')).toBeVisible({ timeout: 180_000 });
  await expect(row).toContainText('1 take');
});
