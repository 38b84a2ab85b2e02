import { expressionBuilder, sql } from 'kysely';
import type { Db, Tables } from '../store/schema.ts';
import { belongs, fits, type PageAsked, stands, type Turn } from './overdue-conditions.ts';
import { columnsOf, type Hit, readHits, rowColumns } from './overdue-rows.ts';
import { isNamed, namesThrough, type Sieve } from './sieves.ts';

/** One range of an index for each standing; the engine merges them in the order that is asked. */
function rangesOf(db: Db, page: PageAsked, turn: Turn) {
  const whole = db
    .selectFrom('people')
    .select(columnsOf(turn.scan))
    .where(belongs(page, turn))
    .where(fits(page, turn));
  if (turn.scan.column === 'demanded_at') return whole;
  const [first = whole, ...rest] = turn.scan.standings.map(({ provenMethods, questionCount }) =>
    whole
      .where('people.proven_methods', '=', provenMethods)
      .where('people.question_count', '=', questionCount),
  );
  return rest.reduce((all, range) => all.unionAll(range), first);
}

/** Reads range by range, merged in the order of the column, or sorted by name. */
export async function readRanges(db: Db, page: PageAsked, turn: Turn): Promise<Hit[]> {
  const { sort, order, limit } = page;
  const found = rangesOf(db, page, turn);
  const sorted = sort === 'since' ? found.orderBy(sql.ref(turn.scan.column), order) : found;
  return readHits(sorted.orderBy(sql.ref('user_name'), order).limit(limit), [turn]);
}

/** Counts what the ranges of one scan hold, up to `most`. */
export async function countRanges(db: Db, page: PageAsked, { turn, most }: { turn: Turn; most: number }) {
  const { count } = await db
    .selectFrom(rangesOf(db, page, turn).limit(most).as('some'))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The scans of one class at a time, so that what many find makes up for what few do. */
function foundByAny(page: PageAsked, turns: readonly Turn[]) {
  const eb = expressionBuilder<Tables, 'people'>();
  const [first] = turns;
  const byEach = turns.map((turn) => eb.and([fits(page, turn), stands(turn.scan)]));
  return eb.and([...(first ? [belongs(page, first)] : []), eb.or(byEach)]);
}

/** Walks along all names in order. */
export async function readAlong(db: Db, page: PageAsked, turns: readonly Turn[]): Promise<Hit[]> {
  const found = db.selectFrom('people').select(rowColumns).where(foundByAny(page, turns));
  return readHits(found.orderBy('people.user_name', page.order).limit(page.limit), turns);
}

/** The names of members begin where those of the people do; the engine does not see it by itself. */
function begun({ order }: PageAsked, turns: readonly Turn[]) {
  const start = turns[0]?.start ?? 'all';
  const eb = expressionBuilder<Tables, 'memberships'>();
  return start === 'all'
    ? eb.lit(true)
    : eb('memberships.user_name', order === 'asc' ? '>' : '<', start.userName);
}

/** Walks along the members of a group in the order of their names. */
export async function readMembers(
  db: Db,
  page: PageAsked,
  { turns, group }: { turns: readonly Turn[]; group: string },
): Promise<Hit[]> {
  const found = db
    .selectFrom('memberships')
    .crossJoin('people')
    .select(rowColumns)
    .where('memberships.group_name', '=', group)
    .where(begun(page, turns))
    .where(isNamed(db, 'memberships.user_name'))
    .where(foundByAny(page, turns));
  return readHits(found.orderBy('memberships.user_name', page.order).limit(page.limit), turns);
}

/** Looks at everybody who passes one sieve, in the index of names alone. */
export async function readThrough(
  db: Db,
  page: PageAsked,
  { turns, sieve }: { turns: readonly Turn[]; sieve: Sieve },
): Promise<Hit[]> {
  const found = db
    .selectFrom(namesThrough(db, sieve).as('through'))
    .crossJoin('people')
    .select(rowColumns)
    .where(isNamed(db, 'through.name'))
    .where(foundByAny(page, turns));
  const isByName = page.sort === 'name';
  return readHits(isByName ? found.orderBy('people.user_name', page.order).limit(page.limit) : found, turns);
}
