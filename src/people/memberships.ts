import type { Db } from '../store/schema.ts';
import type { Condition } from './classes.ts';
import { countThrough, type Sieve } from './sieves.ts';

/** The members of at least one of these groups. */
export interface Groups {
  groups: readonly string[];
}

/** People in all of these sets, to be added (1) or taken off (-1). */
export interface Part {
  sets: readonly Groups[];
  sign: 1 | -1;
}

/**
 * Counts of people by what groups they are not in, turned into counts by what groups they are in: whoever is not in a
 * group is everybody less who is. Members are found by an index, everybody else only by looking at each.
 */
export function membershipsIn(conditions: readonly Condition[]): Part[] {
  const isIn = conditions.filter(({ member }) => member).map(({ groups }) => ({ groups }));
  const isNotIn = conditions.filter(({ member }) => !member).map(({ groups }) => ({ groups }));
  return subsetsOf(isNotIn).map((some) => ({
    sets: [...isIn, ...some],
    sign: some.length % 2 === 0 ? 1 : -1,
  }));
}

function subsetsOf<T>(all: readonly T[]): T[][] {
  const [first, ...rest] = all;
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

/** Up to here members are counted; all larger sets are alike. */
export const mostCounted = 50_000;

/** Sorts sieves by how many they let through. */
export async function bySize<One extends Sieve>(
  db: Db,
  sieves: readonly One[],
): Promise<{ sieve: One; size: number }[]> {
  const sized = [];
  for (const sieve of sieves) sized.push({ sieve, size: await countThrough(db, sieve, mostCounted) });
  return sized.toSorted((one, other) => one.size - other.size);
}
