import { type Parser, parse } from 'csv-parse';

/** One row of a CSV file with the line it begins on; no cells when a quote that never closes has spoilt the line. */
export interface CsvRow {
  line: number;
  cells: readonly string[] | null;
}

/** Reads rows from text that comes in pieces of whole characters, of any length, with line ends of any kind. */
export interface RowReader {
  write(text: string): Iterable<CsvRow>;
  end(): Iterable<CsvRow>;
}

/** How much the parser is given at once: what follows a spoilt line is read again from its next line on. */
const pieceSize = 8 * 1024;
/** Longer than any row of people can be: whoever quotes more has forgotten to close a quote. */
const longestRow = 64 * 1024;
const lineEnd = 10;

interface Parsed {
  record: string[];
  info: { bytes: number; lines: number };
}

interface Reading {
  separator: string;
  parser: Parser;
  /** What has come in and is not yet given out as rows. */
  pending: Buffer;
  /** How much of `pending` the parser has been given. */
  given: number;
  /** How many bytes of this parser come before `pending`. */
  before: number;
  /** The line this parser began on, and the one on which `pending` begins. */
  firstLine: number;
  line: number;
  /** Cells of the header. */
  width: number | null;
}

/**
 * Makes a reader of comma-separated values (RFC 4180) under any separator. A quote in the middle of a cell is part of
 * it; one that opens and does not close costs its own line and no other. Empty lines are no rows.
 */
export function makeRowReader(separator: string): RowReader {
  const reading: Reading = {
    separator,
    parser: makeParser(separator),
    pending: Buffer.alloc(0),
    given: 0,
    before: 0,
    firstLine: 1,
    line: 1,
    width: null,
  };
  let carried = '';
  return {
    *write(text) {
      // Half of a line end waits for its other half.
      const whole = carried + text;
      carried = whole.endsWith('\r') ? '\r' : '';
      const plain = (carried ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
      reading.pending = Buffer.concat([reading.pending, Buffer.from(plain.toWellFormed())]);
      yield* readOn(reading);
    },
    *end() {
      // The parser looks a few bytes ahead.
      reading.pending = Buffer.concat([reading.pending, Buffer.from('\n\n\n\n\n')]);
      yield* readOn(reading);
      while (reading.pending.some((byte) => byte !== lineEnd)) {
        yield giveUpLine(reading);
        yield* readOn(reading);
      }
    },
  };
}

function makeParser(separator: string): Parser {
  return parse({
    delimiter: separator,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 0,
  });
}

function* readOn(reading: Reading): Generator<CsvRow> {
  for (;;) {
    const parsed: Parsed | null = reading.parser.read();
    if (parsed !== null) {
      const row = rowOf(reading, parsed);
      if (row.cells?.every((cell) => cell.trim() === '')) continue;
      yield row;
    } else if (reading.given > longestRow) yield giveUpLine(reading);
    else if (reading.given < reading.pending.length) giveMore(reading);
    else return;
  }
}

function giveMore(reading: Reading): void {
  const piece = reading.pending.subarray(reading.given, reading.given + pieceSize);
  reading.given += piece.length;
  reading.parser.write(piece);
}

function rowOf(reading: Reading, { record, info }: Parsed): CsvRow {
  const long = record.filter((cell) => cell.includes('\n'));
  reading.width ??= record.length;
  if (long.length > 0 && isSpoilt(reading, { record, long })) return giveUpLine(reading);
  const extraLines = long.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
  const last = reading.firstLine + info.lines - 1;
  takeOff(reading, info.bytes - reading.before);
  reading.line = last + 1;
  return { line: last - extraLines, cells: record };
}

/** Tells a cell of several lines from rows that an open quote has swallowed. */
function isSpoilt(
  { width, separator }: Reading,
  { record, long }: { record: readonly string[]; long: readonly string[] },
): boolean {
  if (record.length !== width) return true;
  // The parser keeps the opening quote of a cell whose closing quote stands in the middle of another.
  if (long.some((cell) => cell.startsWith('"'))) return true;
  const inner = long.flatMap((cell) => cell.split('\n').slice(1, -1));
  return width > 1 && inner.some((line) => line.split(separator).length === width);
}

function takeOff(reading: Reading, bytes: number): void {
  reading.pending = reading.pending.subarray(bytes);
  reading.given -= bytes;
  reading.before += bytes;
}

/** Gives up the line on which `pending` begins, and begins anew with a fresh parser on the line behind it. */
function giveUpLine(reading: Reading): CsvRow {
  let start = 0;
  while (reading.pending[start] === lineEnd) start += 1;
  const line = reading.line + start;
  const end = reading.pending.indexOf(lineEnd, start);
  reading.pending = reading.pending.subarray(end < 0 ? reading.pending.length : end + 1);
  reading.parser = makeParser(reading.separator);
  reading.given = 0;
  reading.before = 0;
  reading.firstLine = line + 1;
  reading.line = line + 1;
  return { line, cells: null };
}
