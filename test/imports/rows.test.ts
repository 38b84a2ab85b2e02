import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapColumns } from '../../src/imports/columns.ts';
import { headerNames, importFields } from '../../src/imports/fields.ts';
import { makeRowReader } from '../../src/imports/records.ts';
import { makeSeenNames } from '../../src/imports/seen-names.ts';
import { wordsOf } from '../../src/words/words.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '"', ';', ',', '\n', '\t', ' ', '😀', '0'),
  maxLength: 8,
});
const width = 3;
const table = fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
  minLength: 1,
  maxLength: 12,
});

/** Every cell in quotes, so that whatever it holds is one cell. */
function quoted(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((text) => `"${text.replaceAll('"', '""')}"`).join(';')}\r\n`).join('');
}

function readIn(pieces: readonly string[]): (readonly string[] | null)[] {
  const reader = makeRowReader(';');
  return [...pieces.flatMap((piece) => [...reader.write(piece)]), ...reader.end()].map(({ cells }) => cells);
}

/** A cell of several lines that looks like rows swallowed by an open quote is taken for that. */
function looksSwallowed(row: readonly string[]): boolean {
  return row.some(
    (text) =>
      text.includes('\n') &&
      (text.startsWith('"') ||
        text
          .split('\n')
          .slice(1, -1)
          .some((line) => line.split(';').length === width)),
  );
}

it('reads back whatever was written, in pieces of any size', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 30 }), (rows, size) => {
      fc.pre(!rows.some(looksSwallowed));
      const text = quoted(rows);
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
      const written = rows.filter((row) => row.some((one) => one.trim() !== ''));
      expect(readIn(pieces)).toEqual(written);
    }),
  );
});

it('gives every line of any text to one row or none, and never throws', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ';', '\n', '\r', 'é'), maxLength: 200 });
  fc.assert(
    fc.property(text, (typed) => {
      const reader = makeRowReader(';');
      const lines = [...reader.write(typed), ...reader.end()].map(({ line }) => line);
      expect(lines).toEqual(lines.toSorted((one, other) => one - other));
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines.at(-1) ?? 0).toBeLessThanOrEqual(typed.split(/\r\n?|\n/).length);
    }),
  );
});

it('a quote that is open for longer than any row is given up in bounded memory', () => {
  const reader = makeRowReader(';');
  const rows = [...reader.write('a;b\n1;"open\n')];
  for (let line = 0; line < 20_000; line += 1) rows.push(...reader.write(`${line};x\n`));
  rows.push(...reader.end());
  expect(rows.filter(({ cells }) => cells === null).map(({ line }) => line)).toEqual([2]);
  expect(rows.length).toBe(20_002);
});

it('line ends of every kind, mixed, end a row', () => {
  expect(readIn(['a;b;c\r1;2;3\n4;5;6\r', '\n7;8;9'])).toEqual([
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['4', '5', '6'],
    ['7', '8', '9'],
  ]);
});

it('remembers names and their lines, however many', () => {
  const seen = makeSeenNames();
  for (let index = 0; index < 5000; index += 1) expect(seen.add(`name${index}`, index + 2)).toBeUndefined();
  for (let index = 0; index < 5000; index += 1) expect(seen.add(`name${index}`, 9)).toBe(index + 2);
});

it.each(importFields)('the column %s is known by its Dutch and its English name', (field) => {
  for (const language of ['nl', 'en'] as const) {
    const [column] = mapColumns([wordsOf(language).imports.fields[field].toUpperCase()], []);
    expect(column?.field).toBe(field);
  }
});

it('no name stands for two columns', () => {
  const names = Object.values(headerNames).flat();
  expect(names.length).toBe(new Set(names).size);
});

it('of two columns that fit the better name counts, and a choice goes before both', () => {
  const fields = (choices: Parameters<typeof mapColumns>[1]) =>
    mapColumns(['E-mail', 'UserPrincipalName', 'SamAccountName', 'E-mail werk', 'Mobiel'], choices).map(
      ({ field }) => field,
    );
  expect(fields([])).toEqual(['ignore', 'ignore', 'userName', 'workMailbox', 'ignore']);
  expect(
    fields([
      { header: 'mobiel', field: 'phone' },
      { header: '#2', field: 'userName' },
    ]),
  ).toEqual(['ignore', 'userName', 'ignore', 'workMailbox', 'phone']);
});
