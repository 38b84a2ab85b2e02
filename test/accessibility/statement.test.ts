import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

/** Every success criterion of levels A and AA in WCAG 2.2, and 4.1.1, which EN 301 549 still has. */
const criteria = [
  '1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5',
  '1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13',
  '2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11',
  '2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8',
  '3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.1 4.1.2 4.1.3',
].flatMap((line) => line.split(' '));

const text = await readFile(new URL('ACCESSIBILITY.md', import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const numberOf = ([name = '']: string[]) => name.split(' ')[0];

test('the statement has each criterion once, and no other', () => {
  const stated = rows.map(numberOf).filter((number) => number && !number.startsWith('11.'));
  expect(stated).toEqual(criteria);
});

test('the statement says of each how it is met, and by which test', () => {
  const bare = rows.filter((cells) => {
    const result = cells.find((cell) => cell === 'supported' || cell === 'not applicable');
    const tests = cells.at(-1) ?? '';
    return !cells.at(-2) || result === undefined || (result === 'supported') !== /`test\/.+`/.test(tests);
  });
  expect(bare.map(numberOf)).toEqual([]);
});

test('every file that the statement names is there', () => {
  const files = [...text.matchAll(/`((?:test|src)\/[^`]*\.tsx?)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(rows.length);
  expect(files.filter((file) => !existsSync(fileURLToPath(new URL(file, root))))).toEqual([]);
});
