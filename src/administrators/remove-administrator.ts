import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { Db, Time } from '../store/schema.ts';
import { lockAdministrators } from './administrator.ts';
import { revokeApiTokensOf } from './api-tokens.ts';
import { endSessionsOf } from './sessions.ts';
import { tellAdministrators } from './tell.ts';

export type Removed =
  | { result: 'removed'; tokens: number }
  | { result: 'administrator-unknown' | 'last-administrator' };

async function isLast(tx: Db, id: string): Promise<boolean> {
  const other = await tx
    .selectFrom('administrators')
    .select('id')
    .where('role', '=', 'administrator')
    .where('removed_at', 'is', null)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

async function findByName(tx: Db, name: string) {
  return tx
    .selectFrom('administrators')
    .select(['id', 'role'])
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

/** Ends the account with all that opens for it, and gives how many tokens for scripts went with it. */
async function endAccount(tx: Db, at: Time, { id, by }: { id: string; by: string }): Promise<number> {
  const end = { removed_at: at, removed_by: by };
  await tx.updateTable('administrators').set(end).where('id', '=', id).execute();
  await endSessionsOf(tx, id);
  return revokeApiTokensOf(tx, at, { madeBy: id, by });
}

/** Removes an account, with its sessions and the tokens it made; never the last administrator, also not under a race (S62). */
export async function removeAdministrator(
  deps: Deps,
  { name, by }: { name: string; by: string },
): Promise<Removed> {
  const removed = await inTransaction(deps.db, async (tx): Promise<Removed> => {
    const at = deps.now();
    await lockAdministrators(tx, at);
    const account = await findByName(tx, name);
    if (!account) return { result: 'administrator-unknown' };
    const { id, role } = account;
    if (role === 'administrator' && (await isLast(tx, id))) return { result: 'last-administrator' };
    await tellAdministrators(tx, deps, { event: 'administrator-removed', name });
    const tokens = await endAccount(tx, at, { id, by });
    const actor = { kind: 'administrator', id: by } as const;
    const details = { name, role, administrator: id, tokens };
    await recordEvent(tx, at, { event: 'administrator-removed', actor, details });
    return { result: 'removed', tokens };
  });
  deps.wakeDelivery();
  return removed;
}
