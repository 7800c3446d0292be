import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: 'test/e2e',
    include: ['**/*.test.ts'],
    globalSetup: ['test/e2e/globalSetup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    // One browser for all, and no more windows at once than two cores can draw.
    fileParallelism: false,
    isolate: false,
    pool: 'forks',
  },
});
