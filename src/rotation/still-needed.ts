import type { KeysInUse } from '../secrets/held-keys.ts';
import type { Db, Time } from '../store/schema.ts';
import { nodesNotUsing } from './follow.ts';
import { readProgress } from './sealed-columns.ts';
import type { Broken } from './sealed-rows.ts';

/** A request that was under way when the keys changed has ended after this long. Milliseconds. */
const underWay = 60_000;

/** What is asked: the keys in use, this moment, how long a session lasts, and what no key opens anyhow. */
interface Asked {
  inUse: KeysInUse;
  now: Time;
  longestSession: number;
  broken: Broken;
}

/** Says, a line each, what still needs the keys from before those in use; empty when they can be retired. */
export async function whatNeedsOldKeys(
  db: Db,
  { inUse, now, longestSession, broken }: Asked,
): Promise<string[]> {
  const lines = (await nodesNotUsing(db, inUse, now)).map((name) => `the node ${name} has not changed over`);
  for (const { table, column, done, total } of await readProgress(db, inUse.data)) {
    const left = total - done - (broken.inColumn.get(`${table}.${column}`) ?? 0);
    if (left > 0) lines.push(`${left} sealed values in ${table}.${column}`);
  }
  const codes = await countCodes(db, inUse, now);
  if (codes > 0) lines.push(`${codes} codes that can still be typed`);
  if (now < inUse.since + underWay) lines.push('requests that were under way: wait a minute');
  const ended = inUse.since + longestSession;
  if (now < ended) lines.push(`sessions from before: the last ends by ${new Date(ended).toISOString()}`);
  return lines;
}

async function countCodes(db: Db, { codes, since }: KeysInUse, now: Time): Promise<number> {
  const count = (table: 'challenges' | 'administrator_gates') =>
    db
      .selectFrom(table)
      .select((c) => c.fn.countAll().as('count'))
      .where('key_id', '!=', codes)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow();
  const accessCodes = db
    .selectFrom('access_codes')
    .select((c) => c.fn.countAll().as('count'))
    .where('collected_at', '<', since + underWay)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  const counts = [await count('challenges'), await count('administrator_gates'), await accessCodes];
  return counts.reduce((sum, row) => sum + Number(row.count), 0);
}
