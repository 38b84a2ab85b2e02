import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tables } from '../store/schema.ts';
import type { Condition } from './classes.ts';
import { bySize, type Groups, membershipsIn } from './memberships.ts';
import { namesThrough, passes } from './sieves.ts';
import type { Standing } from './stricter.ts';

/** How many people of one standing each measure holds of. */
export interface Tally extends Standing {
  counts: number[];
}

/** What is counted of people who are not disabled. */
export type Measure = Expression<SqlBool>;

type Tallies = Map<string, Tally>;

/** Counts people by standing, each measure for itself; the same question is put to the database once. */
export function makeTallying(db: Db, measures: readonly Measure[]) {
  const asked = new Map<string, Promise<Tallies>>();
  const ofMembers = (sets: readonly Groups[]): Promise<Tallies> => {
    const key = sets
      .map((set) => JSON.stringify(set))
      .toSorted()
      .join();
    const known = asked.get(key) ?? tallyMembers(db, sets, measures);
    asked.set(key, known);
    return known;
  };
  return (conditions: readonly Condition[]) => tallyClass(ofMembers, conditions);
}

async function tallyClass(
  ofMembers: (sets: readonly Groups[]) => Promise<Tallies>,
  conditions: readonly Condition[],
): Promise<Tally[]> {
  const total: Tallies = new Map();
  for (const { sets, sign } of membershipsIn(conditions)) add(total, await ofMembers(sets), sign);
  return [...total.values()];
}

function add(total: Tallies, part: Tallies, sign: number): void {
  for (const [key, { counts, ...standing }] of part) {
    const before = total.get(key)?.counts ?? counts.map(() => 0);
    total.set(key, { ...standing, counts: before.map((count, at) => count + sign * (counts[at] ?? 0)) });
  }
}

async function tallyMembers(db: Db, sets: readonly Groups[], measures: readonly Measure[]): Promise<Tallies> {
  const [smallest, ...others] = (await bySize(db, sets)).map(({ set }) => set);
  const eb = expressionBuilder<Tables, 'people'>();
  const counts = measures.map(
    (measure, at) => sql`count(case when ${measure} then 1 end) as ${sql.ref(`m${at}`)}`,
  );
  const from = smallest ? sql`(${namesThrough(db, smallest)}) as through cross join people` : sql`people`;
  // A range on the name, not equality, lets the engine answer from the index that carries every column asked for.
  const through = smallest
    ? sql`people.user_name >= through.name and people.user_name <= through.name`
    : sql`1 = 1`;
  const { rows } = await sql`
    select people.proven_methods * 8 + people.question_count as standing, ${sql.join(counts)}
    from ${from}
    where people.disabled_at is null and ${through} and ${eb.and(others.map(passes))}
    group by ${smallest ? sql`standing` : sql`people.proven_methods, people.question_count`}`.execute(db);
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map((row) => tallyOf(row, measures.length)),
  );
}

const rowSchema = z.record(z.string(), z.coerce.number());

function tallyOf(row: z.infer<typeof rowSchema>, measures: number): [string, Tally] {
  const { standing = 0 } = row;
  const counts = Array.from({ length: measures }, (_, at) => row[`m${at}`] ?? 0);
  return [`${standing}`, { provenMethods: Math.floor(standing / 8), questionCount: standing % 8, counts }];
}
