import { tellAdministrators } from '../administrators/tell.ts';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { tellOfLimit } from '../audit/tell-of-limit.ts';
import { enqueueCode } from '../delivery/queue.ts';
import type { Deps } from '../deps.ts';
import { readLimit, takeFromLimits } from '../limits/limits.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import { type AddressedMethod, channelOf } from '../methods/method.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import type { Purpose } from './challenge.ts';
import { codeHour, houseBudget, messageLimits } from './code-limits.ts';

/** What a challenge is asked for, and by which checks. */
export interface Wanted {
  purpose: Purpose;
  method: AddressedMethod;
  language: Language;
  policy: Policy;
  /** Until when the password (and code to a proven method) checked at this step stand. */
  authorisedUntil: Time;
  address: string;
}

export type Created =
  | { result: 'created'; challengeId: string }
  | { result: 'wait'; until: Time }
  | { result: 'resting'; until: Time }
  | { result: 'no-transport' };

/** Puts the message of a challenge into the queue, and into the audit. */
export async function sendCode(
  tx: Db,
  deps: Deps,
  message: { person: Person; wanted: Wanted; challengeId: string },
) {
  const { person, wanted, challengeId } = message;
  const channel = channelOf(wanted.method);
  await enqueueCode(
    tx,
    { now: deps.now, sealing: deps.secrets.sealing },
    { challengeId, personId: person.id, channel },
  );
  await recordEvent(tx, deps.now(), {
    event: 'code-requested',
    ...ownAct(person.id, wanted.address),
    details: { method: wanted.method.kind, channel, purpose: wanted.purpose },
  });
}

/** Why no message may go to this method now, or undefined; counts the message when it may. */
export async function takeMessage(
  tx: Db,
  deps: Deps,
  { person, wanted }: { person: Person; wanted: Wanted },
) {
  const wrong = await readLimit(tx, deps.now(), codeHour(person.id, wanted.method.kind));
  if (wrong.result === 'full') return { result: 'resting', until: wrong.freeAt } as const;
  const destination = destinationFingerprint(deps, wanted.method);
  const message = { destination, channel: channelOf(wanted.method), budget: wanted.policy.messagesPerDay };
  const taken = await takeFromLimits(tx, deps.now(), messageLimits(person.id, message));
  if (taken.result === 'full') return { result: 'wait', until: taken.freeAt } as const;
  if (message.channel !== 'mail') await tellOfBudget(tx, deps, message.budget);
  return undefined;
}

/** Administrators are told when four fifths of a day's texts and calls are spent (S46). */
async function tellOfBudget(tx: Db, deps: Deps, budget: number): Promise<void> {
  const spent = await readLimit(tx, deps.now(), houseBudget(Math.ceil(budget * 0.8)));
  if (spent.result === 'room') return;
  const told = { event: 'message-budget-nearly-spent', subject: 'house', details: { budget } } as const;
  if (!(await tellOfLimit(tx, deps.now(), told))) return;
  deps.log.warn({ budget }, 'most of the messages of a day are spent');
  await tellAdministrators(tx, deps, { event: 'budget-nearly-spent' });
}
