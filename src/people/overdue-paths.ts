import type { Db } from '../store/schema.ts';
import type { ScanAsked } from './overdue-conditions.ts';
import { countRanges, type Hit, readAlong, readMembers, readRanges, readThrough } from './overdue-query.ts';
import { countThrough, type Sieve } from './sieves.ts';

/** What is known of the sizes, and up to how many rows are read whole and sorted. */
export interface Sizes {
  counts: Map<string, number>;
  fewEnough: number;
}

/**
 * Reads what a scan asks for by the path that looks at the fewest rows: few are read whole and sorted; among many,
 * walking in the order that is asked soon meets enough.
 */
export async function readByBestPath(db: Db, asked: ScanAsked, sizes: Sizes): Promise<Hit[]> {
  const sieve = await smallestSieve(db, asked, sizes);
  if (sieve) return readThrough(db, asked, sieve);
  if (asked.sort === 'since') return readRanges(db, asked);
  const count = await countRanges(db, { ...asked, start: 'all', sieves: [] }, sizes.fewEnough);
  if (count < sizes.fewEnough) return readRanges(db, asked);
  const group = groupOf(asked);
  return group === undefined ? readAlong(db, asked) : readMembers(db, asked, group);
}

/** A group of which everybody sought is a member; its members can be walked along by name. */
function groupOf({ scan, sieves }: ScanAsked): string | undefined {
  const required = scan.conditions.filter(({ member }) => member);
  const groups = [
    ...sieves.map((sieve) => ('groups' in sieve ? sieve.groups : [])),
    ...required.map((one) => one.groups),
  ];
  return groups.find(({ length }) => length === 1)?.[0];
}

/** The sieve that lets the fewest through, when these are few enough to look at each. */
async function smallestSieve(
  db: Db,
  { scan, sieves }: ScanAsked,
  { counts, fewEnough }: Sizes,
): Promise<Sieve | undefined> {
  const required = scan.conditions.filter(({ member }) => member).map(({ groups }) => ({ groups }));
  let best: { sieve: Sieve | undefined; count: number } = { sieve: undefined, count: fewEnough };
  for (const sieve of [...sieves, ...required]) {
    const key = JSON.stringify(sieve);
    const count = counts.get(key) ?? (await countThrough(db, sieve, fewEnough));
    counts.set(key, count);
    if (count < best.count) best = { sieve, count };
  }
  return best.sieve;
}
