import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { newId, newToken } from '../secrets/random.ts';
import { livingNodes } from '../store/nodes.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { lockAdministrators } from './administrator.ts';
import { tokenFingerprint } from './fingerprint.ts';
import { invitationBinding } from './invitation.ts';
import type { Role } from './rights.ts';
import { tellAdministrators } from './tell.ts';

const invitationLife = 24 * 3_600_000;

export interface Invited {
  name: string;
  displayName: string;
  role: Role;
  mail: string | null;
  language: Language | null;
  by: string;
}

/** Tells whether an account that is not removed has this name. */
export async function isNameTaken(db: Db, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('administrators')
    .select('id')
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the open invitations for a name: the newest counts. */
async function endInvitations(tx: Db, at: Time, name: string): Promise<void> {
  await tx
    .updateTable('administrator_invitations')
    .set({ ended_at: at })
    .where('name', '=', name)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the tokens for the first administrator, but those that other living nodes have shown. */
async function endFirstTokens(tx: Db, at: Time, node: string): Promise<void> {
  await tx
    .updateTable('administrator_invitations')
    .set({ ended_at: at })
    .where('name', 'is', null)
    .where('ended_at', 'is', null)
    .where((row) =>
      row.or([
        row('made_on', 'is', null),
        row('made_on', '=', node),
        row('made_on', 'not in', livingNodes(tx, at)),
      ]),
    )
    .execute();
}

/** Keeps an invitation and gives its token, for once; an earlier open one for the same name ends. */
export async function insertInvitation(
  tx: Db,
  deps: Pick<Deps, 'now' | 'secrets' | 'config'>,
  invited: Omit<Invited, 'name' | 'displayName' | 'by'> & {
    name: string | null;
    displayName: string | null;
    by: string | null;
    life: number;
  },
): Promise<{ id: string; token: string; expiresAt: Time }> {
  const [id, token, at] = [newId(), newToken(), deps.now()];
  const { node } = deps.config;
  await (invited.name === null ? endFirstTokens(tx, at, node) : endInvitations(tx, at, invited.name));
  const expiresAt = at + invited.life;
  await tx
    .insertInto('administrator_invitations')
    .values({
      id,
      token: tokenFingerprint(deps, 'administrator-invitation', token),
      name: invited.name,
      display_name: invited.displayName,
      role: invited.role,
      mail: invited.mail === null ? null : deps.secrets.sealing.seal(invited.mail, invitationBinding(id)),
      language: invited.language,
      made_at: at,
      made_by: invited.by,
      expires_at: expiresAt,
      made_on: node,
    })
    .execute();
  return { id, token, expiresAt };
}

export type InvitationMade =
  | { result: 'invited'; id: string; token: string; expiresAt: Time }
  | { result: 'administrator-name-taken' };

/** Invites somebody to an account for a day; the token is given only here, and the password is the invited one's own. */
export async function invite(deps: Deps, invited: Invited): Promise<InvitationMade> {
  const made = await inTransaction(deps.db, async (tx): Promise<InvitationMade> => {
    await lockAdministrators(tx, deps.now());
    if (await isNameTaken(tx, invited.name)) return { result: 'administrator-name-taken' };
    const invitation = await insertInvitation(tx, deps, { ...invited, life: invitationLife });
    const { name, role, by } = invited;
    await recordEvent(tx, deps.now(), {
      event: 'administrator-invited',
      actor: { kind: 'administrator', id: by },
      details: { name, role },
    });
    await tellAdministrators(tx, deps, { event: 'administrator-invited', name });
    return { result: 'invited', ...invitation };
  });
  deps.wakeDelivery();
  return made;
}

/** Ends an invitation while it is open; false when it was not any more: of two who use it one wins. */
export async function endInvitation(tx: Db, at: Time, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('administrator_invitations')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes an invitation back; false when there is none that is open. */
export async function withdrawInvitation(
  deps: Pick<Deps, 'db' | 'now'>,
  { id, by }: { id: string; by: string },
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const ended = await endInvitation(tx, deps.now(), id);
    const actor = { kind: 'administrator', id: by } as const;
    if (ended)
      await recordEvent(tx, deps.now(), {
        event: 'invitation-withdrawn',
        actor,
        details: { invitation: id },
      });
    return ended;
  });
}
