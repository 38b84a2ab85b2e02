import { sql } from 'kysely';
import { type PeopleStore, type Person, personOf, selectPeople } from '../people/person.ts';
import { isPostgres } from '../store/engine.ts';
import type { Db } from '../store/schema.ts';
import { type Held, type Methods, methodsOf } from './registration.ts';

/** What one question to the database tells of somebody. */
export interface Present {
  person: Person;
  /** The methods that have a destination. */
  methods(): Methods;
  /** Which version of the policy is in force; 0 is the default of a new house. */
  policyVersion: number;
}

/** A method as the question gives it: as it is kept, but for whose it is. */
type HeldOf = Omit<Held, 'person_id'>;

function selectPresent(db: Db) {
  const [object, list] = isPostgres(db)
    ? [sql`json_build_object`, sql`json_agg`]
    : [sql`json_object`, sql`json_group_array`];
  const one = sql`${object}('method', method, 'value', value, 'proven_at', proven_at, 'checked_at', checked_at, 'consent', consent)`;
  const held = sql<
    string | null
  >`(select cast(${list}(${one}) as text) from registrations where person_id = people.id)`;
  const version = sql<number | null>`(select max(version) from policies)`;
  return selectPeople(db).select([held.as('held'), version.as('policy_version')]);
}

/**
 * Makes a reader of all that most pages ask about somebody. It is one question, written once: asked for one by one, and
 * each put into words anew, they cost more than drawing the page.
 */
export function makePresentReader(store: PeopleStore): (id: string) => Promise<Present | undefined> {
  const question = selectPresent(store.db).where('id', '=', '').compile();
  return async (id) => {
    const asked: typeof question = { ...question, parameters: [id] };
    const [row] = (await store.db.executeQuery(asked)).rows;
    return (
      row && {
        person: personOf(store, row),
        methods: () => {
          const held: HeldOf[] = JSON.parse(row.held ?? '[]');
          return methodsOf(
            store,
            held.map((one) => ({ ...one, person_id: row.id })),
          );
        },
        policyVersion: row.policy_version ?? 0,
      }
    );
  };
}
