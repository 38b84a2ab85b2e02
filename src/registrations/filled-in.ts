import { recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import type { AddressedMethod } from '../methods/method.ts';
import { type Act, actOn, raiseRevision } from '../people/administer.ts';
import { type KeptOfficePhone, type Person, peopleBinding } from '../people/person.ts';
import { readPolicy } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { refreshFacts } from './facts.ts';
import { notifyPerson } from './notify.ts';
import { type Consent, provenOf, readMethods, registrationBinding } from './registration.ts';

/**
 * Keeps a phone or address that an administrator fills in with the person's consent. It proves nothing; a value that
 * the person has proven is never touched (`already-proven`).
 */
export async function fillInMethod(
  deps: Deps,
  filled: Act & { method: AddressedMethod; consent: Consent },
): Promise<{ result: 'filled-in' | 'already-proven' }> {
  const { person, method } = filled;
  const value = deps.secrets.sealing.seal(JSON.stringify(method), registrationBinding(person.id));
  const row = {
    value,
    destination: destinationFingerprint(deps, method),
    consent: JSON.stringify(filled.consent),
  };
  return inTransaction(deps.db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('registrations')
      .values({ person_id: person.id, method: method.kind, proven_at: null, checked_at: null, ...row })
      .onConflict((c) =>
        c.columns(['person_id', 'method']).doUpdateSet(row).where('registrations.proven_at', 'is', null),
      )
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return { result: 'already-proven' };
    await refreshFacts(tx, deps, person.id);
    await raiseRevision(tx, person.id);
    await recordEvent(tx, deps.now(), {
      event: 'method-filled-in',
      ...actOn(filled),
      details: {
        method: method.kind,
        consentGivenBy: filled.consent.givenBy,
        consentHow: filled.consent.how,
      },
    });
    return { result: 'filled-in' };
  });
}

/** A proof that ends is told at every known address (S49). */
async function endOfficeProof(tx: Db, deps: Deps, person: Person): Promise<void> {
  const { id: personId } = person;
  const store = { db: tx, sealing: deps.secrets.sealing };
  const { registrations, unreadable } = await readMethods(store, personId);
  const methods = provenOf(registrations).map(({ method }) => method);
  await tx
    .deleteFrom('registrations')
    .where('person_id', '=', personId)
    .where('method', '=', 'office-phone')
    .execute();
  await cancelChallenges(tx, deps.now(), { personId, method: 'office-phone' });
  await refreshFacts(tx, deps, personId);
  if (![...methods, ...unreadable].some(({ kind }) => kind === 'office-phone')) return;
  const notice = { kind: 'method-removed', method: 'office-phone', at: deps.now() } as const;
  await notifyPerson(tx, deps, { person, policy: await readPolicy(tx), methods, notice });
}

/** Sets or clears the office phone. Another number has to be proven anew: the old proof ends with the old number. */
export async function replaceOfficePhone(
  deps: Deps,
  replaced: Act & { officePhone: KeptOfficePhone | null },
): Promise<{ result: 'replaced' | 'same' }> {
  const { person, officePhone } = replaced;
  const present = person.officePhoneText === null ? person.officePhone : { text: person.officePhoneText };
  if (JSON.stringify(present) === JSON.stringify(officePhone)) return { result: 'same' };
  const office_phone =
    officePhone &&
    deps.secrets.sealing.seal(JSON.stringify(officePhone), peopleBinding(person.id, 'office_phone'));
  return inTransaction(deps.db, async (tx) => {
    await tx.updateTable('people').set({ office_phone }).where('id', '=', person.id).execute();
    await endOfficeProof(tx, deps, person);
    await raiseRevision(tx, person.id);
    await recordEvent(tx, deps.now(), {
      event: 'office-phone-replaced',
      ...actOn(replaced),
      details: { cleared: officePhone === null },
    });
    return { result: 'replaced' };
  });
}
