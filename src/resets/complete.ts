import { recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { nameKey } from '../limits/directory-locks.ts';
import { clearSignInLocks } from '../limits/sign-in-lock.ts';
import { tellOfReset } from '../notices/tell-person.ts';
import type { PasswordWritten } from '../passwords/new-password.ts';
import { resetPassword } from '../passwords/new-password.ts';
import type { Person } from '../people/person.ts';
import { readPolicy } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { endReset, type Reset } from './reset.ts';
import { readStanding } from './standing.ts';

/** Whether everything is proven that the policy in force asks at this moment (S13), in the transaction of what follows. */
async function isMet(tx: Db, deps: Deps, reset: Reset): Promise<boolean> {
  const standing = await readStanding({ ...deps, db: tx }, reset, await readPolicy(tx));
  return standing.result === 'known' && standing.still.met;
}

async function reopen(tx: Db, { id }: Reset): Promise<void> {
  await tx.updateTable('resets').set({ ended_at: null, ended_as: null }).where('id', '=', id).execute();
}

/** Sets the new password (normalised, without a fault) of a reset that needs nothing more; the reset is used up by it (S09, S11). */
export async function completeReset(
  deps: Deps,
  reset: Reset,
  { person, password, address }: { person: Person; password: string; address: string },
): Promise<PasswordWritten> {
  return resetPassword(deps, {
    person,
    password,
    address,
    reason: 'reset',
    claim: async (tx) =>
      (await isMet(tx, deps, reset)) && endReset(tx, deps.now(), { id: reset.id, as: 'setting' }),
    release: (tx) => reopen(tx, reset),
  });
}

/** Ends every session of a person; false when another has done so since the person was read. */
async function endSessions(tx: Db, person: Person): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set((row) => ({ session_epoch: row('session_epoch', '+', 1) }))
    .where('id', '=', person.id)
    .where('session_epoch', '=', person.sessionEpoch)
    .where('disabled_at', 'is', null)
    .where('blocked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function writeUnlocked(
  tx: Db,
  deps: Deps,
  { reset, person, address }: { reset: Reset; person: Person; address: string },
): Promise<boolean> {
  if (!(await isMet(tx, deps, reset))) return false;
  if (!(await endSessions(tx, person))) return false;
  if (!(await endReset(tx, deps.now(), { id: reset.id, as: 'unlocked' }))) return false;
  await cancelChallenges(tx, deps.now(), { personId: person.id });
  await clearSignInLocks(tx, nameKey(deps.secrets.sealing, person.userName));
  await recordEvent(tx, deps.now(), {
    event: 'account-unlocked',
    actor: { kind: 'person', id: person.id },
    subject: person.id,
    address,
  });
  await tellOfReset(tx, deps, { person, policy: await readPolicy(tx), address, reason: 'unlock' });
  return true;
}

/**
 * Lifts the directory's lock for a reset that needs nothing more; the password stays, every session ends. Lifting comes
 * first and can be done twice: what is told to be lifted is.
 */
export async function unlockAccount(
  deps: Deps,
  reset: Reset,
  { person, address }: { person: Person; address: string },
): Promise<{ result: 'unlocked' | 'ended' }> {
  if (!(await isMet(deps.db, deps, reset))) return { result: 'ended' };
  await deps.directory.unlock(person.userName);
  const done = await inTransaction(deps.db, (tx) => writeUnlocked(tx, deps, { reset, person, address }));
  deps.wakeDelivery();
  return { result: done ? 'unlocked' : 'ended' };
}
