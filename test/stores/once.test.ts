import { expect, test } from 'vitest';
import { allTests, declaredOnce, testsOnce } from './once.ts';

test('what runs on one engine only is declared with a reason, and is there', () => {
  const gone = [...declaredOnce()].filter(([, files]) => files.length === 0).map(([pattern]) => pattern);
  expect(gone).toEqual([]);
  expect(testsOnce().filter(({ why }) => why.length < 10)).toEqual([]);
});

test('every test that opens a house, a database or a server runs on both engines unless it is declared', () => {
  const once = new Set(testsOnce().map(({ file }) => file));
  const twice = allTests().filter((file) => !once.has(file));
  for (const file of [
    'test/security/reset-guessing.test.ts',
    'test/security/reset-enumeration.test.ts',
    'test/security/reset-web.test.ts',
    'test/crash/kill.test.ts',
    'test/start/start.test.ts',
    'test/people/overdue-sql.test.ts',
  ])
    expect(twice).toContain(file);
  expect(twice.length).toBeGreaterThan(60);
  for (const file of ['test/words/words.test.ts', 'test/secrets/codes.test.ts']) expect(once).toContain(file);
});
