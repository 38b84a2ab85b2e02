import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { PasswordFault } from '../directory/new-password.ts';
import { readPolicy } from '../policy/versions.ts';
import { newToken } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import { tokenFingerprint } from './fingerprint.ts';
import { endSessionsOf } from './sessions.ts';
import { tellAdministrators } from './tell.ts';

const life = 3_600_000;

export type RecoveryMade =
  | { result: 'made'; name: string; token: string; expiresAt: Time }
  | { result: 'administrator-unknown' }
  | { result: 'helpdesk'; name: string };

/**
 * Makes a token, good for an hour and once, by which an administrator who forgot the password chooses another one. No
 * door leads here: whoever can make it holds the machine, its keys and its database. An earlier token of the account ends.
 */
export async function makeRecovery(
  deps: Pick<Deps, 'db' | 'now' | 'secrets'>,
  name: string,
): Promise<RecoveryMade> {
  const [token, at] = [newToken(), deps.now()];
  return inTransaction(deps.db, async (tx): Promise<RecoveryMade> => {
    const account = await tx
      .selectFrom('administrators')
      .select(['id', 'role'])
      .where('name', '=', name)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!account) return { result: 'administrator-unknown' };
    if (account.role !== 'administrator') return { result: 'helpdesk', name };
    await endRecoveriesOf(tx, at, account.id);
    const expiresAt = at + life;
    await tx
      .insertInto('administrator_recoveries')
      .values({
        token: tokenFingerprint(deps, 'administrator-recovery', token),
        administrator_id: account.id,
        made_at: at,
        expires_at: expiresAt,
      })
      .execute();
    await recordEvent(tx, at, {
      event: 'administrator-recovery-made',
      actor: { kind: 'system' },
      details: { name, administrator: account.id },
    });
    return { result: 'made', name, token, expiresAt };
  });
}

async function endRecoveriesOf(tx: Db, at: Time, administratorId: string): Promise<void> {
  await tx
    .updateTable('administrator_recoveries')
    .set({ ended_at: at })
    .where('administrator_id', '=', administratorId)
    .where('ended_at', 'is', null)
    .execute();
}

/** The account that a token opens, while it is open. */
async function findRecovery(deps: Pick<Deps, 'db' | 'now'>, token: string) {
  return deps.db
    .selectFrom('administrator_recoveries as r')
    .innerJoin('administrators as a', 'a.id', 'r.administrator_id')
    .select(['a.id', 'a.name', 'a.display_name'])
    .where('r.token', '=', token)
    .where('r.ended_at', 'is', null)
    .where('r.expires_at', '>', deps.now())
    .where('a.removed_at', 'is', null)
    .executeTakeFirst();
}

export type Recovered =
  | { result: 'recovered'; name: string }
  | { result: 'one-time-token-wrong' }
  | { result: PasswordFault };

/** Takes a token of the server's machine and a new password; every session of the account ends, and administrators are told. */
export async function recoverAccount(
  deps: Deps,
  { token: typed, password }: { token: string; password: string },
): Promise<Recovered> {
  const token = tokenFingerprint(deps, 'administrator-recovery', typed);
  const account = await findRecovery(deps, token);
  if (!account) return { result: 'one-time-token-wrong' };
  const { organisationName } = await readPolicy(deps.db);
  const names = [account.name, account.display_name, organisationName];
  const fault = deps.faultOfNewPassword(password.normalize('NFC'), { names });
  if (fault) return { result: fault };
  const hash = await deps.secrets.hashing.hashPassword(password.normalize('NFC'));
  const recovered = await keepRecovered(deps, { ...account, token, hash });
  deps.wakeDelivery();
  return recovered;
}

interface Recovering {
  id: string;
  name: string;
  token: string;
  hash: string;
}

/** Of two who use a token one wins; an account that was removed meanwhile stays so. */
async function keepRecovered(deps: Deps, { id, name, token, hash }: Recovering): Promise<Recovered> {
  const at = deps.now();
  return inTransaction(deps.db, async (tx): Promise<Recovered> => {
    const used = await tx
      .updateTable('administrator_recoveries')
      .set({ ended_at: at })
      .where('token', '=', token)
      .where('ended_at', 'is', null)
      .returning('token')
      .executeTakeFirst();
    const kept = await tx
      .updateTable('administrators')
      .set({ password_hash: hash, password_changed_at: at })
      .where('id', '=', used ? id : '')
      .where('removed_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!kept) return { result: 'one-time-token-wrong' };
    await endSessionsOf(tx, id);
    const actor = { kind: 'administrator', id } as const;
    await recordEvent(tx, at, { event: 'administrator-recovered', actor, details: { name } });
    await tellAdministrators(tx, deps, { event: 'administrator-recovered', name });
    return { result: 'recovered', name };
  });
}
