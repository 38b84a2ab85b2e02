import type { Deps } from '../deps.ts';
import { newToken } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';

const day = 86_400_000;

/** How long the link in a notice can stop the account. */
export const stopLinkLife = 7 * day;

/** The keyed hash under which the token of a link is kept: nothing a link could be made from. */
export function linkHash({ secrets }: Pick<Deps, 'secrets'>, token: string): string {
  return secrets.sealing.fingerprint('notice-link', token);
}

/** Makes a link that stops the account, once; gives its token, which is kept nowhere but in the sealed message. */
export async function makeStopLink(tx: Db, deps: Deps, personId: string): Promise<string> {
  const token = newToken();
  const at = deps.now();
  await tx
    .insertInto('stop_links')
    .values({
      hash: linkHash(deps, token),
      person_id: personId,
      made_at: at,
      expires_at: at + stopLinkLife,
      used_at: null,
    })
    .execute();
  return token;
}

/** What a link is worth: `ready` names its person; whatever is not there looks like what has expired. */
export type StopLink = { result: 'ready'; personId: string } | { result: 'used' | 'expired' };

/** Looks at a link without using it. */
export async function readStopLink(db: Db, deps: Deps, token: string): Promise<StopLink> {
  const row = await db
    .selectFrom('stop_links')
    .selectAll()
    .where('hash', '=', linkHash(deps, token))
    .executeTakeFirst();
  if (!row || row.expires_at <= deps.now()) return { result: 'expired' };
  return row.used_at === null ? { result: 'ready', personId: row.person_id } : { result: 'used' };
}

/** Uses a link up, in the transaction of what it does; of two at once one gets it. */
export async function useStopLink(tx: Db, deps: Deps, token: string): Promise<StopLink> {
  const row = await tx
    .updateTable('stop_links')
    .set({ used_at: deps.now() })
    .where('hash', '=', linkHash(deps, token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .returning('person_id')
    .executeTakeFirst();
  return row ? { result: 'ready', personId: row.person_id } : readStopLink(tx, deps, token);
}

/** Removes links that can stop nothing any more. */
export async function forgetStopLinks(db: Db, before: Time): Promise<void> {
  await db.deleteFrom('stop_links').where('expires_at', '<', before).execute();
}
