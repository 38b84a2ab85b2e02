import { tellAdministrators } from '../administrators/tell.ts';
import { type AuditEvent, ownAct, recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { nameKey } from '../limits/directory-locks.ts';
import { clearSignInLocks } from '../limits/sign-in-lock.ts';
import { tellOfPasswordChange, tellOfReset } from '../notices/tell-person.ts';
import { type Person, readPerson } from '../people/person.ts';
import { readPolicy } from '../policy/versions.ts';
import { forgetMethods } from '../registrations/forget-methods.ts';
import type { Db } from '../store/schema.ts';
import type { Intent, Reason } from './intent.ts';

const events = {
  reset: 'password-reset',
  'access-code': 'password-reset',
  change: 'password-changed',
  'first-password': 'first-password-changed',
} as const satisfies Record<Reason, AuditEvent>;

/** Ends every session, in the order in which an intent is begun: the person first. False when another has finished it. */
async function endSessions(tx: Db, { id, personId }: Intent): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set((row) => ({ session_epoch: row('session_epoch', '+', 1) }))
    .where('id', '=', personId)
    .where((row) =>
      row.exists(row.selectFrom('password_intents').select('id').where('password_intents.id', '=', id)),
    )
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await tx.deleteFrom('password_intents').where('id', '=', id).execute();
  return true;
}

async function writeKeys(tx: Db, deps: Deps, intent: Intent): Promise<void> {
  const pair = {
    public_key: intent.publicKey,
    wrapped_private_key: intent.wrappedPrivateKey,
    made_at: deps.now(),
  };
  await tx
    .insertInto('key_pairs')
    .values({ person_id: intent.personId, ...pair })
    .onConflict((c) => c.column('person_id').doUpdateSet(pair))
    .execute();
  if (intent.keepsAnswers) return;
  await tx.updateTable('answers').set({ sealed: null }).where('person_id', '=', intent.personId).execute();
}

/** What gave a way in before gives none any more: open codes, an access code not used yet, other resets under way. */
async function endOtherWays(tx: Db, deps: Deps, { personId }: Intent): Promise<void> {
  const at = deps.now();
  await cancelChallenges(tx, at, { personId });
  await tx
    .updateTable('access_codes')
    .set({ cancelled_at: at })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
  await tx
    .updateTable('resets')
    .set({ ended_as: 'reset' })
    .where('person_id', '=', personId)
    .where('ended_as', '=', 'setting')
    .execute();
}

async function tellEverybody(tx: Db, deps: Deps, { person, intent }: { person: Person; intent: Intent }) {
  const { reason, address } = intent;
  const policy = await readPolicy(tx);
  const about = { person, policy, address };
  if (reason === 'first-password') return;
  if (reason === 'change') return tellOfPasswordChange(tx, deps, about);
  await tellOfReset(tx, deps, { ...about, reason });
  if (policy.privilegedGroups.some((group) => person.groups.includes(group)))
    await tellAdministrators(tx, deps, { event: 'privileged-person-reset', userName: person.userName });
  if (reason === 'access-code') await forgetMethods(tx, deps, about);
}

/**
 * Finishes what a set password brings with it, in one transaction: sessions and open codes end, the keys of the sealed
 * answers change, locks are lifted, it is audited and told. Once: whoever comes second changes nothing.
 */
export async function finishIntent(deps: Deps, intent: Intent): Promise<void> {
  const { sealing } = deps.secrets;
  await inTransaction(deps.db, async (tx) => {
    if (!(await endSessions(tx, intent))) return;
    const person = await readPerson({ db: tx, sealing }, intent.personId);
    if (!person) return;
    await writeKeys(tx, deps, intent);
    await endOtherWays(tx, deps, intent);
    await clearSignInLocks(tx, nameKey(sealing, person.userName));
    await recordEvent(tx, deps.now(), {
      event: events[intent.reason],
      ...ownAct(person.id, intent.address),
      ...(intent.reason === 'access-code' ? { details: { reason: intent.reason } } : {}),
    });
    await tellEverybody(tx, deps, { person, intent });
  });
  deps.wakeDelivery();
}
