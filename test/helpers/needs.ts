import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** Where a program stands on this machine, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Group = (name: string, tests: () => void) => void;

/**
 * `describe` for tests that drive real programs. Where one is missing the group is skipped under a name that says which;
 * with TESTS_MUST_NOT_SKIP=1 it fails instead.
 */
export function needs(...programs: readonly string[]): Group {
  const missing = programs.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return describe;
  const what = `(needs ${missing.join(' and ')}, which is not installed)`;
  if (process.env.TESTS_MUST_NOT_SKIP !== '1')
    return (name, tests) => describe.skip(`${name} ${what}`, tests);
  return (name) =>
    test(`${name} ${what}`, () => {
      throw new Error(`Install ${missing.join(' and ')}: with TESTS_MUST_NOT_SKIP=1 nothing is skipped.`);
    });
}
