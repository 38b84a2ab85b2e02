import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.ts';
import { CaseReporter } from './case-reporter.ts';

const root = join(import.meta.dirname, '../..');

/** Files beside the suite whose tests carry the number of a case. */
const elsewhere = globSync('test/**/*.test.{ts,tsx}', { cwd: root })
  .filter((path) => !path.startsWith('test/security/'))
  .filter((path) => /['"`][^'"`\n]*\bS[0-7]\d\b/.test(readFileSync(join(root, path), 'utf8')));

/** Tests of a case, and the groups of this suite that belong to none. */
const ofTheSuite = /\bS[0-7]\d\b|^(?:the cases|fuzz|properties|ASVS)\b/;

export default mergeConfig(
  base,
  defineConfig({
    test: {
      include: ['test/security/**/*.test.ts', ...elsewhere],
      testNamePattern: ofTheSuite,
      reporters: ['default', new CaseReporter(ofTheSuite)],
    },
  }),
);
