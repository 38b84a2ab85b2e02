import { noticeWrongTry } from '../administrators/tell-of-guessing.ts';
import { recordEvent } from '../audit/audit.ts';
import { findJudged, triesPerCode } from '../challenges/challenge.ts';
import { failureMonthOfResets, resetCodeHour } from '../challenges/code-limits.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { takeFromLimits } from '../limits/limits.ts';
import type { AddressedMethod } from '../methods/method.ts';
import type { Time } from '../store/schema.ts';
import { type Ask, readAsk } from './ask.ts';
import { type CodeTaken, passGate, type Trying } from './pass.ts';
import type { Reset } from './reset.ts';

/** A code as it was typed in a reset, parsed to six digits. */
export interface Typed {
  kind: AddressedMethod['kind'];
  code: string;
  address: string;
}

/** A try that has been counted; `mayMatch`: the failures in 30 days left room for it. */
type Counted = CodeTaken | { result: 'counted'; tries: number; mayMatch: boolean };

function whyNotLive(ask: Ask | undefined, now: Time): CodeTaken | undefined {
  if (!ask || ask.endedAs === 'passed' || ask.endedAs === 'replaced') return { result: 'unknown' };
  if (ask.endedAs === 'spent' || ask.tries >= triesPerCode) return { result: 'spent' };
  return ask.expiresAt <= now ? { result: 'expired' } : undefined;
}

/** Only codes really sent count towards a person's failures; of others something is counted too, at the same cost (S38). */
function monthOf({ challenge, reset }: Trying) {
  return challenge && challenge.sentAt !== null
    ? failureMonthOfResets(challenge.personId)
    : failureMonthOfResets(`nobody:${reset.countsAs}`);
}

/** Counts the try before anything is compared, committed in a transaction of its own (S29). */
async function countTry(deps: Deps, trying: Trying): Promise<Counted> {
  const { reset, ask } = trying;
  const hour = resetCodeHour(reset.countsAs, ask.method.kind);
  return inTransaction(deps.db, async (tx): Promise<Counted> => {
    // The ask is locked before the counters, as passing a gate does: in two orders PostgreSQL has to end one of them.
    await tx
      .updateTable('reset_asks')
      .set((c) => ({ tries: c.ref('tries') }))
      .where('id', '=', ask.id)
      .execute();
    const taken = await takeFromLimits(tx, deps.now(), [hour]);
    if (taken.result === 'full') return { result: 'resting', until: taken.freeAt };
    const row = await tx
      .updateTable('reset_asks')
      .set((c) => ({ tries: c('tries', '+', 1) }))
      .where('id', '=', ask.id)
      .where('tries', '<', triesPerCode)
      .where('ended_at', 'is', null)
      .returning('tries')
      .executeTakeFirst();
    if (!row) return { result: 'spent' };
    const month = await takeFromLimits(tx, deps.now(), [monthOf(trying)]);
    return { result: 'counted', tries: row.tries, mayMatch: month.result === 'taken' };
  });
}

async function refuse(deps: Deps, trying: Trying, tries: number): Promise<CodeTaken> {
  const { ask, challenge, address } = trying;
  await inTransaction(deps.db, async (tx) => {
    if (tries >= triesPerCode) {
      const spent = { ended_at: deps.now(), ended_as: 'spent' };
      await tx
        .updateTable('reset_asks')
        .set(spent)
        .where('id', '=', ask.id)
        .where('ended_at', 'is', null)
        .execute();
    }
    await recordEvent(tx, deps.now(), {
      event: 'code-refused',
      actor: { kind: 'stranger' },
      ...(challenge ? { subject: challenge.personId } : {}),
      outcome: 'refused',
      address,
      details: { method: ask.method.kind, purpose: 'reset', tries },
    });
  });
  const triesLeft = triesPerCode - tries;
  return triesLeft > 0 ? { result: 'incorrect', triesLeft } : { result: 'spent' };
}

/** A code that was never handed to a transport, or whose challenge has ended, is refused like any wrong one (S04). */
function matches({ secrets }: Deps, { ask, challenge }: Trying, code: string): boolean {
  const right = secrets.codes.matches(ask.id, challenge?.keyId ?? secrets.codes.keyId, code);
  return right && challenge !== undefined && challenge.sentAt !== null && challenge.endedAs === null;
}

/**
 * Compares a code typed in a reset. Tries are counted and told alike whether or not there is a code to be guessed; the
 * right one passes the gate, once (S10). Nothing of the person is looked at before it was right (S37).
 */
export async function verifyCode(
  deps: Deps,
  reset: Reset,
  { kind, code, address }: Typed,
): Promise<CodeTaken> {
  const ask = await readAsk(deps, reset, kind);
  const dead = whyNotLive(ask, deps.now());
  if (dead || !ask) return dead ?? { result: 'unknown' };
  const challenge = await findJudged(deps, { id: ask.id, purpose: 'reset' });
  const trying = { reset, ask, challenge, address };
  const counted = await countTry(deps, trying);
  if (counted.result !== 'counted') return counted;
  if (challenge && matches(deps, trying, code) && counted.mayMatch)
    return passGate(deps, trying, challenge.personId);
  await noticeWrongTry(deps);
  return refuse(deps, trying, counted.tries);
}
