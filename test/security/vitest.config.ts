import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import { suite } from '../suite.ts';
import { CaseReporter } from './case-reporter.ts';

const root = join(import.meta.dirname, '../..');

/** Files beside the suite whose tests carry the number of a case. */
const elsewhere = globSync('test/**/*.test.{ts,tsx}', { cwd: root })
  .filter((path) => !path.startsWith('test/security/'))
  .filter((path) => /['"`][^'"`\n]*\bS[0-7]\d\b/.test(readFileSync(join(root, path), 'utf8')));

/** Tests of a case, and the groups of this suite that belong to none. */
const ofTheSuite = /\bS[0-7]\d\b|^(?:the cases|fuzz|properties|ASVS)\b/;

export default mergeConfig(
  suite(['test/security/**/*.test.ts', ...elsewhere]),
  defineConfig({
    test: {
      testNamePattern: ofTheSuite,
      reporters: ['default', new CaseReporter(ofTheSuite)],
    },
  }),
);
