import type { Deps } from '../deps.ts';
import { type AddressedMethod, destinationKey, type MethodKind } from '../methods/method.ts';
import { type Asked, askedOf } from '../people/asked.ts';
import { type Person, readPerson } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { provenOf, readRegistrations } from '../registrations/registration.ts';
import { askOf } from './ask.ts';
import type { Reset } from './reset.ts';
import { type Proof, type Still, stillNeeded } from './still-needed.ts';

/**
 * Where a reset stands. `open`: nobody knows whose it is. `known`: a gate of possession was passed; `possible` are the
 * methods with which this person can go on. `stopped`: the person may not go on (S14).
 */
export type Standing =
  | { result: 'open'; asked: Asked; still: Still }
  | { result: 'known'; person: Person; asked: Asked; still: Still; possible: readonly MethodKind[] }
  | { result: 'stopped' };

/** What is asked of anybody: all that a page may depend on until a gate of possession is passed (S37). */
export function askedOfAnybody(policy: Policy): Asked {
  return { ...askedOf(policy, { groups: [] }), enabled: policy.enabledFor.who !== 'nobody' };
}

/** Whether a person may reset at all, whatever was proven: there, not disabled, not blocked. */
export function mayReset(person: Person | undefined): person is Person {
  return person !== undefined && person.disabledAt === null && person.blockedAt === null;
}

/** Sessions ended, or a new registration demanded, since the reset began: it ends (S14, S17). */
function hasEnded(reset: Reset, person: Person): boolean {
  if (person.sessionEpoch !== reset.epoch) return true;
  return person.demandedAt !== null && person.demandedAt > reset.startedAt;
}

/** Where a code goes to, in the one form in which two are compared; stored fingerprints may be of different keys. */
function proofOf({ method }: { method: AddressedMethod }): Proof {
  return { method: method.kind, destination: destinationKey(method) };
}

/** What was proven in a reset, as far as it is still proven of the person: a method changed or removed counts no more. */
async function readProofs(deps: Deps, reset: Reset, has: readonly Proof[]): Promise<Proof[]> {
  const rows = await deps.db
    .selectFrom('reset_asks')
    .selectAll()
    .where('reset_id', '=', reset.id)
    .where('ended_as', '=', 'passed')
    .execute();
  const passed = rows.map(
    (row): Proof =>
      // That the answers were right is a row without a destination.
      row.method === 'security-questions'
        ? { method: row.method, destination: questionsDestination }
        : proofOf(askOf(deps, row)),
  );
  return has.filter(({ method, destination }) =>
    passed.some((one) => one.method === method && one.destination === destination),
  );
}

/** The one destination of all answers. */
export const questionsDestination = 'questions';

/** All gates that a person could pass. */
async function readGates(deps: Deps, person: Person, asked: Asked): Promise<Proof[]> {
  const { db, secrets } = deps;
  const proven = provenOf(await readRegistrations({ db, sealing: secrets.sealing }, person.id));
  const gates = proven.map(proofOf);
  return person.questionCount >= asked.questionsToReset
    ? [...gates, { method: 'security-questions', destination: questionsDestination }]
    : gates;
}

function possibleOf(still: Still, has: readonly Proof[], proofs: readonly Proof[]): MethodKind[] {
  const spent = new Set(proofs.map(({ destination }) => destination));
  const fresh = has.filter(({ destination }) => !spent.has(destination));
  return still.open.filter((kind) => fresh.some(({ method }) => method === kind));
}

/** Reads where a reset stands under the policy in force. */
export async function readStanding(deps: Deps, reset: Reset, policy: Policy): Promise<Standing> {
  if (reset.personId === null) {
    const asked = askedOfAnybody(policy);
    return { result: 'open', asked, still: stillNeeded(asked, []) };
  }
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, reset.personId);
  if (!mayReset(person) || hasEnded(reset, person)) return { result: 'stopped' };
  const asked = askedOf(policy, person);
  const has = await readGates(deps, person, asked);
  const proofs = await readProofs(deps, reset, has);
  const still = stillNeeded(asked, proofs);
  return { result: 'known', person, asked, still, possible: possibleOf(still, has, proofs) };
}
