import { type AuditEntry, ownAct, recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import type { AddressedMethod } from '../methods/method.ts';
import { askedOf } from '../people/asked.ts';
import { type Person, readPerson } from '../people/person.ts';
import { isCapable, type ProvenKind } from '../people/status.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';
import { refreshFacts } from './facts.ts';
import { notifyPerson } from './notify.ts';
import { provenOf, readMethods, registrationBinding } from './registration.ts';

/** Who changes what, from where, and under which policy. */
export interface Doing {
  person: Person;
  policy: Policy;
  address: string;
}

async function writeProven(
  tx: Db,
  deps: Deps,
  { person, method }: { person: Person; method: AddressedMethod },
) {
  const at = deps.now();
  const row = {
    value: deps.secrets.sealing.seal(JSON.stringify(method), registrationBinding(person.id)),
    destination: destinationFingerprint(deps, method),
    proven_at: at,
    checked_at: at,
  };
  await tx
    .insertInto('registrations')
    .values({ person_id: person.id, method: method.kind, consent: null, ...row })
    .onConflict((c) => c.columns(['person_id', 'method']).doUpdateSet(row))
    .execute();
}

/**
 * Ends every step under way of a person who has just become able to reset: it was opened when a password alone was
 * enough (S65). To be called after `refreshFacts`, with the person as they were before.
 */
export async function endEarlierSteps(tx: Db, deps: Deps, { person, policy }: Doing): Promise<void> {
  const asked = askedOf(policy, person);
  if (isCapable(asked, person)) return;
  const now = await readPerson({ db: tx, sealing: deps.secrets.sealing }, person.id);
  if (now && isCapable(asked, now)) await cancelChallenges(tx, deps.now(), { personId: person.id });
}

/**
 * Keeps a method that has just been proven, in the transaction that consumed its code: stored sealed, audited, and
 * told at every known address, old and new. When an address is changed all open codes die (S21).
 */
export async function registerMethod(
  tx: Db,
  deps: Deps,
  doing: Doing & { method: AddressedMethod },
): Promise<void> {
  const { person, policy, method } = doing;
  const store = { db: tx, sealing: deps.secrets.sealing };
  const { registrations, unreadable } = await readMethods(store, person.id);
  const before = provenOf(registrations).map((registration) => registration.method);
  const lost = unreadable.filter(({ provenAt }) => provenAt !== null);
  const changed = [...before, ...lost].some(({ kind }) => kind === method.kind);
  await writeProven(tx, deps, { person, method });
  const of = changed ? { personId: person.id } : { personId: person.id, method: method.kind };
  await cancelChallenges(tx, deps.now(), of);
  await refreshFacts(tx, deps, person.id);
  await endEarlierSteps(tx, deps, doing);
  await recordEvent(tx, deps.now(), {
    event: changed ? 'method-changed' : 'method-registered',
    ...ownAct(person.id, doing.address),
    details: { method: method.kind },
  });
  const notice = {
    kind: changed ? 'method-changed' : 'method-added',
    method: method.kind,
    at: deps.now(),
  } as const;
  await notifyPerson(tx, deps, { person, policy, methods: [...before, method], notice });
}

/** Who removes a method, as the audit says it: the person, or an administrator. */
export interface Removing {
  person: Person;
  policy: Policy;
  kind: ProvenKind;
  act: Pick<AuditEntry, 'actor' | 'subject' | 'address'>;
}

/** Removes a method of the person; answers `not-there` when there was none. */
export async function removeMethod(
  deps: Deps,
  doing: Doing & { kind: ProvenKind },
): Promise<{ result: 'removed' | 'not-there' }> {
  const { person, policy, kind, address } = doing;
  return removeMethodBy(deps, { person, policy, kind, act: ownAct(person.id, address) });
}

/** Removes a method, told at every address there was; every code under way is nothing any more. */
export async function removeMethodBy(
  deps: Deps,
  { person, policy, kind, act }: Removing,
): Promise<{ result: 'removed' | 'not-there' }> {
  return inTransaction(deps.db, async (tx) => {
    const before = await readMethods({ db: tx, sealing: deps.secrets.sealing }, person.id);
    const isLost = before.unreadable.some((each) => each.kind === kind);
    if (!before.registrations[kind] && !isLost) return { result: 'not-there' };
    await tx
      .deleteFrom('registrations')
      .where('person_id', '=', person.id)
      .where('method', '=', kind)
      .execute();
    await cancelChallenges(tx, deps.now(), { personId: person.id });
    await refreshFacts(tx, deps, person.id);
    await recordEvent(tx, deps.now(), { event: 'method-removed', ...act, details: { method: kind } });
    const methods = provenOf(before.registrations).map(({ method }) => method);
    await notifyPerson(tx, deps, {
      person,
      policy,
      methods,
      notice: { kind: 'method-removed', method: kind, at: deps.now() },
    });
    return { result: 'removed' };
  });
}
