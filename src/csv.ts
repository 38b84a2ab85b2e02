/** What stands in one cell; null is an empty cell. */
export type CsvCell = string | number | boolean | null;

/** What spreadsheets take for the end of a cell: it must stay harmless under each of them. */
const cellEnd = '[,;\\t|\\n]|\\r(?!\\n)';

/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), as full-width letters too. */
const formula = '=+\\-@\\uff0b\\uff0d\\uff1d\\uff20\\u2212';

/** The start of a cell under any separator, what a spreadsheet skips there, and then a formula. */
const wouldRun = new RegExp(`(?<=^|${cellEnd})(?=[\\s\\p{Cc}"']*[${formula}])`, 'gu');

/** Writes a text so that no spreadsheet runs it: an apostrophe comes before whatever could be taken for a formula (S57). */
export function defuseFormula(text: string): string {
  return text.replace(wouldRun, "'");
}

function csvCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const harmless = defuseFormula(cell.toWellFormed().replaceAll('\u0000', '\ufffd'));
  return /[",;\t|\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One row of a CSV file with its line end (RFC 4180; UTF-8), no cell of which a spreadsheet runs (S57). */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
