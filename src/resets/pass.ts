import { recordEvent } from '../audit/audit.ts';
import type { Judged } from '../challenges/challenge.ts';
import { failureMonth, resetCodeHour } from '../challenges/code-limits.ts';
import { consumeChallenge } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { clearLimit, giveBack } from '../limits/limits.ts';
import { type Person, readPerson } from '../people/person.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Ask } from './ask.ts';
import type { Reset } from './reset.ts';
import { mayReset } from './standing.ts';

/** A code being tried. */
export interface Trying {
  reset: Reset;
  ask: Ask;
  /** None where what was typed is nobody's. */
  challenge: Judged | undefined;
  address: string;
}

/** What came of a code typed in a reset. */
export type CodeTaken =
  | { result: 'verified' }
  | { result: 'incorrect'; triesLeft: number }
  | { result: 'spent' | 'expired' | 'unknown' | 'stopped' }
  | { result: 'resting'; until: Time };

/** From the first gate on the reset is this person's, as of this session epoch; it never becomes another's. */
async function bindReset(tx: Db, reset: Reset, person: Person): Promise<boolean> {
  const own = { person_id: person.id, epoch: person.sessionEpoch };
  const { numUpdatedRows } = await tx
    .updateTable('resets')
    .set(own)
    .where('id', '=', reset.id)
    .where('ended_at', 'is', null)
    .where((c) =>
      c.or([
        c('person_id', 'is', null),
        c.and([c('person_id', '=', own.person_id), c('epoch', '=', own.epoch)]),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function passAsk(tx: Db, at: Time, ask: Ask): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('reset_asks')
    .set({ ended_at: at, ended_as: 'passed' })
    .where('id', '=', ask.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Passes the gate of a right code, once: the proof, the challenge used up, and whose the reset is, in one transaction. */
export async function passGate(deps: Deps, trying: Trying, personId: string): Promise<CodeTaken> {
  const { reset, ask, address } = trying;
  return inTransaction(deps.db, async (tx): Promise<CodeTaken> => {
    const person = await readPerson({ db: tx, sealing: deps.secrets.sealing }, personId);
    if (!mayReset(person)) return { result: 'stopped' };
    // The proof comes last: whatever fails before it leaves none.
    if (!(await consumeChallenge(tx, deps.now(), ask.id))) return { result: 'unknown' };
    if (!(await bindReset(tx, reset, person))) return { result: 'stopped' };
    if (!(await passAsk(tx, deps.now(), ask))) return { result: 'unknown' };
    await clearLimit(tx, resetCodeHour(reset.countsAs, ask.method.kind));
    await giveBack(tx, deps.now(), failureMonth(personId));
    await recordEvent(tx, deps.now(), {
      event: 'code-accepted',
      actor: { kind: 'stranger' },
      subject: personId,
      address,
      details: { method: ask.method.kind, purpose: 'reset' },
    });
    return { result: 'verified' };
  });
}
