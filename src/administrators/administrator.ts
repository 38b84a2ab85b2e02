import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';
import { type Role, roles } from './rights.ts';

/** An administrator or helpdesk account: never a person with a flag, but an account of its own. */
export interface Administrator {
  id: string;
  name: string;
  displayName: string;
  role: Role;
  mail: string | null;
  language: Language | null;
  addedAt: Time;
  lastSignInAt: Time | null;
}

/** Binds the sealed mail address of an account to it. */
export function mailBinding(id: string) {
  return { table: 'administrators', person: id, column: 'mail' };
}

/** Opens a stored account. */
export function administratorOf(
  { secrets }: Pick<Deps, 'secrets'>,
  row: Selectable<Tables['administrators']>,
): Administrator {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    role: z.enum(roles).parse(row.role),
    mail: row.mail === null ? null : secrets.sealing.open(row.mail, mailBinding(row.id)),
    language: languages.find((language) => language === row.language) ?? null,
    addedAt: row.added_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

/** Reads every account that is not removed, in the order of their names. */
export async function listAdministrators(deps: Pick<Deps, 'db' | 'secrets'>): Promise<Administrator[]> {
  const rows = await deps.db
    .selectFrom('administrators')
    .selectAll()
    .where('removed_at', 'is', null)
    .execute();
  return rows
    .map((row) => administratorOf(deps, row))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Tells whether there is anybody to administer the house. */
export async function hasAdministrator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('administrators')
    .select('id')
    .where('role', '=', 'administrator')
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives the names that belong to ids, of removed accounts too; all of them when no ids are given. */
export async function readAdministratorNames(db: Db, ids?: readonly string[]): Promise<Map<string, string>> {
  if (ids?.length === 0) return new Map();
  let query = db.selectFrom('administrators').select(['id', 'name']);
  if (ids !== undefined) query = query.where('id', 'in', [...new Set(ids)]);
  return new Map((await query.execute()).map(({ id, name }) => [id, name]));
}

/**
 * Makes whoever adds or removes accounts wait for each other until the transaction ends, so that what was counted stays
 * true (S62): the write takes a row's lock.
 */
export async function lockAdministrators(tx: Db, at: Time): Promise<void> {
  const value = String(at);
  await tx
    .insertInto('meta')
    .values({ name: 'administrators-changed', value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}
