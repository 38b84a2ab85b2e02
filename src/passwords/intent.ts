import type { Selectable } from 'kysely';
import { z } from 'zod';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { NewPassword } from '../directory/directory.ts';
import type { Person } from '../people/person.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Tables } from '../store/schema.ts';

/** Longer than any directory takes to answer, so that only a crash lets it run out; milliseconds. */
export const intentLease = 60_000;

/** Why a password is set: the old one is not known, it is, or it was a first one. */
export const reasons = ['reset', 'access-code', 'change', 'first-password'] as const;
export type Reason = (typeof reasons)[number];

/** A password on its way into the directory, written down before it is set: what a crash cuts off is taken up again. */
export interface Intent {
  id: string;
  personId: string;
  reason: Reason;
  /** What of the password may be kept, and the mark of the one before. */
  kept: string | null;
  mark: string | null;
  publicKey: string;
  wrappedPrivateKey: string;
  keepsAnswers: boolean;
  address: string;
}

/** What an intent is begun with. */
export interface Begun {
  person: Person;
  reason: Reason;
  next: NewPassword;
  keys: { publicKey: string; wrappedPrivateKey: string; keepsAnswers: boolean };
  address: string;
  /** Consumes what gives the right to set it, in the same transaction; false: nothing is begun. */
  claim(tx: Db): Promise<boolean>;
}

/** Opens a stored intent. */
export function intentOf(row: Selectable<Tables['password_intents']>): Intent {
  return {
    id: row.id,
    personId: row.person_id,
    reason: z.enum(reasons).parse(row.reason),
    kept: row.kept,
    mark: row.mark,
    publicKey: row.public_key,
    wrappedPrivateKey: row.wrapped_private_key,
    keepsAnswers: row.keeps_answers === 1,
    address: row.address,
  };
}

/** Holds the person's row until the transaction ends, if the person may still go on: of two that set a password, one does. */
async function holdPerson(tx: Db, person: Person): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set((row) => ({ session_epoch: row.ref('session_epoch') }))
    .where('id', '=', person.id)
    .where('session_epoch', '=', person.sessionEpoch)
    .where('disabled_at', 'is', null)
    .where('blocked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function insertIntent(tx: Db, { now, config }: Deps, { person, next, keys, ...begun }: Begun) {
  const at = now();
  return tx
    .insertInto('password_intents')
    .values({
      person_id: person.id,
      id: newId(),
      reason: begun.reason,
      kept: next.kept,
      mark: next.mark,
      public_key: keys.publicKey,
      wrapped_private_key: keys.wrappedPrivateKey,
      keeps_answers: keys.keepsAnswers ? 1 : 0,
      address: begun.address,
      begun_at: at,
      lease_until: at + intentLease,
      lease_owner: config.node,
    })
    .onConflict((c) => c.column('person_id').doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Writes an intent down; undefined when the person may not go on, the right to it is gone, or another is under way. */
export async function beginIntent(deps: Deps, begun: Begun): Promise<Intent | undefined> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await holdPerson(tx, begun.person))) return undefined;
    const row = await insertIntent(tx, deps, begun);
    if (!row) return undefined;
    if (await begun.claim(tx)) return intentOf(row);
    await tx.deleteFrom('password_intents').where('id', '=', row.id).execute();
    return undefined;
  });
}

/** Gives an intent up whose password was not set: the old one works. */
export async function giveIntentUp(
  deps: Deps,
  { id, personId, reason, address }: Intent,
  release?: (tx: Db) => Promise<void>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await tx.deleteFrom('password_intents').where('id', '=', id).execute();
    await tx
      .updateTable('resets')
      .set({ ended_as: 'stopped' })
      .where('person_id', '=', personId)
      .where('ended_as', '=', 'setting')
      .execute();
    await release?.(tx);
    await recordEvent(tx, deps.now(), {
      event: 'password-not-set',
      actor: { kind: 'system' },
      subject: personId,
      outcome: 'refused',
      address,
      details: { reason },
    });
  });
}
