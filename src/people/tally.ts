import { expressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tables } from '../store/schema.ts';
import type { Condition } from './classes.ts';
import { bySize, membershipsIn } from './memberships.ts';
import type { Measure } from './overdue-measure.ts';
import { isNamed, namesThrough, passes, type Sieve } from './sieves.ts';

/** What is counted of one class; undefined holds of nobody. */
export interface Counting<Name extends string> {
  conditions: readonly Condition[];
  measures: Readonly<Record<Name, Measure | undefined>>;
}

interface Count {
  name: string;
  measure: Measure;
  sign: 1 | -1;
}

/** What is counted of people who pass all of these sieves. */
interface Part {
  sieves: readonly Sieve[];
  counts: Count[];
}

/**
 * Counts, over all classes together, of how many people who are not disabled each measure holds, and of those only who
 * pass the sieves. Each set of groups is gone through once, and nothing is sorted.
 */
export async function tally<Name extends string>(
  db: Db,
  classes: readonly Counting<Name>[],
  sieves: readonly Sieve[] = [],
): Promise<(name: Name) => number> {
  const totals = new Map<string, number>();
  for (const { sieves: all, counts } of partsOf(classes, sieves)) {
    const found = await countThose(db, { sieves: all, counts });
    for (const [at, { name, sign }] of counts.entries())
      totals.set(name, (totals.get(name) ?? 0) + sign * (found[at] ?? 0));
  }
  return (name) => totals.get(name) ?? 0;
}

function partsOf<Name extends string>(
  classes: readonly Counting<Name>[],
  sieves: readonly Sieve[],
): Iterable<Part> {
  const parts = new Map<string, Part>();
  for (const { conditions, measures } of classes)
    for (const { sets, sign } of membershipsIn(conditions)) {
      const key = sets.map((set) => JSON.stringify(set)).toSorted();
      const part = parts.get(key.join()) ?? { sieves: [...sieves, ...sets], counts: [] };
      for (const [name, measure] of Object.entries<Measure | undefined>(measures))
        if (measure) part.counts.push({ name, measure, sign });
      if (part.counts.length > 0) parts.set(key.join(), part);
    }
  return parts.values();
}

/** Goes through the smallest set by its index, or along everybody; a sum needs no order, as grouping would. */
async function countThose(db: Db, { sieves, counts }: Part): Promise<number[]> {
  const [smallest, ...others] = (await bySize(db, sieves)).map(({ sieve }) => sieve);
  const eb = expressionBuilder<Tables, 'people'>();
  const from = smallest ? sql`(${namesThrough(db, smallest)}) as through cross join people` : sql`people`;
  const through = smallest ? isNamed(db, 'through.name') : sql`1 = 1`;
  const columns = counts.map(
    ({ measure }, at) => sql`count(*) filter (where ${measure}) as ${sql.ref(`m${at}`)}`,
  );
  const { rows } = await sql`select ${sql.join(columns)} from ${from}
    where people.disabled_at is null and ${through} and ${eb.and(others.map(passes))}`.execute(db);
  const [row = {}] = z.array(rowSchema).parse(rows);
  return counts.map((_, at) => row[`m${at}`] ?? 0);
}

const rowSchema = z.record(z.string(), z.coerce.number());
