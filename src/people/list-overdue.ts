import type { Terms } from '../policy/askings.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Overdue, OverdueReason } from './overdue.ts';
import type { Turn } from './overdue-conditions.ts';
import {
  compareNames,
  comparePlaces,
  type Place,
  readPlace,
  type Start,
  startAfter,
  writePlace,
} from './overdue-order.ts';
import { readClass } from './overdue-paths.ts';
import type { Hit } from './overdue-rows.ts';
import { highestOf, reasonOf, type Scan, scansOf, sinceOf } from './overdue-scans.ts';
import type { Sieve } from './sieves.ts';
import { day } from './status.ts';

/** Which overdue people, and in which order. */
export interface OverdueQuery {
  sort: 'since' | 'name';
  order: 'asc' | 'desc';
  reason?: OverdueReason | undefined;
  group?: string | undefined;
  /** How the user name or a word of the name begins. */
  prefix?: string | undefined;
  /** The `next` of the page before; empty for the first. */
  after: string;
  limit: number;
}

/** Somebody overdue, and where in the order of `since`. */
export interface OverduePerson extends Overdue {
  userName: string;
  place: Place;
}

export interface OverduePage {
  people: OverduePerson[];
  next: string | null;
}

const usuallyFew = 7_000;

/** The question with what it is asked of. */
export interface OverdueAsked {
  terms: Terms;
  now: Time;
  /** People count who are overdue by then; later than `now` for those who soon will be. */
  by: Time;
  query: OverdueQuery;
  /** Up to so many rows are read whole and sorted; of more, walking in order soon meets enough. */
  fewEnough?: number;
}

/** Reads a page of overdue people; undefined when `after` is no place. A page anywhere costs what the first one costs. */
export async function listOverdue(db: Db, asked: OverdueAsked): Promise<OverduePage | undefined> {
  const { query } = asked;
  const after = query.after === '' ? null : readPlace(query.after);
  if (after === undefined) return undefined;
  const found = (await readHits(db, { ...asked, after })).map((hit) => personOf(hit, asked.now));
  const compare = query.sort === 'since' ? comparePlaces : compareNames;
  const sign = query.order === 'asc' ? 1 : -1;
  found.sort((one, other) => sign * compare(one.place, other.place));
  const people = found.slice(0, query.limit);
  const last = people.at(-1);
  return { people, next: found.length > query.limit && last ? writePlace(last.place) : null };
}

function personOf({ scan, userName, value, ...standing }: Hit, now: Time): OverduePerson {
  const since = sinceOf(scan, value);
  return {
    userName,
    reason: reasonOf(scan, standing),
    since,
    days: Math.floor((now - since) / day),
    place: [since, value, userName],
  };
}

type FromPlace = OverdueAsked & { after: Place | null };

async function readHits(db: Db, asked: FromPlace): Promise<Hit[]> {
  const { query, terms, fewEnough = usuallyFew } = asked;
  const { sort, order, limit } = query;
  const page = { sort, order, sieves: sievesOf(query), limit: limit + 1 };
  const counts = new Map<string, number>();
  const classes = Map.groupBy(scansOf(terms, query.reason), ({ conditions }) => conditions);
  const found: Hit[] = [];
  for (const scans of classes.values()) {
    const turns = scans.flatMap((scan) => turnOf(scan, asked));
    if (turns.length > 0) found.push(...(await readClass(db, page, { turns, counts, fewEnough })));
  }
  return found;
}

/** Where a scan begins; none when it can find nobody. */
function turnOf(scan: Scan, { after, query, by }: FromPlace): Turn[] {
  const highest = highestOf(scan, by);
  const start = startOf(scan, after, query);
  return highest === null || start === 'none' ? [] : [{ scan, highest, start }];
}

function startOf(scan: Scan, after: Place | null, { sort, order }: OverdueQuery): Start {
  if (after === null) return 'all';
  return sort === 'name' ? { value: 0, userName: after[2] } : startAfter(scan, after, order);
}

/** What of a question goes by groups and names. */
export function sievesOf({ group, prefix }: Pick<OverdueQuery, 'group' | 'prefix'>): Sieve[] {
  return [
    ...(group === undefined ? [] : [{ groups: [group] }]),
    ...(prefix === undefined || prefix === '' ? [] : [{ prefix }]),
  ];
}
