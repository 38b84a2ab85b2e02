import { configDefaults, defineConfig } from 'vitest/config';
import { testsOnce } from './stores/once.ts';

/** With PostgreSQL named, only what a store can make a difference to runs. */
const onPostgres = process.env.TEST_POSTGRES_URL !== undefined;

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...(onPostgres ? testsOnce().map(({ file }) => file) : [])],
    globalSetup: onPostgres ? ['test/stores/template.ts'] : [],
    setupFiles: ['test/helpers/setup.ts'],
    // Only what hangs runs into these: a machine that many share can be five times slower at one moment than at the next.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
