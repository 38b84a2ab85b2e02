import type { Read } from './cells.ts';
import type { ImportField } from './fields.ts';
import type { RowProblem, RowProblemCode } from './problem.ts';
import type { RowRules } from './rules.ts';

/** A row while it is read: its cells by field, and what is wrong with them so far. */
export interface Cells {
  rules: RowRules;
  cells: readonly string[];
  problems: RowProblem[];
}

/** The text of a cell; undefined when the file has no such column or nothing in it. */
export function textOf({ rules, cells }: Cells, field: ImportField): string | undefined {
  const place = rules.places.get(field);
  const cell = place === undefined ? '' : (cells[place] ?? '').trim();
  if (cell === '') return undefined;
  // What spreadsheets put around a text so that it stays one, and what exports put before what could be a formula.
  return /^="[^"]*"$/.test(cell) ? cell.slice(2, -1).trim() || undefined : cell.replace(/^'(?=[=+\-@])/, '');
}

/** Notes what is wrong with a cell. */
export function note(at: Cells, field: ImportField, code: RowProblemCode): undefined {
  const place = at.rules.places.get(field);
  at.problems.push({ code, column: place === undefined ? null : (at.rules.columns[place]?.header ?? null) });
  return undefined;
}

/** Reads a cell that may be emptied: absent, null for the marker, or what `read` makes of it. */
export function optional<T, P extends RowProblemCode>(
  at: Cells,
  field: ImportField,
  read: (text: string) => Read<T, P>,
): T | null | undefined {
  const text = textOf(at, field);
  if (text === undefined) return undefined;
  return text === at.rules.clearMarker ? null : required(at, field, read(text));
}

/** What was read of a cell, or nothing when it could not be, which is noted. */
export function required<T, P extends RowProblemCode>(
  at: Cells,
  field: ImportField,
  read: Read<T, P>,
): T | undefined {
  if ('value' in read) return read.value;
  if (!('most' in read)) return note(at, field, read.result);
  const place = at.rules.places.get(field) ?? 0;
  const column = at.rules.columns[place]?.header ?? null;
  at.problems.push({ code: 'cell-too-long', column, detail: read.most });
  return undefined;
}

/** What was read of a cell that cannot be emptied. */
export function kept<T>(at: Cells, field: ImportField, value: T | null | undefined): T | undefined {
  return value === null ? note(at, field, 'cannot-be-emptied') : value;
}
