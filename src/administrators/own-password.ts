import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { PasswordFault } from '../directory/new-password.ts';
import { clearSignInLock, raiseSignInLock } from '../limits/sign-in-lock.ts';
import { readPolicy } from '../policy/versions.ts';
import { endSessionsOf } from './sessions.ts';
import type { SignedIn } from './signed-in.ts';

export type OwnPasswordChanged =
  | { result: 'changed' | 'password-wrong' | 'sign-in-resting' }
  | { result: PasswordFault };

/** Compares the own password at an open session; wrong ones are counted beforehand, as at signing in. */
export async function compareOwnPassword(
  deps: Deps,
  id: string,
  password: string,
): Promise<{ result: 'right' | 'password-wrong' | 'sign-in-resting' }> {
  const lock = `administrator-own-${id}`;
  const counted = await raiseSignInLock(deps.db, deps.now(), lock);
  if (counted.result === 'locked') return { result: 'sign-in-resting' };
  const row = await deps.db
    .selectFrom('administrators')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (!(await deps.secrets.hashing.verifyPassword(row.password_hash, password.normalize('NFC'))))
    return { result: 'password-wrong' };
  await clearSignInLock(deps.db, lock);
  return { result: 'right' };
}

/**
 * Changes the own password, with the known one, and ends every session of the account. Wrong ones are counted
 * beforehand, as at signing in.
 */
export async function changeOwnPassword(
  deps: Deps,
  { id, name, displayName }: Pick<SignedIn, 'id' | 'name' | 'displayName'>,
  { password, newPassword }: { password: string; newPassword: string },
): Promise<OwnPasswordChanged> {
  const { hashing } = deps.secrets;
  const { organisationName } = await readPolicy(deps.db);
  const names = [name, displayName, organisationName];
  const fault = deps.faultOfNewPassword(newPassword.normalize('NFC'), { names });
  if (fault) return { result: fault };
  const compared = await compareOwnPassword(deps, id, password);
  if (compared.result !== 'right') return { result: compared.result };
  const hash = await hashing.hashPassword(newPassword.normalize('NFC'));
  await keepPassword(deps, { id, hash });
  return { result: 'changed' };
}

async function keepPassword(deps: Deps, { id, hash }: { id: string; hash: string }): Promise<void> {
  const at = deps.now();
  await inTransaction(deps.db, async (tx) => {
    await tx
      .updateTable('administrators')
      .set({ password_hash: hash, password_changed_at: at })
      .where('id', '=', id)
      .execute();
    await endSessionsOf(tx, id);
    const actor = { kind: 'administrator', id } as const;
    await recordEvent(tx, at, { event: 'administrator-password-changed', actor });
  });
}
