import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { allHold, countCases, type RunTest, tableOf } from './case-table.ts';

function namesOf(test: TestCase): string[] {
  const names = [test.name];
  for (let at = test.parent; at.type === 'suite'; at = at.parent) names.unshift(at.name);
  return names;
}

function isCounted(test: TestCase, pattern: RegExp | undefined): boolean {
  return pattern === undefined || pattern.test(namesOf(test).join(' '));
}

/** Prints what became of each case when a run ends; a case without a test that passed fails the run. */
export class CaseReporter implements Reporter {
  readonly #pattern: RegExp | undefined;

  constructor(pattern?: RegExp) {
    this.#pattern = pattern;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests: RunTest[] = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter((test) => isCounted(test, this.#pattern))
      .map((test) => ({ names: namesOf(test), state: test.result().state }));
    const rows = countCases(tests);
    process.stdout.write(`\n${tableOf(rows)}\n`);
    if (!allHold(rows)) process.exitCode = 1;
  }
}
