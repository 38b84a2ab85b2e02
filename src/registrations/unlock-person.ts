import { recordEvent } from '../audit/audit.ts';
import {
  codeHour,
  failureMonthOfResets,
  liftAnswers,
  liftFailures,
  wrongAnswers,
} from '../challenges/code-limits.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { clearLimit, readLimit } from '../limits/limits.ts';
import { type Act, actOn } from '../people/administer.ts';
import type { Person } from '../people/person.ts';
import { type ProvenKind, provenKinds } from '../people/status.ts';
import type { Time } from '../store/schema.ts';

/** A limit that a person has used up: of one method, or of all (null); until then it rests. */
export interface Resting {
  limit: string;
  method: ProvenKind | null;
  until: Time;
}

/** Reads which limits of failures a person has used up. */
export async function readResting({ db, now }: Deps, { id }: Pick<Person, 'id'>): Promise<Resting[]> {
  const counted = [
    ...provenKinds.map((method) => ({ method, of: codeHour(id, method) })),
    ...[failureMonthOfResets(id), ...wrongAnswers(id)].map((of) => ({ method: null, of })),
  ];
  const resting: Resting[] = [];
  for (const { method, of } of counted) {
    const read = await readLimit(db, now(), of);
    if (read.result === 'full') resting.push({ limit: read.limit, method, until: read.freeAt });
  }
  return resting;
}

/**
 * Lifts whatever holds a person up after failures: the lock on signing in, and the limits on codes and answers, that of
 * 30 days too. Changes no password and no method.
 */
export async function unlockPerson(deps: Deps, act: Act): Promise<void> {
  const { person } = act;
  await deps.directory.unlock(person.userName);
  await inTransaction(deps.db, async (tx) => {
    for (const method of provenKinds) await clearLimit(tx, codeHour(person.id, method));
    await liftFailures(tx, person.id);
    await liftAnswers(tx, person.id);
    await recordEvent(tx, deps.now(), { event: 'person-unlocked', ...actOn(act) });
  });
}
