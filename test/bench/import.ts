import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { readConfig } from '../../src/config/config.ts';
import { openHouse } from '../../src/house.ts';
import type { Figure } from './figures.ts';
import { importOnce } from './import-file.ts';

const megabyte = 1024 ** 2;

/** What importing so many rows took, beside inserting the very same rows, prepared, in the same run. */
export interface ImportFigures {
  rows: number;
  importedPerSecond: number;
  insertedPerSecond: number;
  /** Import rate as a part of the insert rate: at least 0.25 is wanted. */
  ratio: number;
  checkedPerSecond: number;
  repeatedPerSecond: number;
  /** Peak resident memory while importing, and that of the house before, in MB. */
  peakMegabytes: number;
  startMegabytes: number;
}

const tables = [
  'people',
  'memberships',
  'search_keys',
  'embedded_accounts',
  'registrations',
  'audit',
] as const;
const perCommit = 250;

/** Inserts all that an import has written into an empty database of the same shape, by prepared statements. */
function insertPrepared(from: string, into: string): number {
  const source = new DatabaseSync(from);
  const target = new DatabaseSync(into);
  target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const shapes = source
    .prepare(
      "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type desc",
    )
    .all();
  for (const { sql } of shapes) target.exec(String(sql));
  let seconds = 0;
  const people = source.prepare('select id, user_name from people order by rowid').all();
  const inserts = tables.map((table) => statementsFor(source, target, table));
  for (let at = 0; at < people.length; at += perCommit) {
    const some = people.slice(at, at + perCommit);
    const prepared = inserts.map(({ from: column, read, insert }) => ({
      insert,
      rows: some.flatMap((person) => read.all(person[column] ?? null)),
    }));
    const begun = performance.now();
    target.exec('begin');
    for (const { insert, rows } of prepared) for (const row of rows) insert.run(...Object.values(row));
    target.exec('commit');
    seconds += (performance.now() - begun) / 1000;
  }
  source.close();
  target.close();
  return seconds;
}

/** By which column a table is read, and which value of a person it holds. */
const keys = {
  people: ['id', 'id'],
  memberships: ['person_id', 'id'],
  search_keys: ['user_name', 'user_name'],
  embedded_accounts: ['user_name', 'user_name'],
  registrations: ['person_id', 'id'],
  audit: ['subject', 'id'],
} as const;

function statementsFor(source: DatabaseSync, target: DatabaseSync, table: (typeof tables)[number]) {
  const [column, from] = keys[table];
  const columns = source.prepare(`select name from pragma_table_info('${table}')`).all();
  const marks = columns.map(() => '?').join(', ');
  return {
    from,
    read: source.prepare(`select * from ${table} where ${column} = ?`),
    insert: target.prepare(`insert into ${table} values (${marks})`),
  };
}

/** Imports so many rows into an empty house, each with four sealed fields, two groups and an account; then inserts the same. */
async function benchOnce(rows: number): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-bench-'));
  const sink = createWriteStream(join(folder, 'terminal'));
  try {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const house = await openHouse(config, { now: Date.now, terminal: sink, log: pino({ level: 'error' }) });
    const [start, peak] = [process.memoryUsage.rss(), { bytes: 0 }];
    const first = await importOnce(house.deps, rows, peak);
    const again = await importOnce(house.deps, rows, peak);
    await house.close();
    const inserted = insertPrepared(config.databaseFile, join(folder, 'raw.db'));
    return {
      rows,
      importedPerSecond: rows / first.ran,
      insertedPerSecond: rows / inserted,
      ratio: inserted / first.ran,
      checkedPerSecond: rows / first.checked,
      repeatedPerSecond: rows / again.ran,
      peakMegabytes: peak.bytes / megabyte,
      startMegabytes: start / megabyte,
    };
  } finally {
    sink.end();
    await once(sink, 'close');
    await rm(folder, { recursive: true, force: true });
  }
}

/** How much more memory an import may take than the house without it, however many rows there are. */
const mostMegabytes = 400;

function figuresOf(one: ImportFigures): Figure[] {
  const of = `${one.rows} rows`;
  return [
    { name: `${of}: imported`, value: one.importedPerSecond, unit: 'a second' },
    { name: `${of}: the same rows inserted, prepared`, value: one.insertedPerSecond, unit: 'a second' },
    {
      ...{ name: `${of}: import against insert`, value: one.ratio * 100, unit: '%' },
      limit: { at: 'least', value: 25 },
    },
    { name: `${of}: dry run`, value: one.checkedPerSecond, unit: 'a second' },
    { name: `${of}: repeated, nothing to change`, value: one.repeatedPerSecond, unit: 'a second' },
    {
      ...{
        name: `${of}: memory while importing`,
        value: one.peakMegabytes - one.startMegabytes,
        unit: 'MB more',
      },
      limit: { at: 'most', value: mostMegabytes },
    },
  ];
}

/** Measures imports of each of these sizes, one after the other. */
export async function benchImport(sizes: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const rows of sizes) figures.push(...figuresOf(await benchOnce(rows)));
  return figures;
}
