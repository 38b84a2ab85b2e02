import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type AddressedMethod, addressedMethodSchema } from '../methods/method.ts';
import type { PeopleStore } from '../people/person.ts';
import type { ProvenKind } from '../people/status.ts';
import type { Tables, Time } from '../store/schema.ts';

const consentSchema = z.strictObject({
  givenBy: z.string(),
  givenAt: z.number(),
  how: z.string(),
  recordedBy: z.string(),
});

/** Who gave consent to fill in a value, when and how, and which administrator recorded it. */
export type Consent = z.infer<typeof consentSchema>;

/** A method of a person: proven, or filled in by an administrator and not proven yet. */
export interface Registration {
  method: AddressedMethod;
  provenAt: Time | null;
  checkedAt: Time | null;
  consent: Consent | null;
}

export type Registrations = Partial<Record<ProvenKind, Registration>>;

/** Binds a sealed registration to its person. */
export function registrationBinding(person: string) {
  return { table: 'registrations', person, column: 'value' };
}

/** What a method is made of, as it is kept. */
export type Held = Pick<
  Selectable<Tables['registrations']>,
  'person_id' | 'value' | 'proven_at' | 'checked_at' | 'consent'
>;

/** Makes a method of a row of `registrations`; throws when its seal is broken. */
export function registrationOf({ sealing }: Pick<PeopleStore, 'sealing'>, row: Held): Registration {
  const value = sealing.open(row.value, registrationBinding(row.person_id));
  return {
    method: addressedMethodSchema.parse(JSON.parse(value)),
    provenAt: row.proven_at,
    checkedAt: row.checked_at,
    consent: row.consent === null ? null : consentSchema.parse(JSON.parse(row.consent)),
  };
}

/** Reads a person's methods that have a destination, proven and filled in. */
export async function readRegistrations(store: PeopleStore, personId: string): Promise<Registrations> {
  const rows = await store.db
    .selectFrom('registrations')
    .selectAll()
    .where('person_id', '=', personId)
    .execute();
  return registrationsOf(store, rows);
}

/** Makes the methods of a person of rows of `registrations`; throws when the seal of one is broken. */
export function registrationsOf(store: Pick<PeopleStore, 'sealing'>, rows: readonly Held[]): Registrations {
  const registrations = rows.map((row) => registrationOf(store, row));
  return Object.fromEntries(registrations.map((registration) => [registration.method.kind, registration]));
}

/** Those that are proven. */
export function provenOf(registrations: Registrations): Registration[] {
  return Object.values(registrations).filter((registration) => registration.provenAt !== null);
}
