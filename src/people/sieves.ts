import { type AliasableExpression, type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { isPostgres } from '../store/engine.ts';
import type { Db, Tables } from '../store/schema.ts';
import { cut, foldedWords } from './search-keys.ts';

/** People in at least one of these groups, or people one of whose names begins so. */
export type Sieve = { groups: readonly string[] } | { prefix: string };

/** Above every text that begins with a prefix, bytewise. */
const last = '\u{10ffff}';

function foldPrefix(prefix: string): string {
  return cut(foldedWords(prefix).join(' '));
}

/** The user names that a sieve lets through, each once; at most `most`. */
export function namesThrough(db: Db, sieve: Sieve, most?: number): AliasableExpression<{ name: string }> {
  const found = 'groups' in sieve ? membersOf(db, sieve.groups) : namedSo(db, foldPrefix(sieve.prefix));
  return most === undefined ? found : db.selectFrom(found.as('all')).select('name').limit(most);
}

function membersOf(db: Db, groups: readonly string[]): AliasableExpression<{ name: string }> {
  return db
    .selectFrom('memberships')
    .select((eb) => eb.ref('user_name').$notNull().as('name'))
    .distinct()
    .where('group_name', 'in', groups)
    .where('user_name', 'is not', null);
}

function namedSo(db: Db, prefix: string): AliasableExpression<{ name: string }> {
  return db
    .selectFrom('search_keys')
    .select('user_name as name')
    .distinct()
    .where('key', '>=', prefix)
    .where('key', '<', prefix + last);
}

/**
 * Joins people to names that were found. To SQLite a range, not equality, says to answer from the index that carries
 * every column asked for; PostgreSQL joins a range by comparing all with all, and equality by hashing.
 */
export function isNamed(db: Db, name: 'through.name' | 'memberships.user_name'): Expression<SqlBool> {
  const found = sql.ref(name);
  return isPostgres(db)
    ? sql<SqlBool>`people.user_name = ${found}`
    : sql<SqlBool>`people.user_name >= ${found} and people.user_name <= ${found}`;
}

/** Says in SQL that a sieve lets a row of `people` through. */
export function passes(sieve: Sieve): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'people'>();
  if ('groups' in sieve)
    return eb.exists(
      eb
        .selectFrom('memberships')
        .select('memberships.group_name')
        .where('memberships.group_name', 'in', sieve.groups)
        .whereRef('memberships.user_name', '=', 'people.user_name'),
    );
  const prefix = foldPrefix(sieve.prefix);
  return eb.exists(
    eb
      .selectFrom('search_keys')
      .select('search_keys.key')
      .whereRef('search_keys.user_name', '=', 'people.user_name')
      .where('search_keys.key', '>=', prefix)
      .where('search_keys.key', '<', prefix + last),
  );
}

/** How many a sieve lets through, counted up to `most`. */
export async function countThrough(db: Db, sieve: Sieve, most: number): Promise<number> {
  const { count } = await db
    .selectFrom(namesThrough(db, sieve, most).as('some'))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
