import { expect, test } from './support/songleaf-test.ts';

test('About credits the networks, with their licences', async ({ openWindow }) => {
  const { page } = await openWindow();
  await page.getByRole('button', { name: 'About' }).click();
  const about = page.getByRole('dialog', { name: 'About Songleaf' });
  const beats = about.getByRole('listitem').filter({ hasText: 'Heydari' });
  await expect(beats).toContainText('CC BY 4.0');
  await beats.getByText('Licence (CC-BY-4.0)').click();
  await expect(beats).toContainText('Attribution 4.0 International');
  await page.keyboard.press('Escape');
  await expect(about).toHaveCount(0);
});
