import { type Actor, type AuditEntry, recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Person } from './person.ts';

/** What acting on a person's row needs. */
export interface Acting {
  db: Db;
  now(): Time;
}

/** Whom an administrator acts on, who it is, and from which network address if any. */
export interface Act {
  person: Person;
  actor: Actor;
  address?: string | undefined;
}

/** What every audit event of an act has in common. */
export function actOn({ person, actor, address }: Act): Pick<AuditEntry, 'actor' | 'subject' | 'address'> {
  return { actor, subject: person.id, ...(address === undefined ? {} : { address }) };
}

/**
 * Raises the revision of a person, in the transaction of a change by an administrator; false when the person has
 * another revision than the change is based on: somebody else changed it meanwhile.
 */
export async function raiseRevision(tx: Db, personId: string, basedOn?: number): Promise<boolean> {
  let query = tx
    .updateTable('people')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .where('id', '=', personId);
  if (basedOn !== undefined) query = query.where('revision', '=', basedOn);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Asks a person to register or check again; done once every method is checked after this moment. */
export async function demandRegistration(deps: Acting, act: Act): Promise<void> {
  const { person } = act;
  await inTransaction(deps.db, async (tx) => {
    await tx.updateTable('people').set({ demanded_at: deps.now() }).where('id', '=', person.id).execute();
    await raiseRevision(tx, person.id);
    await recordEvent(tx, deps.now(), { event: 'registration-demanded', ...actOn(act) });
  });
}

/** Lifts the block of a person who said “this was not me”: signing in and resetting are possible again. */
export async function liftBlock(deps: Acting, act: Act): Promise<{ result: 'lifted' | 'not-blocked' }> {
  const { person } = act;
  return inTransaction(deps.db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('people')
      .set({ blocked_at: null, blocked_why: null })
      .where('id', '=', person.id)
      .where('blocked_at', 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return { result: 'not-blocked' };
    await raiseRevision(tx, person.id);
    await recordEvent(tx, deps.now(), { event: 'block-lifted', ...actOn(act) });
    return { result: 'lifted' };
  });
}
