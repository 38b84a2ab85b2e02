import { type PeopleStore, Person } from './person.ts';

/** Reads the people with these user names (in normal form, some hundreds at most), by user name. */
export async function readPeopleNamed(
  store: PeopleStore,
  userNames: readonly string[],
): Promise<Map<string, Person>> {
  if (userNames.length === 0) return new Map();
  const rows = await store.db.selectFrom('people').selectAll().where('user_name', 'in', userNames).execute();
  const groups = await groupsOf(
    store,
    rows.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.user_name, new Person(store, row, groups.get(row.id) ?? [])]));
}

async function groupsOf({ db }: PeopleStore, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('memberships')
    .select(['person_id', 'group_name'])
    .where('person_id', 'in', ids)
    .execute();
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const names = found.get(row.person_id);
    if (names) names.push(row.group_name);
    else found.set(row.person_id, [row.group_name]);
  }
  return found;
}
