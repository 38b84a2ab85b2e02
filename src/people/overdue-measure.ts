import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables, Time } from '../store/schema.ts';
import { highestOf, type Scan } from './overdue-scans.ts';
import { mostQuestions, type Standing } from './stricter.ts';

/** What is counted: it holds of a row of `people`, or not. */
export type Measure = Expression<SqlBool>;

/** Everybody there is. */
export function everybody(): Measure {
  return expressionBuilder<Tables, 'people'>().lit(true);
}

/** Whoever has a phone or address filled in that is not proven. */
export function haveFilledIn(): Measure {
  const eb = expressionBuilder<Tables, 'people'>();
  // A literal: only by that is it seen to be what the index of these people is about.
  return eb('people.filled_in', '>', eb.lit(0));
}

const standingNumber = sql`(people.proven_methods * ${sql.lit(mostQuestions + 1)} + people.question_count)`;

/** Whoever stands in one of these ways, each of them a bit of one number; undefined when nobody can. */
export function stand(standings: readonly Standing[]): Measure | undefined {
  if (standings.length === 0) return undefined;
  const bits = standings.map(
    ({ provenMethods, questionCount }) => 2 ** (provenMethods * (mostQuestions + 1) + questionCount),
  );
  const mask = bits.reduce((sum, bit) => sum + bit, 0);
  return sql<SqlBool>`((cast(${mask} as bigint) >> ${standingNumber}) & 1) = 1`;
}

/** Whoever one of these scans finds by then; undefined when they find nobody. */
export function areFound(scans: readonly Scan[], by: Time): Measure | undefined {
  const found = scans.flatMap((scan) => isFound(scan, by) ?? []);
  return found.length === 0 ? undefined : expressionBuilder<Tables, 'people'>().or(found);
}

function isFound(scan: Scan, by: Time): Measure | undefined {
  const eb = expressionBuilder<Tables, 'people'>();
  const highest = highestOf(scan, by);
  if (highest === null) return undefined;
  const until = eb(`people.${scan.column}`, '<=', highest);
  if (scan.column === 'demanded_at') return until;
  const standing = stand(scan.standings);
  return standing && eb.and([eb('people.demanded_at', 'is', null), until, standing]);
}

/** Whoever the one holds of and the other does not. */
export function only(one: Measure | undefined, other: Measure | undefined): Measure | undefined {
  if (!one || !other) return one;
  return sql<SqlBool>`(${one}) and (${other}) is not true`;
}
