import { ownAct, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import { linkHash } from '../notices/stop-link.ts';
import { type About, tellOfWaitingChange } from '../notices/tell-person.ts';
import { mayGoOn, type Person } from '../people/person.ts';
import { newId, newToken } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import { endWaitingChange, readWaitingChange, usableTime, waitingTime } from './waiting-change.ts';

/** Each asking sends messages to every address. */
const askings: Limit = { name: 'waiting-changes-day', most: 3, within: 24 * 3_600_000 };

export type AskedToWait =
  | { result: 'asked' | 'waits-already'; dueAt: Time }
  | { result: 'too-often'; until: Time }
  | { result: 'nobody-to-tell' | 'ended' };

/** Nothing is kept of what was refused half-way. */
class NobodyToTell extends Error {}

async function insertChange(tx: Db, deps: Deps, { person, token }: { person: Person; token: string }) {
  const at = deps.now();
  await tx
    .insertInto('waiting_changes')
    .values({
      id: newId(),
      person_id: person.id,
      hash: linkHash(deps, token),
      epoch: person.sessionEpoch,
      asked_at: at,
      due_at: at + waitingTime,
      lapses_at: at + waitingTime + usableTime,
      ended_at: null,
      ended_as: null,
    })
    .execute();
  return at + waitingTime;
}

async function ask(tx: Db, deps: Deps, about: About & { address: string }): Promise<AskedToWait> {
  const { person } = about;
  if (!(await mayGoOn(tx, person))) return { result: 'ended' };
  // Taken first: its lock lets two at once follow one another.
  const taken = await takeFromLimits(tx, deps.now(), [{ limit: askings, subject: person.id }]);
  if (taken.result === 'full') return { result: 'too-often', until: taken.freeAt };
  const waiting = await readWaitingChange(tx, person, deps.now());
  if (waiting) return { result: 'waits-already', dueAt: waiting.dueAt };
  await endWaitingChange(tx, deps.now(), { personId: person.id, as: 'replaced' });
  const cancel = newToken();
  const dueAt = await insertChange(tx, deps, { person, token: cancel });
  await recordEvent(tx, deps.now(), {
    event: 'change-announced',
    ...ownAct(person.id, about.address),
    details: { dueAt },
  });
  const told = await tellOfWaitingChange(tx, deps, { ...about, dueAt, cancel });
  if (told === 0) throw new NobodyToTell();
  return { result: 'asked', dueAt };
}

/**
 * Lets a change of methods wait 72 hours for a person who can prove none of them any more; every known address is told
 * and can cancel it. Refused where nobody could be told: then only an administrator can help.
 */
export async function askToWait(deps: Deps, about: About & { address: string }): Promise<AskedToWait> {
  try {
    const asked = await inTransaction(deps.db, (tx) => ask(tx, deps, about));
    if (asked.result === 'asked') deps.wakeDelivery();
    return asked;
  } catch (error) {
    if (error instanceof NobodyToTell) return { result: 'nobody-to-tell' };
    throw error;
  }
}
