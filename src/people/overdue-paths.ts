import type { Db } from '../store/schema.ts';
import type { PageAsked, Turn } from './overdue-conditions.ts';
import { countRanges, readAlong, readMembers, readRanges, readThrough } from './overdue-query.ts';
import type { Hit } from './overdue-rows.ts';
import { countThrough, type Sieve } from './sieves.ts';

/** The scans of one class, what is known of sizes, and up to how many rows are read whole and sorted. */
export interface ClassAsked {
  turns: readonly Turn[];
  counts: Map<string, number>;
  fewEnough: number;
}

/**
 * Reads whom the scans of one class find, by the path that looks at the fewest rows: few are read whole and sorted;
 * among many, walking in the order that is asked soon meets enough.
 */
export async function readClass(db: Db, page: PageAsked, asked: ClassAsked): Promise<Hit[]> {
  const { turns } = asked;
  const sieve = await smallestSieve(db, page, asked);
  if (sieve) return readThrough(db, page, { turns, sieve });
  if (page.sort === 'since') return readEach(db, page, turns);
  const { few, many } = await bySize(db, page, asked);
  const found = await readEach(db, page, few);
  return many.length === 0 ? found : [...found, ...(await walk(db, page, many))];
}

async function readEach(db: Db, page: PageAsked, turns: readonly Turn[]): Promise<Hit[]> {
  const found: Hit[] = [];
  for (const turn of turns) found.push(...(await readRanges(db, page, turn)));
  return found;
}

/** What a scan finds in all, whatever the sieves, is counted on its index alone. */
async function bySize(db: Db, page: PageAsked, { turns, fewEnough: most }: ClassAsked) {
  const all: PageAsked = { ...page, sieves: [] };
  const [few, many]: [Turn[], Turn[]] = [[], []];
  for (const turn of turns) {
    const whole: Turn = { ...turn, start: 'all', scan: { ...turn.scan, conditions: [] } };
    const count = await countRanges(db, all, { turn: whole, most });
    (count < most ? few : many).push(turn);
  }
  return { few, many };
}

async function walk(db: Db, page: PageAsked, turns: readonly Turn[]): Promise<Hit[]> {
  const group = groupOf(page, turns);
  return group === undefined ? readAlong(db, page, turns) : readMembers(db, page, { turns, group });
}

function requiredOf(turns: readonly Turn[]): { groups: readonly string[] }[] {
  const conditions = turns[0]?.scan.conditions ?? [];
  return conditions.filter(({ member }) => member).map(({ groups }) => ({ groups }));
}

/** A group of which everybody sought is a member: its members can be walked along by name. */
function groupOf({ sieves }: PageAsked, turns: readonly Turn[]): string | undefined {
  const groups = [...sieves, ...requiredOf(turns)].map((sieve) => ('groups' in sieve ? sieve.groups : []));
  return groups.find(({ length }) => length === 1)?.[0];
}

/** The sieve that lets the fewest through, when these are few enough to look at each. */
async function smallestSieve(
  db: Db,
  { sieves }: PageAsked,
  { turns, counts, fewEnough }: ClassAsked,
): Promise<Sieve | undefined> {
  let best: { sieve: Sieve | undefined; count: number } = { sieve: undefined, count: fewEnough };
  for (const sieve of [...sieves, ...requiredOf(turns)]) {
    const key = JSON.stringify(sieve);
    const count = counts.get(key) ?? (await countThrough(db, sieve, fewEnough));
    counts.set(key, count);
    if (count < best.count) best = { sieve, count };
  }
  return best.sieve;
}
