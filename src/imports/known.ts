import type { Selectable } from 'kysely';
import type { PeopleStore, Person } from '../people/person.ts';
import { readPeopleNamed } from '../people/read-people.ts';
import { methodOf, type Registration, type Unreadable } from '../registrations/registration.ts';
import type { Tables } from '../store/schema.ts';

/** The methods that an import can fill in. */
export const filledInKinds = ['authentication-phone', 'authentication-email'] as const;
export type FilledInKind = (typeof filledInKinds)[number];

/** A person as an import meets one: who it is, and the methods that could be filled in. */
export interface Known {
  person: Person;
  methods: Partial<Record<FilledInKind, Registration | Unreadable>>;
}

/** Reads everything an import asks of the people with these user names (some hundreds at most). */
export async function readKnown(
  store: PeopleStore,
  userNames: readonly string[],
): Promise<Map<string, Known>> {
  const people = await readPeopleNamed(store, userNames);
  const rows = await readRows(
    store,
    [...people.values()].map(({ id }) => id),
  );
  return new Map(
    [...people].map(([name, person]) => [name, { person, methods: methodsOf(store, rows.get(person.id)) }]),
  );
}

type Row = Selectable<Tables['registrations']>;

async function readRows({ db }: PeopleStore, ids: readonly string[]): Promise<Map<string, Row[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('registrations')
    .selectAll()
    .where('person_id', 'in', ids)
    .where('method', 'in', filledInKinds)
    .execute();
  return Map.groupBy(rows, ({ person_id }) => person_id);
}

function methodsOf(store: PeopleStore, rows: readonly Row[] = []): Known['methods'] {
  return Object.fromEntries(rows.map((row) => [row.method, methodOf(store, row)]));
}
