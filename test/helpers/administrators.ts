import { mailBinding } from '../../src/administrators/administrator.ts';
import { makeApiToken } from '../../src/administrators/api-tokens.ts';
import type { Role, Scope } from '../../src/administrators/rights.ts';
import { startSession } from '../../src/administrators/sessions.ts';
import type { Via } from '../../src/administrators/signed-in.ts';
import type { Deps } from '../../src/deps.ts';

/** The password of every administrator of the tests. */
export const administratorPassword = 'correct horse battery';

const hashed = new Map<string, Promise<string>>();

/** The slow hash of a password, made once for all houses of a test file. */
function hashOnce({ secrets }: Deps, password: string): Promise<string> {
  const known = hashed.get(password) ?? secrets.hashing.hashPassword(password);
  hashed.set(password, known);
  return known;
}

/** Puts an account into the house, unless its name is there already, and gives its id. */
export async function addAdministrator(
  deps: Deps,
  name: string,
  { role = 'administrator', mail = null }: { role?: Role; mail?: string | null } = {},
): Promise<string> {
  const known = await deps.db
    .selectFrom('administrators')
    .select('id')
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (known) return known.id;
  const id = `id-of-${name}`;
  await deps.db
    .insertInto('administrators')
    .values({
      id,
      name,
      display_name: name,
      role,
      mail: mail === null ? null : deps.secrets.sealing.seal(mail, mailBinding(id)),
      language: 'en',
      password_hash: await hashOnce(deps, administratorPassword),
      password_changed_at: deps.now(),
      added_at: deps.now(),
    })
    .execute();
  return id;
}

/** Starts a session of an account that is there, and gives its token. */
export async function sessionOf(deps: Deps, administratorId: string, via: Via = 'socket'): Promise<string> {
  return (await startSession(deps.db, deps, { administratorId, via })).token;
}

/** Makes an API token that is valid for a day. */
export async function apiTokenOf(deps: Deps, by: string, scopes: Scope[]): Promise<string> {
  const expiresAt = deps.now() + 86_400_000;
  return (await makeApiToken(deps, { name: scopes.join('-'), scopes, expiresAt, by })).token;
}
