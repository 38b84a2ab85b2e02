import { z } from 'zod';
import { inTransaction } from '../store/database.ts';
import type { Db, Time } from '../store/schema.ts';

/** So many in any stretch of so many milliseconds. `slot` rounds times up, for limits too large to keep each time. */
export interface Limit {
  name: string;
  most: number;
  within: number;
  slot?: number;
}

/** A limit and whom it counts for: a name, an address, a fingerprint; never a number or address in the clear. */
export interface Counted {
  limit: Limit;
  subject: string;
}

interface Full {
  result: 'full';
  limit: string;
  /** From when one more fits. */
  freeAt: Time;
}

export type Taken = { result: 'taken' } | Full;

const windowSchema = z.array(z.tuple([z.number(), z.number()]));
type Window = z.infer<typeof windowSchema>;

function keyOf({ limit, subject }: Counted): string {
  return `${limit.name}:${subject}`;
}

function hitAt(limit: Limit, now: Time): Time {
  return limit.slot ? Math.ceil((now + 1) / limit.slot) * limit.slot : now;
}

function sum(window: Window): number {
  return window.reduce((total, [, count]) => total + count, 0);
}

/** Reading for update: the write takes the row's lock, so that two nodes count as one. */
async function lockWindow(tx: Db, counted: Counted, now: Time): Promise<Window> {
  const { state } = await tx
    .insertInto('limits')
    .values({ key: keyOf(counted), state: '[]', forget_at: now + counted.limit.within })
    .onConflict((c) => c.column('key').doUpdateSet({ forget_at: now + counted.limit.within }))
    .returning('state')
    .executeTakeFirstOrThrow();
  return windowSchema.parse(JSON.parse(state)).filter(([at]) => at > now - counted.limit.within);
}

async function writeWindow(tx: Db, counted: Counted, window: Window): Promise<void> {
  await tx
    .updateTable('limits')
    .set({ state: JSON.stringify(window) })
    .where('key', '=', keyOf(counted))
    .execute();
}

function freeAt({ limit }: Counted, window: Window): Time {
  let over = sum(window) - limit.most;
  for (const [at, count] of window) {
    over -= count;
    if (over < 0) return at + limit.within;
  }
  return 0;
}

function withHit(limit: Limit, window: Window, now: Time): Window {
  const at = hitAt(limit, now);
  const last = window.at(-1);
  return last?.[0] === at ? [...window.slice(0, -1), [at, last[1] + 1]] : [...window, [at, 1]];
}

/**
 * Raises every counter by one if all have room, else none. Locks are taken in the order of the keys. The caller
 * commits before it compares anything (S29).
 */
export async function takeFromLimits(db: Db, now: Time, counted: readonly Counted[]): Promise<Taken> {
  const ordered = counted.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return inTransaction(db, async (tx) => {
    const windows: [Counted, Window][] = [];
    for (const one of ordered) windows.push([one, await lockWindow(tx, one, now)]);
    const full = windows.filter(([{ limit }, window]) => sum(window) >= limit.most);
    const latest = full.toSorted((a, b) => freeAt(...b) - freeAt(...a))[0];
    if (latest) return { result: 'full', limit: latest[0].limit.name, freeAt: freeAt(...latest) };
    for (const [one, window] of windows) await writeWindow(tx, one, withHit(one.limit, window, now));
    return { result: 'taken' };
  });
}

/** Takes back the newest hit, for what turned out not to count: a right password, a right code. */
export async function giveBack(db: Db, now: Time, counted: Counted): Promise<void> {
  await inTransaction(db, async (tx) => {
    const window = await lockWindow(tx, counted, now);
    const last = window.at(-1);
    if (!last) return;
    await writeWindow(
      tx,
      counted,
      last[1] > 1 ? [...window.slice(0, -1), [last[0], last[1] - 1]] : window.slice(0, -1),
    );
  });
}

/** Forgets what a limit counted for its subject. */
export async function clearLimit(db: Db, counted: Counted): Promise<void> {
  await db.deleteFrom('limits').where('key', '=', keyOf(counted)).execute();
}

/** Tells whether one more fits, and if not from when it does, without counting anything. */
export async function readLimit(db: Db, now: Time, counted: Counted): Promise<Full | { result: 'room' }> {
  const { limit } = counted;
  const row = await db
    .selectFrom('limits')
    .select('state')
    .where('key', '=', keyOf(counted))
    .executeTakeFirst();
  const hits = row ? windowSchema.parse(JSON.parse(row.state)) : [];
  const window = hits.filter(([at]) => at > now - limit.within);
  return sum(window) < limit.most
    ? { result: 'room' }
    : { result: 'full', limit: limit.name, freeAt: freeAt(counted, window) };
}

/** Removes counters that no longer count anything. */
export async function forgetLimits(db: Db, now: Time): Promise<void> {
  await db.deleteFrom('limits').where('forget_at', '<', now).execute();
}
