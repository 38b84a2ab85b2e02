import { sql } from 'kysely';
import * as z from 'zod';
import { type Deps, inTransaction } from '../deps.ts';
import type { HeldKeys } from '../secrets/held-keys.ts';
import { SealBroken } from '../secrets/sealing.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import { type Lease, takeLease } from '../store/lease.ts';
import type { Db } from '../store/schema.ts';
import { tableKeys } from '../store/table-keys.ts';
import { nodesNotUsing } from './follow.ts';
import { isSealedWith, type SealedColumn, sealedColumns } from './sealed-columns.ts';

const rowsAtOnce = 100;
const leaseLength = 60_000;
/** The data key with which all is sealed that there is. */
export const sealedAll = 'keys-sealed-with';

const rowSchema = z.looseObject({ bound_to: z.string(), sealed: z.string() });
type Row = z.infer<typeof rowSchema>;

type Needs = Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>;

/**
 * Seals with the key in use whatever an older one sealed, one node at a time, until nothing is left; what is cut off is
 * gone on with at the next call. A value that somebody changes meanwhile is left as they made it.
 */
export async function sealAnew(deps: Needs, keys: HeldKeys, stop: AbortSignal): Promise<void> {
  const inUse = keys.inUse();
  if ((await readMeta(deps.db, sealedAll)) === inUse.data) return;
  const lease = await takeLease(deps.db, 'sealing anew', { now: deps.now, length: leaseLength });
  if (!lease) return;
  try {
    const isWhole = await sealColumns(deps, { keyId: inUse.data, lease, stop });
    // A node that has not heard of the key yet may seal another value with the one before.
    if (!isWhole || (await nodesNotUsing(deps.db, inUse, deps.now())).length > 0) return;
    await writeMeta(deps.db, sealedAll, inUse.data);
    deps.log.info('everything is sealed with the key in use');
  } finally {
    await lease.release();
  }
}

async function sealColumns(
  deps: Needs,
  { keyId, lease, stop }: { keyId: string; lease: Lease; stop: AbortSignal },
): Promise<boolean> {
  let broken = 0;
  for (const column of sealedColumns) {
    let after: Row | undefined;
    for (;;) {
      if (stop.aborted || !(await lease.renew())) return false;
      const rows = await readRows(deps.db, column, { keyId, after });
      if (rows.length === 0) break;
      broken += await sealRows(deps, column, rows);
      after = rows.at(-1);
    }
  }
  if (broken > 0) deps.log.warn({ broken }, 'some sealed values cannot be opened: they stay as they are');
  return broken === 0;
}

async function readRows(
  db: Db,
  { table, column, boundTo }: SealedColumn,
  { keyId, after }: { keyId: string; after: Row | undefined },
): Promise<Row[]> {
  const key = tableKeys[table];
  const keyColumns = sql.join(key.map((name) => sql.ref(name)));
  const behind = after ? sql`and (${keyColumns}) > (${sql.join(key.map((name) => after[name]))})` : sql``;
  const bound =
    boundTo.length === 1
      ? sql.ref(boundTo[0] ?? '')
      : sql`coalesce(${sql.join(boundTo.map((name) => sql.ref(name)))})`;
  const { rows } = await sql`
    select ${keyColumns}, ${bound} as bound_to, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(column)} is not null and not ${isSealedWith(column, keyId)} ${behind}
    order by ${keyColumns} limit ${sql.lit(rowsAtOnce)}`.execute(db);
  return z.array(rowSchema).parse(rows);
}

/** Seals some values anew, each only while it is as it was read; gives how many could not be opened. */
async function sealRows(deps: Needs, { table, column }: SealedColumn, rows: readonly Row[]): Promise<number> {
  const sealed = rows.map((row) => sealRow(deps, { table, column, row }));
  await inTransaction(deps.db, async (tx) => {
    for (const [at, row] of rows.entries()) {
      const anew = sealed[at];
      if (anew === undefined) continue;
      const same = tableKeys[table].map((name) => sql`${sql.ref(name)} = ${row[name]}`);
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew}
        where ${sql.join(same, sql` and `)} and ${sql.ref(column)} = ${row.sealed}`.execute(tx);
    }
  });
  return sealed.filter((anew) => anew === undefined).length;
}

function sealRow(
  { secrets }: Needs,
  { table, column, row }: { table: string; column: string; row: Row },
): string | undefined {
  const binding = { table, person: row.bound_to, column };
  try {
    return secrets.sealing.seal(secrets.sealing.open(row.sealed, binding), binding);
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}
