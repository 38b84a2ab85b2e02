import { z } from '@hono/zod-openapi';
import { type CsvCell, csvLine } from '../csv.ts';
import type { DoorContext } from './door.ts';

/** The forms in which a list can be taken out of the house. */
export const exportFormat = z.enum(['csv', 'json', 'ndjson']).default('csv');

/** A list on its way out: its rows by the page, and the cells of a row in the order of the columns. */
export interface Exported<Row> {
  format: z.infer<typeof exportFormat>;
  /** The name of the file, without its ending. */
  name: string;
  columns: readonly string[];
  cells(row: Row): CsvCell[];
  pages: AsyncIterable<readonly Row[]>;
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

/** A streamed list, for a route's description. */
export function exportedList(description: string) {
  const schema = z.string();
  const content = {
    'text/csv': { schema },
    'application/x-ndjson': { schema },
    'application/json': { schema },
  };
  return { description, content };
}

/** Answers a list page by page, so that a million rows take no more memory than one page. */
export function streamExport<Row>(c: DoorContext, exported: Exported<Row>): Response {
  const { format, name } = exported;
  const headers = {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="${name}.${format}"`,
    'Cache-Control': 'no-store',
  };
  return c.body(streamOf(chunksOf(exported)), 200, headers);
}

/** Asks for a page when the reader is ready for it, and for no more once the reader has left. */
function streamOf(chunks: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = await chunks.next();
      if (chunk.done) controller.close();
      else controller.enqueue(chunk.value);
    },
    async cancel() {
      await chunks.return();
    },
  });
}

/** Writes JSON that is safe to show in a terminal and means the same: nothing in it steers the terminal. */
export function safeJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

async function* chunksOf<Row>(exported: Exported<Row>): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  const write = writerOf(exported);
  yield encoder.encode(write.start);
  let first = true;
  for await (const page of exported.pages) {
    if (page.length === 0) continue;
    yield encoder.encode((first ? '' : write.between) + page.map(write.row).join(write.between));
    first = false;
  }
  yield encoder.encode(write.end);
}

interface Writer<Row> {
  start: string;
  row(row: Row): string;
  between: string;
  end: string;
}

function writerOf<Row>({ format, columns, cells }: Exported<Row>): Writer<Row> {
  switch (format) {
    case 'csv':
      return { start: csvLine(columns), row: (row) => csvLine(cells(row)), between: '', end: '' };
    case 'ndjson':
      return { start: '', row: (row) => `${safeJson(row)}\n`, between: '', end: '' };
    case 'json':
      return { start: '[', row: safeJson, between: ',\n', end: ']\n' };
  }
}
