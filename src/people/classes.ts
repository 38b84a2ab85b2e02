import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { Asking, Terms } from '../policy/askings.ts';
import type { Tables, Time } from '../store/schema.ts';
import { type Asked, askedAt, type IsInAny, placeOf } from './asked.ts';
import { passes } from './sieves.ts';
import { stricterSince } from './stricter.ts';

/** Whether somebody is in at least one of these groups. */
export interface Condition {
  groups: readonly string[];
  member: boolean;
}

/** People whom the policy treats alike: all conditions hold of their groups. */
export interface Class<T> {
  conditions: readonly Condition[];
  outcome: T;
}

/**
 * Divides people into classes by whatever `decide` asks of their groups: it is run once for every course its questions
 * can take. So a rule that is written for one person holds for a million, without being written again in SQL.
 */
export function classesOf<T>(decide: (isInAny: IsInAny) => T): Class<T>[] {
  const found: Class<T>[] = [];
  const open: Condition[][] = [[]];
  for (let given = open.pop(); given; given = open.pop()) {
    const conditions = [...given];
    const outcome = decide((groups) => {
      if (groups.length === 0) return false;
      const known = conditions.find((one) => one.groups.join('\n') === groups.join('\n'));
      if (known) return known.member;
      open.push([...conditions, { groups, member: true }]);
      conditions.push({ groups, member: false });
      return false;
    });
    found.push({ conditions, outcome });
  }
  return found;
}

/** What the policy asks of a class, and since when it has been as strict. */
export interface Terminus {
  asked: Asked;
  stricter: Time;
}

/** What the terms come to for somebody of whose groups `isInAny` tells. */
export function terminusOf(terms: Terms, isInAny: IsInAny): Terminus {
  const asking: Asking = terms.policy;
  const asked = askedAt(asking, placeOf(asking, isInAny));
  return { asked, stricter: asked.enabled ? stricterSince(terms, isInAny) : 0 };
}

/** Says in SQL that the conditions hold of a row of `people`. */
export function meets(conditions: readonly Condition[]): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'people'>();
  return eb.and(
    conditions.map(({ groups, member }) => (member ? passes({ groups }) : eb.not(passes({ groups })))),
  );
}
