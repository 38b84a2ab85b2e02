import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';
import { isEnabled } from './asked.ts';
import { classesOf } from './classes.ts';
import { bySize, type Groups, membershipsIn, mostCounted } from './memberships.ts';

/**
 * Counts enabled people, not disabled, with a value that was filled in for them and that they have not proven. Groups
 * smaller than `few` are gone through by their members, larger ones by what was filled in.
 */
export async function countFilledIn(db: Db, policy: Policy, few = mostCounted): Promise<number> {
  const classes = classesOf((isInAny) => isEnabled(policy, isInAny));
  let filledIn = 0;
  for (const { conditions } of classes.filter(({ outcome }) => outcome))
    for (const { sets, sign } of membershipsIn(conditions))
      filledIn += sign * (await countMembers(db, sets, few));
  return filledIn;
}

/** A few members are looked at one by one; else everybody with something filled in, which one index holds in order. */
async function countMembers(db: Db, sets: readonly Groups[], few: number): Promise<number> {
  const sized = await bySize(db, sets);
  const [smallest] = sized;
  const isIn = all(sized.map(({ sieve: set }) => isMember(set, sql`filled.person_id`)));
  if (!smallest || smallest.size >= few)
    return countOf(
      db,
      sql`(select count(*) from (select distinct person_id from registrations where proven_at is null) as filled
        where ${isIn})
        - (select count(*) from people where disabled_at is not null and exists
            (select 1 from registrations as filled
             where filled.person_id = people.id and proven_at is null and ${isIn}))`,
    );
  return countOf(
    db,
    sql`(select count(distinct person_id) from memberships as joined
      where group_name ${oneOf(smallest.sieve.groups)}
        and ${all(sized.slice(1).map(({ sieve: set }) => isMember(set, sql`joined.person_id`)))}
        and exists (select 1 from registrations
          where registrations.person_id = joined.person_id and proven_at is null)
        and not exists (select 1 from people
          where people.id = joined.person_id and people.disabled_at is not null))`,
  );
}

function all(wheres: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return wheres.length === 0 ? sql`1 = 1` : sql.join(wheres, sql` and `);
}

function isMember({ groups }: Groups, person: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select 1 from memberships
    where memberships.person_id = ${person} and memberships.group_name ${oneOf(groups)})`;
}

/** For one group the index is asked once, not as for a list. */
function oneOf(groups: readonly string[]): RawBuilder<unknown> {
  return groups.length === 1 ? sql`= ${groups[0]}` : sql`in (${sql.join(groups)})`;
}

async function countOf(db: Db, counted: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`select ${counted} as people`.execute(db);
  return z.array(z.object({ people: z.coerce.number() })).parse(rows)[0]?.people ?? 0;
}
