import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allHold, countCases, type RunTest, resultOf, tableOf } from './case-table.ts';
import { cases, casesOf } from './cases.ts';

const all = Object.keys(cases);
const passing: RunTest[] = all.map((number) => ({ names: [`${number} is withstood`], state: 'passed' }));

describe('the cases', () => {
  test('there are 72, and a test of each stands somewhere', () => {
    expect(all).toHaveLength(72);
    const files = globSync('test/**/*.test.{ts,tsx}', { cwd: join(import.meta.dirname, '../..') });
    const titles = files
      .filter((path) => !path.endsWith('cases.test.ts'))
      .flatMap(
        (path) => readFileSync(path, 'utf8').match(/(?:test|it|describe)\b[^'"`]*['"`][^'"`\n]*/g) ?? [],
      );
    const named = new Set(titles.flatMap((title) => title.match(/\bS\d\d\b/g) ?? []));
    expect(all.filter((number) => !named.has(number))).toEqual([]);
    expect(
      [...named].filter((number) => !all.includes(number)),
      'numbers of no case',
    ).toEqual([]);
  });

  test('a test counts for the numbers in its own title, and without any for those of its group', () => {
    expect(casesOf(['S15, S16', 'S15 stays closed'])).toEqual(['S15']);
    expect(casesOf(['S66 an access code', 'S19 is accepted, and S20 once'])).toEqual(['S19', 'S20']);
    expect(casesOf(['S66 an access code', 'opens one page'])).toEqual(['S66']);
    expect(casesOf(['a page', 'S99 and xS01 are no cases'])).toEqual([]);
  });

  test('a case without a test that passed, or with one that failed, does not hold', () => {
    expect(allHold(countCases(passing))).toBe(true);
    const rows = countCases([
      ...passing.slice(3),
      { names: ['S01 breaks'], state: 'failed' },
      { names: ['S01 holds'], state: 'passed' },
      { names: ['S02 waits'], state: 'skipped' },
    ]);
    expect(allHold(rows)).toBe(false);
    expect(rows.slice(0, 4).map(resultOf)).toEqual(['1 FAILED', 'NOT RUN', 'NO TEST', 'holds']);
    for (const left of [0, 1, 71]) expect(allHold(countCases(passing.toSpliced(left, 1)))).toBe(false);
    expect(tableOf(rows)).toMatch(/S03 {2}empty posts, and posts with fields missing +0 {2}NO TEST\n/);
  });
});
