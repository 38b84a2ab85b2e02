import { sql } from 'kysely';
import * as z from 'zod';
import { SealBroken, type Sealing } from '../secrets/sealing.ts';
import type { Db } from '../store/schema.ts';
import { tableKeys } from '../store/table-keys.ts';
import { isSealed, isSealedWith, type SealedColumn, sealedColumns } from './sealed-columns.ts';

const rowsAtOnce = 100;
/** So many broken values are named one by one. */
const namedAtMost = 20;

const rowSchema = z.looseObject({ bound_to: z.string(), sealed: z.string() });

/** A sealed value with the key of its row and to whom it is bound. */
export type SealedRow = z.infer<typeof rowSchema>;

/** Sealed values that no key opens: how many in each column, and where the first stand. Never what is in them. */
export interface Broken {
  count: number;
  inColumn: Map<string, number>;
  /** `people.work_mailbox of the row with id 123`. */
  named: string[];
}

/** Reads some values of a column that this key has not sealed, in the order of the table's key. */
export async function readRows(
  db: Db,
  { table, column, boundTo }: SealedColumn,
  { keyId, after }: { keyId: string; after: SealedRow | undefined },
): Promise<SealedRow[]> {
  const key = tableKeys[table];
  const keyColumns = sql.join(key.map((name) => sql.ref(name)));
  const behind = after ? sql`and (${keyColumns}) > (${sql.join(key.map((name) => after[name]))})` : sql``;
  const bound =
    boundTo.length === 1
      ? sql.ref(boundTo[0] ?? '')
      : sql`coalesce(${sql.join(boundTo.map((name) => sql.ref(name)))})`;
  const { rows } = await sql`
    select ${keyColumns}, ${bound} as bound_to, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${isSealed(column)} and not ${isSealedWith(column, keyId)} ${behind}
    order by ${keyColumns} limit ${sql.lit(rowsAtOnce)}`.execute(db);
  return z.array(rowSchema).parse(rows);
}

/** Opens a value of a column; undefined when it is broken, or its key is not in the ring. */
export function openRow(
  sealing: Pick<Sealing, 'open'>,
  { table, column }: SealedColumn,
  row: SealedRow,
): string | undefined {
  try {
    return sealing.open(row.sealed, { table, person: row.bound_to, column });
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

/** Nothing broken yet. */
export function noneBroken(): Broken {
  return { count: 0, inColumn: new Map(), named: [] };
}

/** Adds a broken value to those that were found. */
export function noteBroken(broken: Broken, { table, column }: SealedColumn, row: SealedRow): void {
  const place = `${table}.${column}`;
  broken.count += 1;
  broken.inColumn.set(place, (broken.inColumn.get(place) ?? 0) + 1);
  if (broken.named.length === namedAtMost) return;
  const key = tableKeys[table].map((name) => `${name} ${String(row[name])}`);
  broken.named.push(`${place} of the row with ${key.join(', ')}`);
}

/** Looks through what this key has not sealed for values that cannot be opened. */
export async function findBroken(db: Db, sealing: Pick<Sealing, 'open'>, keyId: string): Promise<Broken> {
  const broken = noneBroken();
  for (const column of sealedColumns) {
    let after: SealedRow | undefined;
    do {
      const rows = await readRows(db, column, { keyId, after });
      for (const row of rows)
        if (openRow(sealing, column, row) === undefined) noteBroken(broken, column, row);
      after = rows.at(-1);
    } while (after);
  }
  return broken;
}
