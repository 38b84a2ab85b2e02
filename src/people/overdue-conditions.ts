import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables, Time } from '../store/schema.ts';
import { meets } from './classes.ts';
import type { Start } from './overdue-order.ts';
import type { Scan } from './overdue-scans.ts';
import { passes, type Sieve } from './sieves.ts';

/** One scan as it is asked: in which order, after what, through which sieves, up to which value of its column. */
export interface ScanAsked {
  scan: Scan;
  sort: 'since' | 'name';
  order: 'asc' | 'desc';
  /** In the order of names only its `userName` counts. */
  start: Exclude<Start, 'none'>;
  sieves: readonly Sieve[];
  highest: Time;
  limit: number;
}

function begins({ scan, sort, order, start }: ScanAsked): Expression<SqlBool>[] {
  if (start === 'all') return [];
  const eb = expressionBuilder<Tables, 'people'>();
  const beyond = order === 'asc' ? '>' : '<';
  if (sort === 'name') return [eb('people.user_name', beyond, start.userName)];
  const place = eb.refTuple(`people.${scan.column}`, 'people.user_name');
  return [eb(place, beyond, eb.tuple(start.value, start.userName))];
}

/** All that is asked of a row but its standing. */
export function fits(asked: ScanAsked): Expression<SqlBool> {
  const { scan, sieves, highest } = asked;
  const eb = expressionBuilder<Tables, 'people'>();
  const isDemanded = eb('people.demanded_at', scan.column === 'demanded_at' ? 'is not' : 'is', null);
  return eb.and([
    eb('people.disabled_at', 'is', null),
    isDemanded,
    eb(`people.${scan.column}`, '<=', highest),
    ...begins(asked),
    meets(scan.conditions),
    ...sieves.map(passes),
  ]);
}

/** The standing in one number, as rows are sieved that no index sorts by it. */
const standingNumber = sql<number>`(people.proven_methods * 8 + people.question_count)`;

/** Says in SQL that a row has one of the standings. */
export function stands({ column, standings }: Scan): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'people'>();
  if (column === 'demanded_at') return eb.lit(true);
  const numbers = standings.map(({ provenMethods, questionCount }) => provenMethods * 8 + questionCount);
  return eb(standingNumber, 'in', numbers);
}

/** What is read of a row. */
export function columnsOf(scan: Scan) {
  return [
    'people.user_name',
    'people.proven_methods',
    'people.question_count',
    `people.${scan.column} as value`,
  ] as const;
}
