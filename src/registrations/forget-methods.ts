import { ownAct, recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import type { Deps } from '../deps.ts';
import type { Db } from '../store/schema.ts';
import { refreshFacts } from './facts.ts';
import { forgetDrawn } from './forget-drawn.ts';
import type { Doing } from './register-method.ts';

/**
 * Removes every method a person had proven, and all answers, in the transaction of what makes them void: a password
 * chosen with an access code, by somebody who has lost them. What an administrator filled in stays: it proves nothing.
 * Telling the person at the addresses that go is up to the caller, beforehand.
 */
export async function forgetMethods(
  tx: Db,
  deps: Deps,
  { person, address }: Omit<Doing, 'policy'>,
): Promise<void> {
  const removed = await tx
    .deleteFrom('registrations')
    .where('person_id', '=', person.id)
    .where('proven_at', 'is not', null)
    .returning('method')
    .execute();
  const answers = await tx
    .deleteFrom('answers')
    .where('person_id', '=', person.id)
    .returning('position')
    .execute();
  await forgetDrawn(tx, person.id);
  await cancelChallenges(tx, deps.now(), { personId: person.id });
  await refreshFacts(tx, deps, person.id);
  const methods = [
    ...removed.map(({ method }) => method),
    ...(answers.length > 0 ? ['security-questions'] : []),
  ];
  for (const method of methods)
    await recordEvent(tx, deps.now(), {
      event: 'method-removed',
      ...ownAct(person.id, address),
      details: { method, reason: 'access-code' },
    });
}
