import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/unit/support/seed-properties.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers: inference inside a test already uses the machine's cores.
    maxWorkers: 2,
  },
});
