import type { Selectable } from 'kysely';
import type { AuditSeal } from '../secrets/audit-seal.ts';
import type { Db, Tables } from '../store/schema.ts';

/** One row of the audit as it stands in the store. */
export type StoredEvent = Selectable<Tables['audit']>;

/** One batch of the audit, chained to the one before. */
export type Seal = Selectable<Tables['audit_seals']>;

/** A row as the text that is sealed: JSON, so that nothing in a field can pass for another field or row. */
function textOf(row: StoredEvent): string {
  const { seq, at, event, actor_kind, actor, subject, outcome, address, details } = row;
  return JSON.stringify([seq, at, event, actor_kind, actor, subject, outcome, address, details]);
}

/** Gives the digest that a seal over these rows must have; undefined when its key is not in the ring. */
export function digestOf(
  auditSeal: AuditSeal,
  seal: Omit<Seal, 'digest' | 'checkpoint'>,
  rows: readonly StoredEvent[],
): string | undefined {
  const { number, from_seq, to_seq, count, at, key_id, previous } = seal;
  const numbers = [number, from_seq, to_seq, count, at].map(String);
  return auditSeal.digest(key_id, ['batch', ...numbers, previous, ...rows.map(textOf)]);
}

/** Gives the digest by which a seal says that its rows and all before them were pruned. */
export function checkpointOf(auditSeal: AuditSeal, { number, key_id, digest }: Seal): string | undefined {
  return auditSeal.digest(key_id, ['checkpoint', String(number), digest]);
}

/** Names the end of the chain, as it stands in the log and can be held against it later. */
export function headOf({ number, digest }: Pick<Seal, 'number' | 'digest'>): string {
  return `${number}.${digest}`;
}

/** Reads the newest seal. */
export async function readLastSeal(db: Db): Promise<Seal | undefined> {
  return db.selectFrom('audit_seals').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** Reads so many rows from one number up to another, both included, in order. */
export async function readRows(
  db: Db,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<StoredEvent[]> {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .limit(limit)
    .execute();
}
