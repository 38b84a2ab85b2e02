import { sql } from 'kysely';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import { addressedMethodSchema } from '../methods/method.ts';
import type { HeldKeys } from '../secrets/held-keys.ts';
import { type Lease, takeLease } from '../store/lease.ts';
import { tableKeys } from '../store/table-keys.ts';
import { nodesNotUsing } from './follow.ts';
import { readProgress, type SealedColumn, sealedColumns } from './sealed-columns.ts';
import { type Broken, noneBroken, noteBroken, openRow, readRows, type SealedRow } from './sealed-rows.ts';
import { readSealingAnew, type SealingAnew, wasSealedBefore, writeSealingAnew } from './sealing-anew.ts';

const leaseLength = 60_000;
/** A broken value may have been mended: so often it is looked at again. Milliseconds. */
const lookAgainAfter = 10 * 60_000;

type Needs = Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>;

/** One walk through everything that is sealed. */
interface Walk {
  state: SealingAnew;
  broken: Broken;
  lease: Lease;
  stop: AbortSignal;
}

/**
 * Seals with the key in use whatever an older one sealed, one node at a time, until nothing is left; what is cut off is
 * gone on with at the next call. A value that somebody changes meanwhile is left as they made it; one that cannot be
 * opened is named in the log, and keeps nothing else from being done.
 */
export async function sealAnew(deps: Needs, keys: HeldKeys, stop: AbortSignal): Promise<void> {
  const inUse = keys.inUse();
  const before = await readSealingAnew(deps.db, inUse.data);
  if (before && !isToLookAgain(before, deps.now())) return;
  const lease = await takeLease(deps.db, 'sealing anew', { now: deps.now, length: leaseLength });
  if (!lease) return;
  try {
    const walk = { state: await stateOf(deps, inUse.data), broken: noneBroken(), lease, stop };
    const isWhole = await sealColumns(deps, walk);
    // A node that has not heard of the key yet may seal another value with the one before.
    if (!isWhole || (await nodesNotUsing(deps.db, inUse, deps.now())).length > 0) return;
    await finish(deps, walk, before);
  } finally {
    await lease.release();
  }
}

function isToLookAgain({ broken, finishedAt }: SealingAnew, now: number): boolean {
  return finishedAt === null || (broken > 0 && now >= finishedAt + lookAgainAfter);
}

async function stateOf({ db }: Needs, key: string): Promise<SealingAnew> {
  const progress = await readProgress(db, key);
  const sum = (count: 'done' | 'total') => progress.reduce((all, one) => all + one[count], 0);
  return { key, done: sum('done'), total: sum('total'), broken: 0, finishedAt: null };
}

async function sealColumns(deps: Needs, walk: Walk): Promise<boolean> {
  for (const column of sealedColumns) {
    let after: SealedRow | undefined;
    for (;;) {
      if (walk.stop.aborted || !(await walk.lease.renew())) return false;
      const rows = await readRows(deps.db, column, { keyId: walk.state.key, after });
      if (rows.length === 0) break;
      await sealRows(deps, walk, { column, rows });
      after = rows.at(-1);
    }
  }
  return true;
}

/** Seals some values anew, each only while it is as it was read. */
async function sealRows(
  deps: Needs,
  { state, broken }: Walk,
  { column: place, rows }: { column: SealedColumn; rows: readonly SealedRow[] },
): Promise<void> {
  const { table, column } = place;
  const { sealing } = deps.secrets;
  const opened = rows.flatMap((row) => {
    const text = openRow(sealing, place, row);
    if (text === undefined) noteBroken(broken, place, row);
    return text === undefined ? [] : [{ row, text }];
  });
  state.done += opened.length;
  state.broken = broken.count;
  await inTransaction(deps.db, async (tx) => {
    for (const { row, text } of opened) {
      const anew = sealing.seal(text, { table, person: row.bound_to, column });
      const same = tableKeys[table].map((name) => sql`${sql.ref(name)} = ${row[name]}`);
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew} ${beside(deps, place, text)}
        where ${sql.join(same, sql` and `)} and ${sql.ref(column)} = ${row.sealed}`.execute(tx);
    }
    await writeSealingAnew(tx, state);
  });
}

/** The fingerprint beside a sealed method is made anew with it, so that none stays on an old key. */
function beside(deps: Needs, { fingerprinted }: SealedColumn, text: string) {
  if (!fingerprinted) return sql``;
  const method = addressedMethodSchema.parse(JSON.parse(text));
  return sql`, ${sql.ref('destination')} = ${destinationFingerprint(deps, method)}`;
}

async function finish(
  { db, now, log }: Needs,
  { state, broken }: Walk,
  before: SealingAnew | undefined,
): Promise<void> {
  const wasFinished = (before?.finishedAt ?? null) !== null;
  await inTransaction(db, async (tx) => {
    // The first look through a new house is none that anybody asked for.
    const isFirst = !(await wasSealedBefore(tx));
    await writeSealingAnew(tx, { ...state, finishedAt: now() });
    if (wasFinished || isFirst) return;
    const details = { key: state.key, values: state.done, unopenable: state.broken };
    await recordEvent(tx, now(), { event: 'data-sealed-anew', actor: { kind: 'system' }, details });
  });
  log.info('everything is sealed with the key in use');
  if (state.broken > 0)
    log.warn(
      { count: state.broken, places: broken.named },
      'sealed values cannot be opened: they stay as they are',
    );
}
