import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type AddressedMethod, addressedMethodSchema } from '../methods/method.ts';
import type { PeopleStore } from '../people/person.ts';
import { type ProvenKind, provenKinds } from '../people/status.ts';
import { SealBroken } from '../secrets/sealing.ts';
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

/** A method whose value no key opens any more: no code can go there, and it can be removed or given anew. */
export interface Unreadable extends Omit<Registration, 'method'> {
  kind: ProvenKind;
}

/** Binds a sealed registration to its person. */
export function registrationBinding(person: string) {
  return { table: 'registrations', person, column: 'value' };
}

/** What a method is made of, as it is kept. */
export type Held = Pick<
  Selectable<Tables['registrations']>,
  'person_id' | 'method' | 'value' | 'proven_at' | 'checked_at' | 'consent'
>;

/** Makes a method of a row of `registrations`; throws when its seal is broken. */
export function registrationOf({ sealing }: Pick<PeopleStore, 'sealing'>, row: Held): Registration {
  const value = sealing.open(row.value, registrationBinding(row.person_id));
  return { method: addressedMethodSchema.parse(JSON.parse(value)), ...keptOf(row) };
}

function keptOf({ proven_at, checked_at, consent }: Held): Omit<Registration, 'method'> {
  return {
    provenAt: proven_at,
    checkedAt: checked_at,
    consent: consent === null ? null : consentSchema.parse(JSON.parse(consent)),
  };
}

/** Makes a method of a row, also of one whose seal is broken. */
export function methodOf(store: Pick<PeopleStore, 'sealing'>, row: Held): Registration | Unreadable {
  try {
    return registrationOf(store, row);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return { kind: z.enum(provenKinds).parse(row.method), ...keptOf(row) };
  }
}

/** The methods of a person that have a destination, proven and filled in; apart from them those that no key opens. */
export interface Methods {
  registrations: Registrations;
  unreadable: Unreadable[];
}

/** Makes the methods of a person of rows of `registrations`. */
export function methodsOf(store: Pick<PeopleStore, 'sealing'>, rows: readonly Held[]): Methods {
  const found = rows.map((row) => methodOf(store, row));
  const opened = found.filter((each) => 'method' in each);
  const registrations = Object.fromEntries(opened.map((each) => [each.method.kind, each]));
  return { registrations, unreadable: found.filter((each) => 'kind' in each) };
}

/** Reads a person's methods. */
export async function readMethods(store: PeopleStore, personId: string): Promise<Methods> {
  const rows = await store.db
    .selectFrom('registrations')
    .selectAll()
    .where('person_id', '=', personId)
    .execute();
  return methodsOf(store, rows);
}

/** Reads a person's methods that can be opened: one that no key opens leads nowhere. */
export async function readRegistrations(store: PeopleStore, personId: string): Promise<Registrations> {
  return (await readMethods(store, personId)).registrations;
}

/** Those that are proven. */
export function provenOf(registrations: Registrations): Registration[] {
  return Object.values(registrations).filter((registration) => registration.provenAt !== null);
}
