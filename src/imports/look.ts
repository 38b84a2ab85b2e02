import { maskOf } from '../methods/mask.ts';
import type { Language } from '../words/languages.ts';
import { wordsOf } from '../words/words.ts';
import { type Column, type ColumnProblem, mapColumns, problemsOfColumns } from './columns.ts';
import { type Encoding, readText } from './encoding.ts';
import { headerNames, type ImportField } from './fields.ts';
import type { Import } from './import.ts';
import { firstRows, guessSeparator, type Separator } from './separator.ts';

/** A file as it is understood before anything is done with it. */
export interface Look {
  encoding: Encoding;
  separator: Separator;
  columns: Column[];
  problems: ColumnProblem[];
  /** The first rows, numbers and addresses masked: cells in the order of the columns. */
  sample: string[][];
}

const sampleSize = 64 * 1024;
const sampleRows = 5;

/** Looks at the start of a file with the settings chosen. */
export async function lookAt(
  file: string,
  { encoding, settings, language }: Pick<Import, 'encoding' | 'settings' | 'language'>,
): Promise<Look> {
  const chosen = settings.encoding ?? encoding;
  const start = await readStart(file, chosen);
  const separator = settings.separator ?? guessSeparator(start);
  const [head, ...rows] = firstRows(start, separator, sampleRows + 1);
  const columns = mapColumns((head?.cells ?? []).map(shortened), settings.mapping);
  const sample = rows.map(({ cells }) =>
    columns.map(({ field }, index) => shownCell(language, field, (cells?.[index] ?? '').trim())),
  );
  return {
    encoding: chosen,
    separator,
    columns,
    problems: problemsOfColumns(columns, settings.mapping),
    sample,
  };
}

async function readStart(file: string, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const piece of readText(file, { encoding, end: sampleSize })) text += piece.text;
  return text;
}

function shortened(header: string): string {
  return header.trim().replace(/\s+/g, ' ').slice(0, 200);
}

const masked: readonly ImportField[] = ['workMailbox', 'officePhone', 'phone', 'email'];

/** A cell as it may be shown: numbers and addresses masked, and of a column that is left out only its shape. */
function shownCell(language: Language, field: Column['field'], cell: string): string {
  const text = cell.replace(/\s+/g, ' ').slice(0, 100);
  if (field === 'ignore') return shapeOf(text);
  return masked.includes(field) && text !== '' ? maskCell(language, text) : text;
}

function shapeOf(text: string): string {
  return text.replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '9');
}

function maskCell(language: Language, text: string): string {
  const { masks } = wordsOf(language).methods;
  const digits = text.replace(/\D/g, '');
  if (!text.includes('@')) return digits === '' ? shapeOf(text) : masks.number(digits.slice(-2));
  const mask = maskOf({ kind: 'authentication-email', address: text });
  if (mask.kind === 'number' || mask.firstLetter === null)
    return masks.shortAddress(text.replace(/^.*@/s, ''));
  return masks.address(mask.firstLetter, mask.domain);
}

/** Says what is wrong with the columns, and how to mend it. */
export function describeColumns(language: Language, problem: ColumnProblem): string {
  const { columns, fields } = wordsOf(language).imports;
  switch (problem.problem) {
    case 'column-missing':
      return columns[problem.problem](
        problem.fields.map((field) => fields[field]).join(', '),
        problem.fields.flatMap((field) => headerNames[field].slice(0, 4)).join(', '),
      );
    case 'consent-columns-missing':
    case 'column-twice':
      return columns[problem.problem](problem.fields.map((field) => fields[field]).join(', '));
    case 'column-unknown':
      return columns[problem.problem](problem.headers.join(', '));
  }
}
