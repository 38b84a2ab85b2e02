import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';
import { tokenFingerprint } from './fingerprint.ts';
import { type Role, roles } from './rights.ts';

/** Somebody who may make an account, by a one-time token that stands nowhere. */
export interface Invitation {
  id: string;
  name: string;
  displayName: string;
  role: Role;
  mail: string | null;
  language: Language | null;
  madeBy: string | null;
  expiresAt: Time;
}

/** Binds the sealed mail address of an invitation to it. */
export function invitationBinding(id: string) {
  return { table: 'administrator_invitations', person: id, column: 'mail' };
}

function invitationOf(
  { secrets }: Pick<Deps, 'secrets'>,
  row: Selectable<Tables['administrator_invitations']>,
): Invitation {
  return {
    id: row.id,
    name: row.name ?? '',
    displayName: row.display_name ?? '',
    role: z.enum(roles).parse(row.role),
    mail: row.mail === null ? null : secrets.sealing.open(row.mail, invitationBinding(row.id)),
    language: languages.find((language) => language === row.language) ?? null,
    madeBy: row.made_by,
    expiresAt: row.expires_at,
  };
}

/** Reads the invitations that can still be accepted. */
export async function listInvitations(deps: Pick<Deps, 'db' | 'secrets' | 'now'>): Promise<Invitation[]> {
  const rows = await deps.db
    .selectFrom('administrator_invitations')
    .selectAll()
    .where('name', 'is not', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .execute();
  return rows
    .map((row) => invitationOf(deps, row))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Finds the invitation that a token opens, while it is open; `first` is the one for the first administrator. */
export async function findInvitation(
  deps: Pick<Deps, 'db' | 'secrets' | 'now'>,
  { token, first }: { token: string; first: boolean },
): Promise<Invitation | undefined> {
  const row = await deps.db
    .selectFrom('administrator_invitations')
    .selectAll()
    .where('token', '=', tokenFingerprint(deps, 'administrator-invitation', token))
    .where('name', first ? 'is' : 'is not', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .executeTakeFirst();
  return row && invitationOf(deps, row);
}
