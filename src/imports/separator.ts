import { countKnown } from './columns.ts';
import { type CsvRow, makeRowReader } from './records.ts';

/** What stands between two cells; a semicolon is what a Dutch Excel writes. */
export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** The line `sep=;` by which Excel is told the separator; it is no row. */
const excelLine = /^\s*"?sep=(.)"?(?:\r\n?|\n)/i;

/** Takes Excel's line away; what follows begins one line later. */
export function skipExcelLine(start: string): { text: string; skipped: 0 | 1 } {
  const found = excelLine.exec(start);
  return found ? { text: start.slice(found[0].length), skipped: 1 } : { text: start, skipped: 0 };
}

/** Reads the first rows of a text under a separator; the last row may be cut off and is left out. */
export function firstRows(start: string, separator: string, most: number): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = makeRowReader(separator);
  for (const row of reader.write(skipExcelLine(start).text)) if (rows.push(row) >= most) return rows;
  for (const row of reader.end()) if (rows.push(row) >= most) return rows;
  return rows;
}

/** Guesses the separator: the one under which most headers are known, then under which most rows are of one width. */
export function guessSeparator(start: string): Separator {
  const named = excelLine.exec(start)?.[1];
  const told = separators.find((separator) => separator === named);
  if (told) return told;
  const scored = separators.map((separator) => ({ separator, score: scoreOf(start, separator) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).separator;
}

function scoreOf(start: string, separator: Separator): number {
  const rows = firstRows(start, separator, 20);
  const width = rows[0]?.cells?.length ?? 0;
  const known = countKnown(rows[0]?.cells ?? []);
  const even = rows.filter(({ cells }) => cells?.length === width).length / Math.max(1, rows.length);
  return known * 1000 + (width > 1 ? even * 100 + Math.min(width, 99) : 0);
}
