import { ownAct, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { clearLimit, giveBack, takeFromLimits } from '../limits/limits.ts';
import type { AddressedMethod } from '../methods/method.ts';
import { mayGoOn, type Person } from '../people/person.ts';
import type { Db, Time } from '../store/schema.ts';
import { type Challenge, findChallenge, type Purpose, triesPerCode } from './challenge.ts';
import { codeHour, failureMonth } from './code-limits.ts';

/** A code as the person typed it, parsed to six digits, and what is kept when it is right. */
export interface Answered {
  challengeId: string;
  purpose: Purpose;
  code: string;
  address: string;
  /** Done in the transaction that consumes the code. */
  keep(tx: Db, method: AddressedMethod): Promise<void>;
}

export type Verified =
  | { result: 'verified'; method: AddressedMethod }
  | { result: 'incorrect'; triesLeft: number }
  | { result: 'spent' | 'expired' | 'replaced' | 'unknown' | 'lapsed' | 'ended' }
  | { result: 'resting'; until: Time };

type NotLive = Exclude<Verified, { result: 'verified' | 'incorrect' | 'resting' }>;

function whyNotLive(challenge: Challenge | undefined, now: Time): NotLive | undefined {
  if (!challenge) return { result: 'unknown' };
  if (challenge.endedAs === 'replaced') return { result: 'replaced' };
  if (challenge.endedAs === 'used' || challenge.endedAs === 'cancelled') return { result: 'unknown' };
  if (challenge.endedAs !== null || challenge.tries >= triesPerCode) return { result: 'spent' };
  if (challenge.expiresAt <= now) return { result: 'expired' };
  return challenge.authorisedUntil <= now ? { result: 'lapsed' } : undefined;
}

/** Counts the try before anything is compared, committed in a transaction of its own (S29). */
async function countTry(
  deps: Deps,
  challenge: Challenge,
): Promise<Verified | { result: 'counted'; tries: number }> {
  const { personId, method, id } = challenge;
  return inTransaction(deps.db, async (tx) => {
    // The challenge is locked before the counters, as accepting does: in two orders PostgreSQL has to end one of them.
    await tx
      .updateTable('challenges')
      .set((c) => ({ tries: c.ref('tries') }))
      .where('id', '=', id)
      .execute();
    const month = challenge.sentAt === null ? [] : [failureMonth(personId)];
    const taken = await takeFromLimits(tx, deps.now(), [codeHour(personId, method.kind), ...month]);
    if (taken.result === 'full') return { result: 'resting', until: taken.freeAt };
    const row = await tx
      .updateTable('challenges')
      .set((c) => ({ tries: c('tries', '+', 1) }))
      .where('id', '=', id)
      .where('tries', '<', triesPerCode)
      .where('ended_at', 'is', null)
      .returning('tries')
      .executeTakeFirst();
    return row ? { result: 'counted', tries: row.tries } : { result: 'spent' };
  });
}

async function endSpent(tx: Db, at: Time, challengeId: string): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ ended_at: at, ended_as: 'spent' })
    .where('id', '=', challengeId)
    .where('ended_at', 'is', null)
    .execute();
}

async function refuse(
  deps: Deps,
  challenge: Challenge,
  { tries, address }: { tries: number; address: string },
) {
  await inTransaction(deps.db, async (tx) => {
    if (tries >= triesPerCode) await endSpent(tx, deps.now(), challenge.id);
    await recordEvent(tx, deps.now(), {
      event: 'code-refused',
      ...ownAct(challenge.personId, address),
      outcome: 'refused',
      details: { method: challenge.method.kind, purpose: challenge.purpose, tries },
    });
  });
}

/** Uses a live challenge up; of two at once one gets it (S10). */
export async function consumeChallenge(tx: Db, at: Time, challengeId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('challenges')
    .set({ ended_at: at, ended_as: 'used' })
    .where('id', '=', challengeId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function accept(
  deps: Deps,
  person: Person,
  { challenge, answered }: { challenge: Challenge; answered: Answered },
) {
  const { id: personId } = person;
  return inTransaction(deps.db, async (tx): Promise<Verified> => {
    if (!(await mayGoOn(tx, person))) return { result: 'ended' };
    if (!(await consumeChallenge(tx, deps.now(), challenge.id))) return { result: 'unknown' };
    await clearLimit(tx, codeHour(personId, challenge.method.kind));
    await giveBack(tx, deps.now(), failureMonth(personId));
    await recordEvent(tx, deps.now(), {
      event: 'code-accepted',
      ...ownAct(personId, answered.address),
      details: { method: challenge.method.kind, purpose: challenge.purpose },
    });
    await answered.keep(tx, challenge.method);
    return { result: 'verified', method: challenge.method };
  });
}

/**
 * Compares a typed code with its challenge's. The try is counted first; consuming is one atomic statement, so of two
 * right answers one wins (S10). A code that was never handed to a transport is refused like any wrong one (S04).
 */
export async function verifyChallenge(deps: Deps, person: Person, answered: Answered): Promise<Verified> {
  const challenge = await findChallenge(deps, person.id, {
    id: answered.challengeId,
    purpose: answered.purpose,
  });
  const dead = whyNotLive(challenge, deps.now());
  if (dead || !challenge) return dead ?? { result: 'unknown' };
  const counted = await countTry(deps, challenge);
  if (counted.result !== 'counted') return counted;
  const right = deps.secrets.codes.matches(challenge.id, challenge.keyId, answered.code);
  if (right && challenge.sentAt !== null) return accept(deps, person, { challenge, answered });
  await refuse(deps, challenge, { tries: counted.tries, address: answered.address });
  const triesLeft = triesPerCode - counted.tries;
  return triesLeft > 0 ? { result: 'incorrect', triesLeft } : { result: 'spent' };
}

/** Ends the open challenges of a person's method, or of all methods: their codes are nothing any more (S21). */
export async function cancelChallenges(
  tx: Db,
  at: Time,
  of: { personId: string; method?: string },
): Promise<void> {
  let query = tx
    .updateTable('challenges')
    .set({ ended_at: at, ended_as: 'cancelled' })
    .where('person_id', '=', of.personId)
    .where('ended_at', 'is', null);
  if (of.method !== undefined) query = query.where('method', '=', of.method);
  await query.execute();
}
