import { ownAct, recordEvent } from '../audit/audit.ts';
import { tellOfLimit } from '../audit/tell-of-limit.ts';
import { enqueueCode } from '../delivery/queue.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { readLimit, takeFromLimits } from '../limits/limits.ts';
import { type AddressedMethod, channelOf, destinationKey } from '../methods/method.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/words.ts';
import {
  type Challenge,
  challengeBinding,
  codeLife,
  findChallenge,
  type Purpose,
  sameCodeFor,
} from './challenge.ts';
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

/** The keyed fingerprint that stands for a destination wherever equality must be asked. */
export function destinationFingerprint({ secrets }: Deps, method: AddressedMethod): string {
  return secrets.sealing.fingerprint('destination', destinationKey(method));
}

async function endLive(tx: Db, at: Time, person: Person, { purpose, method }: Wanted): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ ended_at: at, ended_as: 'replaced' })
    .where('person_id', '=', person.id)
    .where('purpose', '=', purpose)
    .where('method', '=', method.kind)
    .where('ended_at', 'is', null)
    .execute();
}

async function insertChallenge(tx: Db, deps: Deps, { person, wanted }: { person: Person; wanted: Wanted }) {
  const id = newId();
  const at = deps.now();
  await tx
    .insertInto('challenges')
    .values({
      id,
      person_id: person.id,
      purpose: wanted.purpose,
      method: wanted.method.kind,
      value: deps.secrets.sealing.seal(JSON.stringify(wanted.method), challengeBinding(person.id)),
      destination: destinationFingerprint(deps, wanted.method),
      key_id: deps.secrets.codes.keyId,
      language: wanted.language,
      created_at: at,
      expires_at: at + codeLife,
      tries: 0,
      asked_at: at,
      sent_at: null,
      authorised_until: wanted.authorisedUntil,
      ended_at: null,
      ended_as: null,
    })
    .execute();
  return id;
}

async function sendCode(
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
async function takeMessage(tx: Db, deps: Deps, { person, wanted }: { person: Person; wanted: Wanted }) {
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
  if (await tellOfLimit(tx, deps.now(), told))
    deps.log.warn({ budget }, 'most of the messages of a day are spent');
}

/**
 * Makes a challenge for a method and puts its message into the queue, in one transaction. An older live one of the
 * same method and purpose ends. Wake the delivery afterwards.
 */
export async function createChallenge(deps: Deps, person: Person, wanted: Wanted): Promise<Created> {
  if (!deps.carries.has(channelOf(wanted.method))) return { result: 'no-transport' };
  const created = await inTransaction(deps.db, async (tx): Promise<Created> => {
    const refused = await takeMessage(tx, deps, { person, wanted });
    if (refused) return refused;
    await endLive(tx, deps.now(), person, wanted);
    const challengeId = await insertChallenge(tx, deps, { person, wanted });
    await sendCode(tx, deps, { person, wanted, challengeId });
    return { result: 'created', challengeId };
  });
  if (created.result === 'created') deps.wakeDelivery();
  return created;
}

async function sendSameAgain(deps: Deps, person: Person, again: { wanted: Wanted; challengeId: string }) {
  const sent = await inTransaction(deps.db, async (tx): Promise<Created> => {
    const refused = await takeMessage(tx, deps, { person, wanted: again.wanted });
    if (refused) return refused;
    await tx
      .updateTable('challenges')
      .set({ asked_at: deps.now(), authorised_until: again.wanted.authorisedUntil })
      .where('id', '=', again.challengeId)
      .execute();
    await sendCode(tx, deps, { person, ...again });
    return { result: 'created', challengeId: again.challengeId };
  });
  if (sent.result === 'created') deps.wakeDelivery();
  return sent;
}

function isYoung(deps: Deps, challenge: Challenge): boolean {
  return challenge.endedAs === null && deps.now() < challenge.createdAt + sameCodeFor;
}

/**
 * Sends a challenge's code again: the same code while it is young, else a new challenge to the same destination that
 * ends the old one. The destination is the challenge's own (S08). The checks made at its step stand while it lives;
 * once it has ended they must be made again (S65). `undefined` when the person has no such challenge.
 */
export async function sendAgain(
  deps: Deps,
  person: Person,
  again: Omit<Wanted, 'method'> & { challengeId: string },
): Promise<Created | undefined> {
  const challenge = await findChallenge(deps, person.id, { id: again.challengeId, purpose: again.purpose });
  if (!challenge || challenge.endedAs === 'used' || challenge.endedAs === 'cancelled') return undefined;
  const { challengeId, ...rest } = again;
  const carried = challenge.endedAs === null ? challenge.authorisedUntil : 0;
  const authorisedUntil = Math.max(carried, again.authorisedUntil);
  const wanted = { ...rest, method: challenge.method, authorisedUntil };
  return isYoung(deps, challenge)
    ? sendSameAgain(deps, person, { wanted, challengeId })
    : createChallenge(deps, person, wanted);
}
