import { type Deps, inTransaction } from '../deps.ts';
import type { Person } from '../people/person.ts';
import { type Challenge, findChallenge, sameCodeFor } from './challenge.ts';
import { createChallenge } from './create.ts';
import { type Created, sendCode, takeMessage, type Wanted } from './message.ts';

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
