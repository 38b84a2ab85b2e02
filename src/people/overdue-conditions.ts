import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables, Time } from '../store/schema.ts';
import { meets } from './classes.ts';
import type { Start } from './overdue-order.ts';
import type { Scan } from './overdue-scans.ts';
import { passes, type Sieve } from './sieves.ts';

/** In which order so many are wanted, and through which sieves. */
export interface PageAsked {
  sort: 'since' | 'name';
  order: 'asc' | 'desc';
  sieves: readonly Sieve[];
  limit: number;
}

/** A scan, up to which value of its column it goes, and after what; in the order of names only `userName` counts. */
export interface Turn {
  scan: Scan;
  highest: Time;
  start: Exclude<Start, 'none'>;
}

type Where = Expression<SqlBool>;

/** By since each scan begins at a value of its own column; by name all of them at one name. */
function begins({ sort, order }: PageAsked, { scan, start }: Turn): Where[] {
  if (start === 'all') return [];
  const eb = expressionBuilder<Tables, 'people'>();
  const beyond = order === 'asc' ? '>' : '<';
  if (sort === 'name') return [eb('people.user_name', beyond, start.userName)];
  const place = eb.refTuple(`people.${scan.column}`, 'people.user_name');
  return [eb(place, beyond, eb.tuple(start.value, start.userName))];
}

/** Says in SQL that a row is overdue by one scan, as far as its standing does not decide it. */
export function fits(page: PageAsked, turn: Turn): Where {
  const { scan, highest } = turn;
  const eb = expressionBuilder<Tables, 'people'>();
  return eb.and([
    eb('people.demanded_at', scan.column === 'demanded_at' ? 'is not' : 'is', null),
    eb(`people.${scan.column}`, '<=', highest),
    ...(page.sort === 'since' ? begins(page, turn) : []),
  ]);
}

/** Says in SQL that a row is of the class that a scan is about, passes the sieves, and by name comes after the start. */
export function belongs(page: PageAsked, turn: Turn): Where {
  const eb = expressionBuilder<Tables, 'people'>();
  return eb.and([
    eb('people.disabled_at', 'is', null),
    meets(turn.scan.conditions),
    ...page.sieves.map((sieve) => passes(sieve)),
    ...(page.sort === 'name' ? begins(page, turn) : []),
  ]);
}

/** The standing in one number, where no index goes by it. */
const standingNumber = sql<number>`(people.proven_methods * 8 + people.question_count)`;

/** Says in SQL that a row has one of the standings of a scan. */
export function stands({ column, standings }: Scan): Where {
  const eb = expressionBuilder<Tables, 'people'>();
  if (column === 'demanded_at') return eb.lit(true);
  const numbers = standings.map(({ provenMethods, questionCount }) => provenMethods * 8 + questionCount);
  return eb(standingNumber, 'in', numbers);
}
