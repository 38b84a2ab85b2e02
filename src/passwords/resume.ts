import type { Deps } from '../deps.ts';
import { readPerson } from '../people/person.ts';
import type { Db } from '../store/schema.ts';
import { finishIntent } from './finish.ts';
import { giveIntentUp, type Intent, intentLease, intentOf } from './intent.ts';

/** Takes one intent that nobody is at any more, in one atomic statement. */
async function takeNext({ db, now, config }: Deps): Promise<Intent | undefined> {
  const free = await db
    .selectFrom('password_intents')
    .select('id')
    .where('lease_until', '<=', now())
    .orderBy('begun_at')
    .executeTakeFirst();
  if (!free) return undefined;
  const row = await db
    .updateTable('password_intents')
    .set({ lease_until: now() + intentLease, lease_owner: config.node })
    .where('id', '=', free.id)
    .where('lease_until', '<=', now())
    .returningAll()
    .executeTakeFirst();
  return row && intentOf(row);
}

async function takeUp(deps: Deps, intent: Intent): Promise<void> {
  const { kept, mark } = intent;
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, intent.personId);
  if (!person) return;
  const set = await deps.directory.setPassword(person.userName, { password: null, kept, mark });
  if (set === 'set') await finishIntent(deps, intent);
  else await giveIntentUp(deps, intent);
}

/**
 * Takes up what a crash cut off between writing down that a password is to be set and having done all that follows.
 * What cannot be told yet is left for the next time.
 */
export async function resumePasswords(deps: Deps): Promise<void> {
  for (let intent = await takeNext(deps); intent; intent = await takeNext(deps)) {
    const { reason } = intent;
    await takeUp(deps, intent).catch((error: unknown) =>
      deps.log.warn({ failure: error instanceof Error ? error.name : 'unknown', reason }, 'a password waits'),
    );
  }
}

/**
 * Says that nobody is at the passwords of this node's former self; of any node, for who knows that no other process
 * lives. Those of others run out by themselves: a node that was only held up would set one that had been given up.
 */
export async function releasePasswordLeases(db: Db, formerSelf?: string): Promise<void> {
  await db
    .updateTable('password_intents')
    .set({ lease_until: 0, lease_owner: null })
    .$if(formerSelf !== undefined, (update) => update.where('lease_owner', '=', formerSelf ?? ''))
    .execute();
}
