import { consentFields, foldHeader, headerNames, type ImportField, importFields } from './fields.ts';

/** What an administrator says of one column: its header, or its place as `#3`, and what is in it. */
export interface ColumnChoice {
  header: string;
  field: ImportField | 'ignore';
}

/** A column of the file and what is taken from it. */
export interface Column {
  header: string;
  field: ImportField | 'ignore';
  chosen: boolean;
}

/** Why columns cannot be used as they are, with the columns it is about. */
export type ColumnProblem =
  | { problem: 'column-missing'; fields: readonly ImportField[] }
  | { problem: 'consent-columns-missing'; fields: readonly ImportField[] }
  | { problem: 'column-twice'; fields: readonly ImportField[] }
  | { problem: 'column-unknown'; headers: readonly string[] };

/** Says what is in each column: by choice where one was made, else by its header; of two that fit the better one counts. */
export function mapColumns(headers: readonly string[], choices: readonly ColumnChoice[]): Column[] {
  const chosen = headers.map((header, index) => choiceFor(choices, { header, index })?.field);
  const free = importFields.filter((field) => !chosen.includes(field));
  const guessed = new Map(free.map((field) => [bestFor(field, { headers, chosen }), field]));
  return headers.map((header, index) => ({
    header,
    field: chosen[index] ?? guessed.get(index) ?? 'ignore',
    chosen: chosen[index] !== undefined,
  }));
}

function choiceFor(choices: readonly ColumnChoice[], at: { header: string; index: number }) {
  const place = `#${at.index + 1}`;
  const named = (choice: ColumnChoice) =>
    foldHeader(choice.header) === foldHeader(at.header) && foldHeader(at.header) !== '';
  return (
    choices.findLast(({ header }) => header === place) ??
    choices.findLast((choice) => !/^#\d+$/.test(choice.header) && named(choice))
  );
}

/** The place of the column whose header says this field best; -1 when none does. */
function bestFor(
  field: ImportField,
  { headers, chosen }: { headers: readonly string[]; chosen: readonly unknown[] },
): number {
  const folded = headers.map((header, index) => (chosen[index] === undefined ? foldHeader(header) : ''));
  const name = headerNames[field].find((known) => folded.includes(known));
  return name === undefined ? -1 : folded.indexOf(name);
}

/** How many of these headers say by themselves what is in their column. */
export function countKnown(headers: readonly string[]): number {
  return mapColumns(headers, []).filter(({ field }) => field !== 'ignore').length;
}

/** What is wrong with the columns, most serious first; nothing when an import can begin. */
export function problemsOfColumns(
  columns: readonly Column[],
  choices: readonly ColumnChoice[],
): ColumnProblem[] {
  const has = (field: ImportField) => columns.some((column) => column.field === field);
  const twice = importFields.filter((field) => columns.filter((column) => column.field === field).length > 1);
  const consent = has('phone') || has('email') ? consentFields.filter((field) => !has(field)) : [];
  const unknown = choices.filter(
    (choice) => !columns.some(({ header }, index) => choiceFor([choice], { header, index })),
  );
  return [
    ...(has('userName') ? [] : [{ problem: 'column-missing', fields: ['userName'] } as const]),
    ...(twice.length === 0 ? [] : [{ problem: 'column-twice', fields: twice } as const]),
    ...(consent.length === 0 ? [] : [{ problem: 'consent-columns-missing', fields: consent } as const]),
    ...(unknown.length === 0
      ? []
      : [{ problem: 'column-unknown', headers: unknown.map(({ header }) => header) } as const]),
  ];
}
