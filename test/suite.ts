import { matchesGlob } from 'node:path';
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './order.ts';
import { testsOnce } from './stores/once.ts';

/** With PostgreSQL named, only what a store can make a difference to runs. */
const onPostgres = process.env.TEST_POSTGRES_URL !== undefined;

/** What compares how long answers take, within a few hundredths: these come last, with one neighbour at most. */
const quiet = [
  'test/security/sign-in-timing.test.ts',
  'test/security/reset-timing.test.ts',
  'test/directory/timing.test.ts',
];

/** How these files are run: the longest first, three at a time, and what takes times at the end. */
export function suite(files: readonly string[]): ViteUserConfig {
  const notHere = [...configDefaults.exclude, ...(onPostgres ? testsOnce().map(({ file }) => file) : [])];
  return defineConfig({
    test: {
      root: new URL('..', import.meta.url).pathname,
      globalSetup: ['test/helpers/quick-folder.ts', ...(onPostgres ? ['test/stores/template.ts'] : [])],
      setupFiles: ['test/helpers/setup.ts'],
      // No module has state of its own: files can follow each other in one process, and load the modules once.
      isolate: false,
      // Only what hangs runs into these: a machine that many share can be five times slower at one moment than at the next.
      testTimeout: 240_000,
      hookTimeout: 240_000,
      sequence: { sequencer: LongestFirst },
      projects: [
        {
          extends: true,
          test: {
            name: 'most',
            include: [...files],
            exclude: [...notHere, ...quiet],
            maxWorkers: 3,
            sequence: { groupOrder: 0 },
          },
        },
        {
          extends: true,
          test: {
            name: 'quiet',
            include: quiet.filter((file) => isAmong(file, files)),
            exclude: notHere,
            maxWorkers: 2,
            sequence: { groupOrder: 1 },
          },
        },
      ],
    },
  });
}

function isAmong(file: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(file, pattern));
}
