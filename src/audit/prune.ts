import { type Deps, inTransaction } from '../deps.ts';
import type { Db, Time } from '../store/schema.ts';
import { recordEvent } from './audit.ts';
import { checkpointOf, type Seal } from './seals.ts';

const day = 86_400_000;

/** So many batches go in one transaction. */
const atOnce = 20;

/**
 * Removes what the audit need no longer keep, in whole sealed batches; the newest of them stays as a checkpoint that
 * says so under the key. Rows go at most a day after their time. What is not sealed stays.
 */
export async function pruneAudit(
  deps: Pick<Deps, 'db' | 'secrets' | 'now'>,
  keepDays: number,
): Promise<void> {
  const before = deps.now() - keepDays * day;
  const [oldest] = await readOver(deps.db, before - day);
  if (!oldest) return;
  while (await pruneSome(deps, before));
}

/** The first batches that still have their rows, as far as all of them were sealed before this moment. */
async function readOver(db: Db, before: Time): Promise<Seal[]> {
  const seals = await db
    .selectFrom('audit_seals')
    .selectAll()
    .where('checkpoint', 'is', null)
    .orderBy('number')
    .limit(atOnce)
    .execute();
  const young = seals.findIndex(({ at }) => at >= before);
  return young < 0 ? seals : seals.slice(0, young);
}

async function pruneSome(deps: Pick<Deps, 'db' | 'secrets' | 'now'>, before: Time): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const over = await readOver(tx, before);
    const last = over.at(-1);
    const checkpoint = last && checkpointOf(deps.secrets.auditSeal, last);
    if (!last || checkpoint === undefined) return false;
    const { numUpdatedRows } = await tx
      .updateTable('audit_seals')
      .set({ checkpoint })
      .where('number', '=', last.number)
      .where('checkpoint', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await tx.deleteFrom('audit').where('seq', '<=', last.to_seq).execute();
    await tx.deleteFrom('audit_seals').where('number', '<', last.number).execute();
    const rows = over.reduce((sum, { count }) => sum + count, 0);
    await recordEvent(tx, deps.now(), {
      event: 'audit-pruned',
      actor: { kind: 'system' },
      details: { rows, upTo: last.to_seq },
    });
    return true;
  });
}
