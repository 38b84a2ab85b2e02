import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { newId, newToken } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import { tokenFingerprint } from './fingerprint.ts';
import { rightsOfScopes, roles, type Scope, scopes } from './rights.ts';
import type { SignedIn } from './signed-in.ts';

const minute = 60_000;

/** A named token for scripts, without the token itself. */
export interface ApiToken {
  id: string;
  name: string;
  scopes: Scope[];
  madeBy: string;
  madeAt: Time;
  expiresAt: Time;
  lastUsedAt: Time | null;
  revokedAt: Time | null;
}

interface Wanted {
  name: string;
  scopes: readonly Scope[];
  expiresAt: Time;
  by: string;
}

function scopesOf(stored: string): Scope[] {
  return scopes.filter((scope) => stored.split(' ').includes(scope));
}

/** Makes a token for scripts; what is given is the only time it can be seen. */
export async function makeApiToken(deps: Deps, wanted: Wanted): Promise<{ id: string; token: string }> {
  const [id, token, at] = [newId(), newToken(), deps.now()];
  const given = scopes.filter((scope) => wanted.scopes.includes(scope)).join(' ');
  await inTransaction(deps.db, async (tx) => {
    await tx
      .insertInto('api_tokens')
      .values({
        id,
        name: wanted.name,
        token: tokenFingerprint(deps, 'api-token', token),
        scopes: given,
        made_by: wanted.by,
        made_at: at,
        expires_at: wanted.expiresAt,
      })
      .execute();
    await recordEvent(tx, at, {
      event: 'api-token-made',
      actor: { kind: 'administrator', id: wanted.by },
      details: { name: wanted.name, scopes: given, expiresAt: wanted.expiresAt },
    });
  });
  return { id, token };
}

/** Reads every token there is or was, the newest first; of removed administrators none are left. */
export async function listApiTokens(db: Db): Promise<ApiToken[]> {
  const rows = await db.selectFrom('api_tokens').selectAll().orderBy('made_at', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: scopesOf(row.scopes),
    madeBy: row.made_by,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

/** Makes a token worth nothing from now; false when there is no such token, or it was revoked before. */
export async function revokeApiToken(
  deps: Pick<Deps, 'db' | 'now'>,
  { id, by }: { id: string; by: string },
): Promise<boolean> {
  const at = deps.now();
  return inTransaction(deps.db, async (tx) => {
    const row = await tx
      .updateTable('api_tokens')
      .set({ revoked_at: at, revoked_by: by })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('name')
      .executeTakeFirst();
    if (!row) return false;
    const actor = { kind: 'administrator', id: by } as const;
    await recordEvent(tx, at, { event: 'api-token-revoked', actor, details: { name: row.name } });
    return true;
  });
}

/** Revokes every token an account has made, and gives how many there were. */
export async function revokeApiTokensOf(
  tx: Db,
  at: Time,
  { madeBy, by }: { madeBy: string; by: string },
): Promise<number> {
  const rows = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: at, revoked_by: by })
    .where('made_by', '=', madeBy)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return rows.length;
}

async function findToken(db: Db, now: Time, fingerprint: string) {
  return db
    .selectFrom('api_tokens as t')
    .innerJoin('administrators as a', 'a.id', 't.made_by')
    .select(['t.id as tokenId', 't.name as tokenName', 't.scopes', 't.last_used_at'])
    .select(['a.id', 'a.name', 'a.display_name', 'a.role'])
    .where('t.token', '=', fingerprint)
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', now)
    .where('a.removed_at', 'is', null)
    .executeTakeFirst();
}

/** Says as whom a token for scripts acts and with which rights; undefined when it is none, or no longer. */
export async function recogniseApiToken(
  deps: Pick<Deps, 'db' | 'secrets' | 'now'>,
  token: string,
): Promise<SignedIn | undefined> {
  const now = deps.now();
  const found = await findToken(deps.db, now, tokenFingerprint(deps, 'api-token', token));
  const role = roles.find((known) => known === found?.role);
  if (!found || !role) return undefined;
  const { id, name, tokenId, tokenName, last_used_at: lastUsedAt } = found;
  if (lastUsedAt === null || now - lastUsedAt >= minute)
    await deps.db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', tokenId).execute();
  return {
    id,
    name,
    displayName: found.display_name,
    role,
    via: 'api-token',
    token: { id: tokenId, name: tokenName },
    rights: rightsOfScopes(scopesOf(found.scopes), role),
  };
}
