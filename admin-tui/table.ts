import { plain } from './plain.ts';

const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

const segmenter = new Intl.Segmenter();
/** What most of a screen is: a letter is a column. */
const ascii = /^[\x20-\x7e]*$/;

/** Columns a text takes in a terminal: letters with their accents one, Chinese and the like two. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  const letters = [...segmenter.segment(text)];
  return letters.reduce((width, { segment }) => width + (wide.test(segment) ? 2 : 1), 0);
}

/** Aligns rows in columns two spaces apart: plain text, no lines, nothing behind the last column. */
export function tableLines(rows: readonly (readonly string[])[], atLeast: readonly number[] = []): string[] {
  const cells = rows.map((row) => row.map(plain));
  const widths = columnWidths(cells, atLeast);
  return cells.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}

/** The width each column needs, and at least the widths given. */
export function columnWidths(
  rows: readonly (readonly string[])[],
  atLeast: readonly number[] = [],
): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, index) =>
    Math.max(atLeast[index] ?? 0, ...rows.map((row) => widthOf(plain(row[index] ?? '')))),
  );
}
