import { type Deps, inTransaction } from '../deps.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import { channelOf } from '../methods/method.ts';
import type { Person } from '../people/person.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import { challengeBinding, codeLife } from './challenge.ts';
import { type Created, sendCode, takeMessage, type Wanted } from './message.ts';

/** Ends the live challenge of a person's method and purpose, if there is one: the newest counts. */
export async function endLive(
  tx: Db,
  at: Time,
  { person, wanted: { purpose, method } }: { person: Person; wanted: Wanted },
): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ ended_at: at, ended_as: 'replaced' })
    .where('person_id', '=', person.id)
    .where('purpose', '=', purpose)
    .where('method', '=', method.kind)
    .where('ended_at', 'is', null)
    .execute();
}

/** Writes a challenge down, under an id that nobody can guess; its life runs from when it was asked for. */
export async function insertChallenge(
  tx: Db,
  deps: Deps,
  { person, wanted, id, at }: { person: Person; wanted: Wanted; id: string; at: Time },
): Promise<void> {
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
    await endLive(tx, deps.now(), { person, wanted });
    const challengeId = newId();
    await insertChallenge(tx, deps, { person, wanted, id: challengeId, at: deps.now() });
    await sendCode(tx, deps, { person, wanted, challengeId });
    return { result: 'created', challengeId };
  });
  if (created.result === 'created') deps.wakeDelivery();
  return created;
}
