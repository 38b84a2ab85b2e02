import { rankOf } from '../delivery/ranks.ts';
import type { Db } from '../store/schema.ts';

/** Counts the reminders that are in the queue and not sent yet. */
export async function countWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('state', '=', 'waiting')
    .where('rank', '=', rankOf('reminder'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
