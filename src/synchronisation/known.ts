import { type PeopleStore, Person } from '../people/person.ts';
import type { Wanted } from './wanted.ts';

/** The people whom some hundreds of accounts may be, by the directory's id and by name. */
export interface Known {
  byId: Map<string, Person>;
  byName: Map<string, Person>;
}

/** Reads the people whom these accounts may be. */
export async function readKnown(store: PeopleStore, wanted: readonly Wanted[]): Promise<Known> {
  if (wanted.length === 0) return { byId: new Map(), byName: new Map() };
  const ids = wanted.map(({ directoryId }) => directoryId);
  const names = wanted.map(({ userName }) => userName);
  const rows = await store.db
    .selectFrom('people')
    .selectAll()
    .where((c) => c.or([c('directory_id', 'in', ids), c('user_name', 'in', names)]))
    .execute();
  const groups = await readGroups(
    store,
    rows.map(({ id }) => id),
  );
  const people = rows.map((row) => new Person(store, row, groups.get(row.id) ?? []));
  return {
    byId: new Map(people.flatMap((person) => (person.directoryId ? [[person.directoryId, person]] : []))),
    byName: new Map(people.map((person) => [person.userName, person])),
  };
}

async function readGroups({ db }: PeopleStore, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('memberships')
    .select(['person_id', 'group_name'])
    .where('person_id', 'in', ids)
    .execute();
  const byPerson = Map.groupBy(rows, ({ person_id }) => person_id);
  return new Map([...byPerson].map(([id, own]) => [id, own.map(({ group_name }) => group_name)]));
}
