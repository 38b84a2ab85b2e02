import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { PasswordFault } from '../directory/new-password.ts';
import { readPolicy } from '../policy/versions.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { hasAdministrator, lockAdministrators, mailBinding } from './administrator.ts';
import { findInvitation } from './invitation.ts';
import { endInvitation, insertInvitation, isNameTaken } from './invitations.ts';
import type { Role } from './rights.ts';
import { tellAdministrators } from './tell.ts';

const firstTokenLife = 3_600_000;

export type AccountMade =
  | { result: 'made'; name: string }
  | { result: 'one-time-token-wrong' | 'administrator-name-taken' }
  | { result: PasswordFault };

interface NewAccount {
  name: string;
  displayName: string;
  role: Role;
  mail: string | null;
  language: Language | null;
  by: string | null;
}

/** Makes a token, good for an hour and once, by which the first administrator comes in; undefined when there is one (S67). */
export async function makeFirstToken(
  deps: Pick<Deps, 'db' | 'now' | 'secrets' | 'config'>,
): Promise<{ token: string; expiresAt: Time } | undefined> {
  return inTransaction(deps.db, async (tx) => {
    await lockAdministrators(tx, deps.now());
    if (await hasAdministrator(tx)) return undefined;
    const nobody = { name: null, displayName: null, mail: null, language: null, by: null };
    return insertInvitation(tx, deps, { ...nobody, role: 'administrator', life: firstTokenLife });
  });
}

/** Why a password is refused, or undefined: the rules of every new password, with the names of this account. */
async function faultOf(
  deps: Deps,
  password: string,
  { name, displayName }: { name: string; displayName: string },
): Promise<PasswordFault | undefined> {
  const { organisationName } = await readPolicy(deps.db);
  return deps.faultOfNewPassword(password, { names: [name, displayName, organisationName] });
}

async function insertAccount(tx: Db, deps: Deps, { hash, ...fresh }: NewAccount & { hash: string }) {
  const [id, at] = [newId(), deps.now()];
  await tx
    .insertInto('administrators')
    .values({
      id,
      name: fresh.name,
      display_name: fresh.displayName,
      role: fresh.role,
      mail: fresh.mail === null ? null : deps.secrets.sealing.seal(fresh.mail, mailBinding(id)),
      language: fresh.language,
      password_hash: hash,
      password_changed_at: at,
      added_at: at,
      added_by: fresh.by,
    })
    .execute();
  const { name, role, by } = fresh;
  await recordEvent(tx, at, {
    event: 'administrator-added',
    actor: { kind: 'administrator', id },
    details: { name, role, invitedBy: by },
  });
}

/** Makes the account that an invitation is for: the token is consumed in the same transaction, under the same lock. */
async function makeAccount(
  deps: Deps,
  { invitation, fresh, password }: { invitation: string; fresh: NewAccount; password: string },
): Promise<AccountMade> {
  const typed = password.normalize('NFC');
  const fault = await faultOf(deps, typed, fresh);
  if (fault) return { result: fault };
  const hash = await deps.secrets.hashing.hashPassword(typed);
  const made = await inTransaction(deps.db, async (tx): Promise<AccountMade> => {
    await lockAdministrators(tx, deps.now());
    if (await isNameTaken(tx, fresh.name)) return { result: 'administrator-name-taken' };
    if (fresh.by === null && (await hasAdministrator(tx))) return { result: 'one-time-token-wrong' };
    if (!(await endInvitation(tx, deps.now(), invitation))) return { result: 'one-time-token-wrong' };
    await tellAdministrators(tx, deps, { event: 'administrator-added', name: fresh.name });
    await insertAccount(tx, deps, { ...fresh, hash });
    return { result: 'made', name: fresh.name };
  });
  deps.wakeDelivery();
  return made;
}

/** Makes the first administrator, by the token that the start has shown; once there is one, no token does (S67). */
export async function makeFirstAdministrator(
  deps: Deps,
  first: Pick<NewAccount, 'name' | 'displayName' | 'mail' | 'language'> & { token: string; password: string },
): Promise<AccountMade> {
  const { token, password, ...about } = first;
  const invitation = await findInvitation(deps, { token, first: true });
  if (!invitation) return { result: 'one-time-token-wrong' };
  const fresh = { ...about, role: 'administrator', by: null } as const;
  return makeAccount(deps, { invitation: invitation.id, fresh, password });
}

/** Makes the account of who was invited, with a password that only they know. */
export async function acceptInvitation(
  deps: Deps,
  { token, password }: { token: string; password: string },
): Promise<AccountMade> {
  const invitation = await findInvitation(deps, { token, first: false });
  if (!invitation) return { result: 'one-time-token-wrong' };
  const { id, madeBy: by, ...fresh } = invitation;
  return makeAccount(deps, { invitation: id, fresh: { ...fresh, by }, password });
}
