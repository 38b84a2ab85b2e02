import { sql } from 'kysely';
import type { Db, Time } from './schema.ts';

/** How long a node counts as living after it last said so; it does every `beatEvery`. Milliseconds. */
const aliveFor = 20_000;
export const beatEvery = 5_000;

/** Says that a node lives. Its name stands among the leases, which is where others look. */
export async function beat(db: Db, node: string, now: Time): Promise<void> {
  const until = now + aliveFor;
  await db
    .insertInto('leases')
    .values({ name: node, until })
    .onConflict((c) => c.column('name').doUpdateSet({ until }))
    .execute();
}

/** Says which keys a node holds and uses. */
export async function tellKeys(db: Db, node: string, keys: string): Promise<void> {
  await db.updateTable('leases').set({ keys }).where('name', '=', node).execute();
}

/** The nodes that live, each with what it last said of its keys; null: a version that says nothing, or not yet. */
export async function readNodeKeys(db: Db, now: Time): Promise<{ name: string; keys: string | null }[]> {
  return livingNodes(db, now).select('leases.keys').where('leases.name', 'like', 'node:%').execute();
}

/** Says that a node has ended: what it held is free. */
export async function endNode(db: Db, node: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', node).execute();
}

/** The names of the nodes that live, as a subquery. */
export function livingNodes(db: Db, now: Time) {
  return db.selectFrom('leases').select('leases.name').where('leases.until', '>', now);
}

/** Whose leases have ended with them: nodes that have died, and whoever had this one's name before its start. */
export interface Ended {
  now: Time;
  /** The node that starts; left out while it runs. */
  starting?: string;
}

/** Of a row with a `lease_owner`: whether that node has ended. What has no owner is left to run out. */
export function ownerHasEnded({ now, starting = '' }: Ended) {
  return sql<boolean>`(lease_owner = ${starting} or (lease_owner is not null
    and lease_owner not in (select name from leases where until > ${now})))`;
}
