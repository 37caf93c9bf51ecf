import { defineConfig } from '@playwright/test';

/** Views that are the same page in both windows, with nothing of the shell in them: in the app only where all is asked for. */
const samePage =
  process.env.SONGLEAF_E2E === 'all'
    ? []
    : [
        'corrections',
        'example',
        'hostile-files',
        'journey',
        'large-screen',
        'library',
        'queue',
        'score-views',
        'shell',
        'takes',
      ].map((name) => `**/e2e/${name}.spec.ts`);

/**
 * Two ways into the same window: `browser` drives `songleaf serve` in Chromium, `electron` the app itself. Both run
 * the specs of `tests/e2e`; those that concern one of them only are in `browser/` and `electron/`.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Listening to a whole song takes its time on two cores.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'browser', testIgnore: '**/electron/**' },
    { name: 'electron', testIgnore: ['**/browser/**', ...samePage] },
  ],
});
