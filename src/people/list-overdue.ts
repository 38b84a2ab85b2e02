import type { Terms } from '../policy/askings.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Overdue, OverdueReason } from './overdue.ts';
import {
  compareNames,
  comparePlaces,
  type Place,
  readPlace,
  type Start,
  startAfter,
  writePlace,
} from './overdue-order.ts';
import { readByBestPath } from './overdue-paths.ts';
import type { Hit } from './overdue-query.ts';
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
  const found: OverduePerson[] = [];
  const counts = new Map<string, number>();
  for (const scan of scansOf(asked.terms, query.reason))
    for (const hit of await readScan(db, { ...asked, scan, after, counts }))
      found.push(personOf(scan, hit, asked.now));
  const compare = query.sort === 'since' ? comparePlaces : compareNames;
  const sign = query.order === 'asc' ? 1 : -1;
  found.sort((one, other) => sign * compare(one.place, other.place));
  const people = found.slice(0, query.limit);
  const last = people.at(-1);
  return { people, next: found.length > query.limit && last ? writePlace(last.place) : null };
}

function personOf(scan: Scan, hit: Hit, now: Time): OverduePerson {
  const since = sinceOf(scan, hit.value);
  return {
    userName: hit.userName,
    reason: reasonOf(scan, hit),
    since,
    days: Math.floor((now - since) / day),
    place: [since, hit.value, hit.userName],
  };
}

interface ScanTurn extends OverdueAsked {
  scan: Scan;
  after: Place | null;
  counts: Map<string, number>;
}

async function readScan(db: Db, turn: ScanTurn): Promise<Hit[]> {
  const { scan, query, by } = turn;
  const start = startOf(turn);
  const highest = highestOf(scan, by);
  if (start === 'none' || highest === null) return [];
  const { sort, order, limit } = query;
  const asked = { scan, sort, order, start, highest, sieves: sievesOf(query), limit: limit + 1 };
  const fewEnough = turn.fewEnough ?? usuallyFew;
  return readByBestPath(db, asked, { counts: turn.counts, fewEnough });
}

function startOf({ scan, after, query }: ScanTurn): Start {
  if (after === null) return 'all';
  if (query.sort === 'name') return { value: 0, userName: after[2] };
  return startAfter(scan, after, query.order);
}

function sievesOf({ group, prefix }: OverdueQuery): Sieve[] {
  return [
    ...(group === undefined ? [] : [{ groups: [group] }]),
    ...(prefix === undefined || prefix === '' ? [] : [{ prefix }]),
  ];
}
