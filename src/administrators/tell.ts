import { enqueueToAdministrator } from '../delivery/queue-administrators.ts';
import type { Told } from '../delivery/told.ts';
import type { Deps } from '../deps.ts';
import { takeFromLimits } from '../limits/limits.ts';
import { readPolicy } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { listAdministrators } from './administrator.ts';

const day = 86_400_000;

/** Enough to notice that something is going on, too little to bury the rest. */
const perEvent = (event: string) => ({ name: `administrators-told-${event}`, most: 20, within: day });

/**
 * Tells every administrator who has a mail address, in their own language; in the transaction of what it tells. Wake the
 * delivery after the commit. Of each kind of event at most twenty are told in a day.
 */
export async function tellAdministrators(
  tx: Db,
  deps: Pick<Deps, 'now' | 'secrets' | 'carries'>,
  told: Told,
): Promise<void> {
  if (!deps.carries.has('mail')) return;
  const taken = await takeFromLimits(tx, deps.now(), [{ limit: perEvent(told.event), subject: 'house' }]);
  if (taken.result === 'full') return;
  const { defaultLanguage } = await readPolicy(tx);
  for (const { role, mail, displayName, language } of await listAdministrators({ ...deps, db: tx })) {
    if (role !== 'administrator' || mail === null) continue;
    const to = { address: mail, name: displayName };
    await enqueueToAdministrator(
      tx,
      { now: deps.now, sealing: deps.secrets.sealing },
      { kind: 'administrators-told', to, language: language ?? defaultLanguage, told, at: deps.now() },
    );
  }
}
