import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, readMeta } from './database.ts';
import { isPostgres } from './engine.ts';
import { migrationProvider } from './migrations.ts';
import type { Database, Db, Time } from './schema.ts';
import { tableKeys } from './table-keys.ts';

/** So many rows are held at once. */
const rowsAtOnce = 500;

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof rowSchema>;

const headSchema = z.strictObject({
  format: z.literal('sparekey-export'),
  edition: z.literal(1),
  /** The migrations that its tables are of. */
  version: z.array(z.string()),
  madeAt: z.number(),
  /** The fingerprints of the keys it was sealed with, a line each. */
  keys: z.string(),
});

/** What stands at the top of an export. */
export type ExportHead = z.infer<typeof headSchema>;

const endSchema = z.strictObject({ rows: z.number(), digest: z.string() });

/** The export cannot be taken in; the message says why and what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

async function version(): Promise<string[]> {
  return Object.keys(await migrationProvider.getMigrations()).toSorted();
}

/** Every row of a table in the order of its key, some at a time. */
async function* readTable(tx: Db, name: string, key: readonly string[]): AsyncGenerator<Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let after: Row | undefined;
  for (;;) {
    const last = after;
    const behind = last ? sql`where (${columns}) > (${sql.join(key.map((column) => last[column]))})` : sql``;
    const { rows } = await sql`
      select * from ${sql.table(name)} ${behind} order by ${columns} limit ${sql.lit(rowsAtOnce)}`.execute(
      tx,
    );
    const parsed = z.array(rowSchema).parse(rows);
    if (parsed.length === 0) return;
    yield parsed;
    after = parsed.at(-1);
  }
}

/** Writes out every row of every table as lines of JSON, as they stand at one moment; holds few of them at once. */
export async function* exportLines(db: Database, madeAt: Time): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let rows = 0;
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`;
    digest.update(text);
    return text;
  };
  const tx = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    const keys = (await readMeta(tx, 'key-fingerprints')) ?? '';
    const head: ExportHead = {
      format: 'sparekey-export',
      edition: 1,
      version: await version(),
      madeAt,
      keys,
    };
    yield line(head);
    for (const [table, key] of Object.entries(tableKeys))
      for await (const some of readTable(tx, table, key)) {
        rows += some.length;
        yield some.map((row) => line([table, row])).join('');
      }
    yield `${JSON.stringify({ rows, digest: digest.digest('hex') })}\n`;
  } finally {
    await tx.rollback().execute();
  }
}

/** Reads the first line of an export; throws `CopyRefused` when it is none, or one of another version. */
export async function readHead(line: string): Promise<ExportHead> {
  const head = headSchema.safeParse(parseJson(line));
  if (!head.success) throw new CopyRefused('This file is no export of Sparekey.');
  const own = await version();
  if (head.data.version.join() !== own.join())
    throw new CopyRefused(
      `This export is of another version (${head.data.version.at(-1)}; this one is ${own.at(-1)}): export and import with the same.`,
    );
  return head.data;
}

async function refuseUnlessEmpty(tx: Db): Promise<void> {
  for (const table of Object.keys(tableKeys)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx);
    if (rows.length > 0)
      throw new CopyRefused(
        `The database is not empty (${table} has rows): import into one that was never started with.`,
      );
  }
}

/** Gathers lines of one table, so that many go in at a time. */
class Writer {
  readonly #tx: Db;
  #table = '';
  #rows: Row[] = [];
  count = 0;

  constructor(tx: Db) {
    this.#tx = tx;
  }

  async add(table: string, row: Row): Promise<void> {
    if (table !== this.#table || this.#rows.length >= rowsAtOnce) await this.flush();
    this.#table = table;
    this.#rows.push(row);
    this.count += 1;
  }

  async flush(): Promise<void> {
    const [first] = this.#rows;
    if (!first) return;
    const columns = Object.keys(first);
    const values = this.#rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
    const names = sql.join(columns.map((column) => sql.ref(column)));
    await sql`insert into ${sql.table(this.#table)} (${names}) values ${sql.join(values)}`.execute(this.#tx);
    this.#rows = [];
  }
}

/**
 * Takes an export into a database that has its tables and no rows, in one transaction: all of it or nothing. Throws
 * `CopyRefused` when there are rows already, or the file is not whole. `after` does what belongs in that transaction.
 */
export async function importLines(
  db: Database,
  { head, lines }: { head: string; lines: AsyncIterator<string> },
  after: (tx: Db) => Promise<void>,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    if (isPostgres(tx)) await sql`set local statement_timeout = 0`.execute(tx);
    await refuseUnlessEmpty(tx);
    const writer = new Writer(tx);
    const digest = createHash('sha256').update(`${head}\n`);
    for (let next = await lines.next(); ; next = await lines.next()) {
      if (next.done) throw new CopyRefused('The export ends too early: make it anew.');
      const value = parseJson(next.value);
      const end = endSchema.safeParse(value);
      if (end.success) {
        if (end.data.rows !== writer.count || end.data.digest !== digest.digest('hex'))
          throw new CopyRefused('The export was changed after it was made: make it anew.');
        break;
      }
      digest.update(`${next.value}\n`);
      await writer.add(...z.tuple([z.enum(Object.keys(tableKeys)), rowSchema]).parse(value));
    }
    await writer.flush();
    if (isPostgres(tx))
      await sql`select setval(pg_get_serial_sequence('audit', 'seq'),
        greatest((select coalesce(max(seq), 0) from audit), 1), (select count(*) > 0 from audit))`.execute(
        tx,
      );
    await after(tx);
    return writer.count;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
