import { setImmediate } from 'node:timers/promises';
import { normaliseUserName } from '../people/user-name.ts';
import { type Encoding, readText } from './encoding.ts';
import type { RowProblem } from './problem.ts';
import { type CsvRow, makeRowReader } from './records.ts';
import { type ReadRow, readRow } from './row.ts';
import type { RowRules } from './rules.ts';
import { makeSeenNames, type SeenNames } from './seen-names.ts';
import { type Separator, skipExcelLine } from './separator.ts';

/** Rows that are judged and written together, and how much of the file has been read with them. */
export interface Batch {
  rows: ReadRow[];
  bytesRead: number;
}

/** Where rows come from, by which rules they are read, and from where on. */
export interface Source {
  file: string;
  encoding: Encoding;
  separator: Separator;
  rules: RowRules;
  /** Rows that an earlier run has done; they only count as seen. */
  skip: number;
  batchSize: number;
}

/** So many rows are read before others get a turn. */
const rowsInTurn = 50;

/** Reads the rows of a file batch by batch, never holding more than one; pages get their turns in between. */
export async function* readBatches(source: Source): AsyncGenerator<Batch> {
  const seen = makeSeenNames();
  let batch: Batch = { rows: [], bytesRead: 0 };
  let count = 0;
  for await (const { row, bytesRead } of readLines(source)) {
    const read = refuseTwice(readRow(source.rules, row), { seen, rules: source.rules });
    count += 1;
    if (count % rowsInTurn === 0) await setImmediate();
    if (count <= source.skip) continue;
    batch.rows.push(read);
    batch.bytesRead = bytesRead;
    if (batch.rows.length < source.batchSize) continue;
    yield batch;
    batch = { rows: [], bytesRead };
  }
  if (batch.rows.length > 0) yield batch;
}

/** Every row behind the header, with how far the file has been read. */
async function* readLines(source: Source): AsyncGenerator<{ row: CsvRow; bytesRead: number }> {
  const reader = makeRowReader(source.separator);
  let header = true;
  let skippedLines = 0;
  let read = 0;
  const placed = (row: CsvRow) => ({ row: { ...row, line: row.line + skippedLines }, bytesRead: read });
  for await (const { text, bytesRead } of readText(source.file, { encoding: source.encoding })) {
    const start = read === 0 ? skipExcelLine(text) : { text, skipped: 0 };
    skippedLines += start.skipped;
    read = bytesRead;
    for (const row of reader.write(start.text)) {
      if (!header) yield placed(row);
      header = false;
    }
  }
  for (const row of reader.end()) {
    if (!header) yield placed(row);
    header = false;
  }
}

/** Of rows with the same user name the first counts, whatever comes of it. */
function refuseTwice(read: ReadRow, { seen, rules }: { seen: SeenNames; rules: RowRules }): ReadRow {
  const { line, userName } = read.result === 'row' ? read.row : read;
  const name = normaliseUserName(userName);
  if (name === '') return read;
  const before = seen.add(name, line);
  if (before === undefined) return read;
  const place = rules.places.get('userName') ?? 0;
  const column = rules.columns[place]?.header ?? null;
  const problems: RowProblem[] = [{ code: 'user-name-twice', column, detail: before }];
  return { result: 'refused', line, userName, problems };
}
