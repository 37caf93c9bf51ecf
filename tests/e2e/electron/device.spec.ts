import { song } from '../support/places.ts';
import { expect, test } from '../support/songleaf-test.ts';

test('a device that is not here is tried in a process of its own and named', async ({ openWindow }) => {
  const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
  const window = await openWindow({ DEVICE: foreign });
  await window.chooseSongs([song]);
  await expect(window.page.locator('.error-message')).toContainText(
    `The device ${foreign} does not work here`,
    {
      timeout: 60_000,
    },
  );
  await expect(window.page.locator('.error-hint')).toContainText('cpu');
});
