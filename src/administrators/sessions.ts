import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { newToken } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import { tokenFingerprint } from './fingerprint.ts';
import { rightsOfRole, roles } from './rights.ts';
import type { SignedIn, Via } from './signed-in.ts';

const minute = 60_000;
/** How long a session lasts that nobody uses. */
export const idleTime = 10 * minute;
/** How long a session lasts at most. */
export const longestSession = 240 * minute;
/** A use this soon after the last one is not written down again. */
const fineness = 5000;

/** Starts a session and gives its token, which is kept nowhere, and until when it lasts at most. */
export async function startSession(
  tx: Db,
  deps: Pick<Deps, 'secrets' | 'now'>,
  { administratorId, via }: { administratorId: string; via: Via },
): Promise<{ token: string; expiresAt: Time }> {
  const token = newToken();
  const at = deps.now();
  const id = tokenFingerprint(deps, 'administrator-session', token);
  await tx
    .insertInto('administrator_sessions')
    .values({ id, administrator_id: administratorId, via, made_at: at, used_at: at })
    .execute();
  return { token, expiresAt: at + longestSession };
}

async function findSession(db: Db, now: Time, id: string) {
  return db
    .selectFrom('administrator_sessions as s')
    .innerJoin('administrators as a', 'a.id', 's.administrator_id')
    .select(['a.id', 'a.name', 'a.display_name', 'a.role', 's.via', 's.used_at'])
    .where('s.id', '=', id)
    .where('a.removed_at', 'is', null)
    .where('s.used_at', '>', now - idleTime)
    .where('s.made_at', '>', now - longestSession)
    .executeTakeFirst();
}

/** Says whose session a token opens, and counts this as its last use; undefined when it opens none, or no longer. */
export async function recogniseSession(
  deps: Pick<Deps, 'db' | 'secrets' | 'now'>,
  token: string,
): Promise<SignedIn | undefined> {
  const { db } = deps;
  const [now, id] = [deps.now(), tokenFingerprint(deps, 'administrator-session', token)];
  const found = await findSession(db, now, id);
  if (!found) return undefined;
  if (now - found.used_at >= fineness)
    await db.updateTable('administrator_sessions').set({ used_at: now }).where('id', '=', id).execute();
  const role = z.enum(roles).parse(found.role);
  const via = z.enum(['socket', 'tcp']).parse(found.via);
  const { name, display_name: displayName } = found;
  return { id: found.id, name, displayName, role, via, token: null, rights: rightsOfRole(role) };
}

/** Ends the session that a token opens. */
export async function endSession(deps: Pick<Deps, 'db' | 'secrets'>, token: string): Promise<void> {
  const id = tokenFingerprint(deps, 'administrator-session', token);
  await deps.db.deleteFrom('administrator_sessions').where('id', '=', id).execute();
}

/** Ends every session of an account, and the codes on their way to it. */
export async function endSessionsOf(tx: Db, administratorId: string): Promise<void> {
  await tx.deleteFrom('administrator_sessions').where('administrator_id', '=', administratorId).execute();
  await tx.deleteFrom('administrator_gates').where('administrator_id', '=', administratorId).execute();
}

/** Removes what has run out of sessions, codes, invitations and recoveries. */
export async function forgetWaysIn(db: Db, now: Time): Promise<void> {
  await db
    .deleteFrom('administrator_sessions')
    .where((eb) => eb.or([eb('used_at', '<=', now - idleTime), eb('made_at', '<=', now - longestSession)]))
    .execute();
  await db.deleteFrom('administrator_gates').where('expires_at', '<=', now).execute();
  await db.deleteFrom('administrator_invitations').where('expires_at', '<=', now).execute();
  await db.deleteFrom('administrator_recoveries').where('expires_at', '<=', now).execute();
}
