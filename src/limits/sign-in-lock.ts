import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import { inTransaction } from '../store/database.ts';
import type { Db, Tables, Time } from '../store/schema.ts';

const minute = 60_000;
const freeFailures = 10;
const longestLock = 15 * minute;
const forgottenAfter = 24 * 60 * minute;

const stateSchema = z.object({ failures: z.number(), until: z.number() });

export type LockState = { result: 'open' } | { result: 'locked'; until: Time };

function keyOf(subject: string): string {
  return `sign-in-lock:${subject}`;
}

/** How many failures are free and how long each further one rests, where another lock must never be reached. */
export interface Leash {
  failures: number;
  /** Milliseconds. */
  within: number;
}

function lockFor(failures: number, leash: Leash | null): number {
  if (leash !== null && failures >= leash.failures) return leash.within;
  return failures < freeFailures
    ? 0
    : Math.min(minute * 2 ** Math.min(failures - freeFailures, 10), longestLock);
}

async function lockRow(tx: Db, subject: string, now: Time): Promise<z.infer<typeof stateSchema>> {
  const { state } = await tx
    .insertInto('limits')
    .values({ key: keyOf(subject), state: '{"failures":0,"until":0}', forget_at: now + forgottenAfter })
    .onConflict((c) => c.column('key').doUpdateSet({ forget_at: now + forgottenAfter }))
    .returning('state')
    .executeTakeFirstOrThrow();
  return stateSchema.parse(JSON.parse(state));
}

/**
 * Counts a try to sign in as a failure before the password is compared: ten are free, then the name rests for a
 * minute, doubling to fifteen. While it rests nothing is counted. A right password clears it (`clearSignInLock`).
 */
export async function raiseSignInLock(db: Db, now: Time, subject: string): Promise<LockState> {
  return raiseOnLeash(db, now, { subject, leash: null });
}

/** Counts a try likewise, on a leash: fewer are free, and the rest is longer. */
export async function raiseOnLeash(
  db: Db,
  now: Time,
  { subject, leash }: { subject: string; leash: Leash | null },
): Promise<LockState> {
  return inTransaction(db, async (tx) => {
    const state = await lockRow(tx, subject, now);
    if (state.until > now) return { result: 'locked', until: state.until };
    const failures = state.failures + 1;
    await tx
      .updateTable('limits')
      .set({ state: JSON.stringify({ failures, until: now + lockFor(failures, leash) }) })
      .where('key', '=', keyOf(subject))
      .execute();
    return { result: 'open' };
  });
}

/** Takes back one raise of which nothing was compared, and the rest it set: an earlier one was over, or it had not been let in. */
export async function lowerSignInLock(db: Db, now: Time, subject: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const state = await lockRow(tx, subject, now);
    const failures = Math.max(state.failures - 1, 0);
    await tx
      .updateTable('limits')
      .set({ state: JSON.stringify({ failures, until: 0 }) })
      .where('key', '=', keyOf(subject))
      .execute();
  });
}

/** Forgets the failures of a name, after a right password or a proven unlock. */
export async function clearSignInLock(db: Db, subject: string): Promise<void> {
  await db.deleteFrom('limits').where('key', '=', keyOf(subject)).execute();
}

/** Whose failures are counted: those at a name (by its fingerprint), or those of one browser that the person has signed in with. */
export function lockSubjectOf(name: string, browser?: string): string {
  return browser === undefined ? `name:${name}` : `browser:${name}:${browser}`;
}

/** The locks of a name, as a range of keys: its own, and those of its browsers (`;` follows `:`). */
function locksOf(name: string) {
  const browsers = keyOf(lockSubjectOf(name, ''));
  const next = `${browsers.slice(0, -1)};`;
  return (c: ExpressionBuilder<Tables, 'limits'>) =>
    c.or([c('key', '=', keyOf(lockSubjectOf(name))), c.and([c('key', '>=', browsers), c('key', '<', next)])]);
}

/** Until when signing in with a name rests, at the name itself or at a browser known to it; null when it does not. */
export async function readSignInLocks(db: Db, now: Time, name: string): Promise<Time | null> {
  const rows = await db.selectFrom('limits').select('state').where(locksOf(name)).execute();
  const latest = Math.max(0, ...rows.map(({ state }) => stateSchema.parse(JSON.parse(state)).until));
  return latest > now ? latest : null;
}

/** Forgets every failure at a name, those of known browsers too: a proven unlock lifts all at once. */
export async function clearSignInLocks(db: Db, name: string): Promise<void> {
  await db.deleteFrom('limits').where(locksOf(name)).execute();
}
