import { expect, test } from './support/songleaf-test.ts';

test('the page has nothing of Node and runs no foreign script', async ({ openWindow, faults }) => {
  const { page } = await openWindow();
  await expect(page.getByRole('button', { name: 'Add songs' })).toBeVisible();

  expect(
    await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    ),
  ).toEqual([]);

  const scripts = faults.want(/inline script.*Content Security Policy/i);
  const handlers = faults.want(/inline event handler.*Content Security Policy/i);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<a id="trap" onclick="document.title = 1">trap</a>');
    document.getElementById('trap')?.click();
  });
  await expect.poll(() => scripts.length).toBeGreaterThan(0);
  await expect.poll(() => handlers.length).toBeGreaterThan(0);
  await expect(page).toHaveTitle('Songleaf');

  const requests = faults.want(/connect-src|Fetch API|connect to 'https:/);
  expect(await page.evaluate(() => fetch('https://example.org/').then(String, () => 'refused'))).toBe(
    'refused',
  );
  await expect.poll(() => requests.join('\n')).toContain("connect-src 'self'");
});
