import { join } from 'node:path';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';
import { type Encoding, encodings } from './encoding.ts';
import { type ImportSettings, importSettings } from './settings.ts';

/** What came of a row. */
export const outcomes = ['created', 'updated', 'disabled', 'same', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];
export type Totals = Record<Outcome, number>;

/**
 * `uploaded` waits for its dry run, `checking` is in it, `checked` waits to be run, `running` writes; `cancelled` and
 * `done` are at their end; `interrupted` (the server stopped) and `failed` can be run on from where they stopped.
 */
export const importStates = [
  'uploaded',
  'checking',
  'checked',
  'running',
  'done',
  'cancelled',
  'interrupted',
  'failed',
] as const;
export type ImportState = (typeof importStates)[number];

const told = z.strictObject({
  line: z.number(),
  userName: z.string(),
  column: z.string().nullable(),
  problem: z.string(),
  message: z.string(),
});

/** One of the first problems, in words. */
export type ToldProblem = z.infer<typeof told>;

/** An import as it is kept. */
export interface Import {
  id: string;
  fileName: string;
  bytes: number;
  encoding: Encoding;
  settings: ImportSettings;
  uploadedBy: string;
  uploadedAt: Time;
  language: Language;
  state: ImportState;
  startedAt: Time | null;
  finishedAt: Time | null;
  rowsBefore: number;
  rowsDone: number;
  bytesDone: number;
  lastLine: number;
  rowsTotal: number | null;
  totals: Totals;
  problems: ToldProblem[];
}

/** Nothing has come of any row yet. */
export function noTotals(): Totals {
  return { created: 0, updated: 0, disabled: 0, same: 0, refused: 0 };
}

const count = z.int().min(0);
const totals = z.strictObject({
  created: count,
  updated: count,
  disabled: count,
  same: count,
  refused: count,
});

function importOf(row: Selectable<Tables['imports']>): Import {
  return {
    id: row.id,
    fileName: row.file_name,
    bytes: row.bytes,
    encoding: z.enum(encodings).parse(row.encoding),
    settings: importSettings.parse(JSON.parse(row.settings)),
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at,
    language: z.enum(languages).parse(row.language),
    state: z.enum(importStates).parse(row.state),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    rowsBefore: row.rows_before,
    rowsDone: row.rows_done,
    bytesDone: row.bytes_done,
    lastLine: row.last_line,
    rowsTotal: row.rows_total,
    totals: totals.parse(JSON.parse(row.totals)),
    problems: z.array(told).parse(JSON.parse(row.problems)),
  };
}

/** Reads an import. */
export async function readImport(db: Db, id: string): Promise<Import | undefined> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
  return row && importOf(row);
}

/** Reads the imports there are, newest first. */
export async function listImports(db: Db): Promise<Import[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .orderBy('uploaded_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map(importOf);
}

/** The folder in which uploaded files wait until they are done with. */
export function importFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'imports');
}

/** The uploaded file of an import; its name is the id, never what somebody called it. */
export function fileOf(config: Pick<Config, 'dataDir'>, id: string): string {
  return join(importFolder(config), `${id}.csv`);
}
