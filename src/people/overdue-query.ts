import { expressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tables, Time } from '../store/schema.ts';
import { columnsOf, fits, type ScanAsked, stands } from './overdue-conditions.ts';
import { namesThrough, type Sieve } from './sieves.ts';
import type { Standing } from './stricter.ts';

/** Somebody found by a scan, with what its column holds. */
export interface Hit extends Standing {
  userName: string;
  value: Time;
}

interface Row {
  user_name: string;
  proven_methods: number;
  question_count: number;
  value: Time | null;
}

type Found = SelectQueryBuilder<Tables, 'people', Row>;

const rowSchema = z
  .object({
    user_name: z.string(),
    proven_methods: z.number(),
    question_count: z.number(),
    value: z.number(),
  })
  .transform(
    (row): Hit => ({
      userName: row.user_name,
      provenMethods: row.proven_methods,
      questionCount: row.question_count,
      value: row.value,
    }),
  );

/** One range of an index for each standing; the engine merges them in the order that is asked. */
function rangesOf(db: Db, asked: ScanAsked): Found {
  const { scan } = asked;
  const whole: Found = db.selectFrom('people').select(columnsOf(scan)).where(fits(asked));
  if (scan.column === 'demanded_at') return whole;
  const [first = whole, ...rest] = scan.standings.map(({ provenMethods, questionCount }) =>
    whole
      .where('people.proven_methods', '=', provenMethods)
      .where('people.question_count', '=', questionCount),
  );
  return rest.reduce((all, range) => all.unionAll(range), first);
}

function inOrder<D, T extends keyof D>(found: SelectQueryBuilder<D, T, Row>, asked: ScanAsked) {
  const { sort, order, limit } = asked;
  const value = sql.ref('value');
  const sorted = sort === 'since' ? found.orderBy(value, order) : found;
  return sorted.orderBy(sql.ref('user_name'), order).limit(limit);
}

async function read(found: { execute(): Promise<Row[]> }): Promise<Hit[]> {
  return z.array(rowSchema).parse(await found.execute());
}

/** Reads range by range, merged in the order of the column, or sorted by name. */
export async function readRanges(db: Db, asked: ScanAsked): Promise<Hit[]> {
  return read(inOrder(rangesOf(db, asked), asked));
}

/** Counts what the ranges hold, up to `most`. */
export async function countRanges(db: Db, asked: ScanAsked, most: number): Promise<number> {
  const { count } = await db
    .selectFrom(rangesOf(db, asked).limit(most).as('some'))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Walks along all names in order. */
export async function readAlong(db: Db, asked: ScanAsked): Promise<Hit[]> {
  const { scan } = asked;
  const found = db.selectFrom('people').select(columnsOf(scan)).where(fits(asked)).where(stands(scan));
  return read(inOrder(found, asked));
}

/** Looks up whoever passes one sieve; a range on the name lets the engine answer from the index alone. */
export async function readThrough(db: Db, asked: ScanAsked, sieve: Sieve): Promise<Hit[]> {
  const { scan } = asked;
  const found = db
    .selectFrom(namesThrough(db, sieve).as('through'))
    .crossJoin('people')
    .select(columnsOf(scan))
    .whereRef('people.user_name', '>=', 'through.name')
    .whereRef('people.user_name', '<=', 'through.name')
    .where(fits(asked))
    .where(stands(scan));
  return read(inOrder(found, asked));
}

/** Walks along the members of a group in the order of their names. */
export async function readMembers(db: Db, asked: ScanAsked, group: string): Promise<Hit[]> {
  const { scan, order, start, limit } = asked;
  const eb = expressionBuilder<Tables, 'memberships'>();
  const begun =
    start === 'all' ? [] : [eb('memberships.user_name', order === 'asc' ? '>' : '<', start.userName)];
  const found = db
    .selectFrom('memberships')
    .crossJoin('people')
    .select(columnsOf(scan))
    .where('memberships.group_name', '=', group)
    .where(eb.and(begun))
    .whereRef('people.user_name', '>=', 'memberships.user_name')
    .whereRef('people.user_name', '<=', 'memberships.user_name')
    .where(fits(asked))
    .where(stands(scan))
    .orderBy('memberships.user_name', order)
    .limit(limit);
  return read(found);
}
