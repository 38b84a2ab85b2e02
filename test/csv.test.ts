import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, defuseFormula } from '../src/csv.ts';

test('a row is written as RFC 4180 says, and comes back as it was', () => {
  const cells = ['plain', 'with, comma', 'a "quote"', 'two\nlines', ' spaces ', 'Zoë', '', '日本'];
  const line = csvLine([...cells, 5, -5, true, null]);
  expect(line.endsWith('\r\n')).toBe(true);
  expect(parse(line)).toEqual([[...cells, '5', '-5', 'true', '']]);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+31 6', "'+31 6"],
  ['-jan', "'-jan"],
  ['@sum(A1)', "'@sum(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t'=1"],
  ['"=1', '\'"=1'],
  ['\uff1d1', "'\uff1d1"],
  ['a;=1', "a;'=1"],
  ['a\r\n@1', "a\r\n'@1"],
])('S57 %j is no formula', (text, harmless) => {
  expect(defuseFormula(text)).toBe(harmless);
});

test.each(['a-b', 'a = b', 'jan@example.org', 'Jansen, Piet', 'O’Brien', '1-2', ''])(
  '%j stays as it is',
  (text) => {
    expect(defuseFormula(text)).toBe(text);
  },
);

test('S57 whatever a cell holds, under any separator no cell begins as a formula', () => {
  const piece = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '"',
    "'",
    ' ',
    'a',
    '1',
    '\u0000',
  );
  const cell = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
      const line = csvLine(cells);
      expect(parse(line, { relax_column_count: true })).toHaveLength(1);
      for (const start of line.split(/[,;\t|\r\n]/)) expect(start).not.toMatch(/^[\s"]*[=+\-@]/);
    }),
    { numRuns: 500 },
  );
});
