import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tables } from '../store/schema.ts';
import type { Condition } from './classes.ts';
import { countThrough, namesThrough, passes, type Sieve } from './sieves.ts';
import type { Standing } from './stricter.ts';

/** How many people of one standing each measure holds of. */
export interface Tally extends Standing {
  counts: number[];
}

/** What is counted of people who are not disabled. */
export type Measure = Expression<SqlBool>;

/** Up to here members are counted to find the smallest group; all larger ones are alike. */
const mostCounted = 50_000;

type Tallies = Map<string, Tally>;

/** Counts people by standing, each measure for itself; the same question is put to the database once. */
export function makeTallying(db: Db, measures: readonly Measure[]) {
  const asked = new Map<string, Promise<Tallies>>();
  const ofMembers = (sets: readonly Sieve[]): Promise<Tallies> => {
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

/**
 * Whoever is not in a group is everybody less who is: members are found by an index, everybody else only by looking
 * at each.
 */
async function tallyClass(
  ofMembers: (sets: readonly Sieve[]) => Promise<Tallies>,
  conditions: readonly Condition[],
): Promise<Tally[]> {
  const isIn = conditions.filter(({ member }) => member).map(({ groups }) => ({ groups }));
  const isNotIn = conditions.filter(({ member }) => !member).map(({ groups }) => ({ groups }));
  const total: Tallies = new Map();
  for (const some of subsetsOf(isNotIn)) {
    const sign = some.length % 2 === 0 ? 1 : -1;
    add(total, await ofMembers([...isIn, ...some]), sign);
  }
  return [...total.values()];
}

function subsetsOf<T>(all: readonly T[]): T[][] {
  const [first, ...rest] = all;
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

function add(total: Tallies, part: Tallies, sign: number): void {
  for (const [key, { counts, ...standing }] of part) {
    const before = total.get(key)?.counts ?? counts.map(() => 0);
    total.set(key, { ...standing, counts: before.map((count, at) => count + sign * (counts[at] ?? 0)) });
  }
}

async function tallyMembers(db: Db, sets: readonly Sieve[], measures: readonly Measure[]): Promise<Tallies> {
  const [smallest, ...others] = await bySize(db, sets);
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
    select people.proven_methods as proven, people.question_count as questions, ${sql.join(counts)}
    from ${from}
    where people.disabled_at is null and ${through} and ${eb.and(others.map(passes))}
    group by people.proven_methods, people.question_count`.execute(db);
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map((row) => tallyOf(row, measures.length)),
  );
}

const rowSchema = z.record(z.string(), z.coerce.number());

function tallyOf(row: z.infer<typeof rowSchema>, measures: number): [string, Tally] {
  const { proven = 0, questions = 0 } = row;
  const counts = Array.from({ length: measures }, (_, at) => row[`m${at}`] ?? 0);
  return [`${proven} ${questions}`, { provenMethods: proven, questionCount: questions, counts }];
}

async function bySize(db: Db, sets: readonly Sieve[]): Promise<Sieve[]> {
  const sized: { set: Sieve; size: number }[] = [];
  for (const set of sets)
    sized.push({ set, size: sets.length === 1 ? 0 : await countThrough(db, set, mostCounted) });
  return sized.toSorted((one, other) => one.size - other.size).map(({ set }) => set);
}
