import type { Terms } from '../policy/askings.ts';
import type { Db } from '../store/schema.ts';
import { findPeople, type Looking } from './find-people.ts';
import { type PeoplePage, readListed } from './list-people.ts';
import { candidates, type StandingName, standing, standsSo } from './standings-sought.ts';

/** Up to so many names are read whole and sorted; of more, walking along all names soon meets enough. */
const usuallyFew = 7_000;
/** So many pages of a search are looked through before an answer comes that may hold fewer than asked. */
const mostPages = 5;

export interface StandingAsked {
  name: StandingName;
  after: string;
  limit: number;
  fewEnough?: number;
}

/** Reads at most `limit` people who stand so and whose user names come after `after`, in the order of user names. */
export async function listStanding(
  db: Db,
  terms: Terms,
  { name, after, limit, fewEnough = usuallyFew }: StandingAsked,
): Promise<PeoplePage> {
  const rows = await (await walk(db, terms, { name, fewEnough }))
    .where(standing(terms, name))
    .where('people.user_name', '>', after)
    .orderBy('people.user_name')
    .limit(limit + 1)
    .execute();
  const names = rows.map(({ user_name }) => user_name).slice(0, limit);
  const next = rows.length > limit ? (names.at(-1) ?? null) : null;
  return { people: await readListed(db, names), next };
}

/** Along a few names that an index gives, or along all there are. */
async function walk(db: Db, terms: Terms, { name, fewEnough }: { name: StandingName; fewEnough: number }) {
  for (const some of candidates(db, terms, name)) {
    const { count } = await db
      .selectFrom(db.selectFrom(some.as('all')).select('all.name').limit(fewEnough).as('few'))
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    // A range on the name, not equality, lets the engine answer from the index that carries every column asked for.
    if (Number(count) < fewEnough)
      return db
        .selectFrom(some.as('through'))
        .crossJoin('people')
        .select('people.user_name')
        .whereRef('people.user_name', '>=', 'through.name')
        .whereRef('people.user_name', '<=', 'through.name');
  }
  return db.selectFrom('people').select('people.user_name');
}

/** Finds by name who stands so; a page may hold fewer than asked while there are more. `undefined` when `after` is no place. */
export async function findStanding(
  db: Db,
  terms: Terms,
  { name, ...looking }: Looking & { name: StandingName },
): Promise<PeoplePage | undefined> {
  const found: PeoplePage = { people: [], next: looking.after };
  for (let pages = 0; pages < mostPages && found.next !== null; pages += 1) {
    const page: PeoplePage | undefined = await findPeople(db, { ...looking, after: found.next });
    if (!page) return undefined;
    found.people.push(...page.people.filter((person) => standsSo(terms, name, person)));
    found.next = page.next;
    if (found.people.length > 0) break;
  }
  return found;
}
