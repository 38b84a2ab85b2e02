import { expressionBuilder } from 'kysely';
import type { Terms } from '../policy/askings.ts';
import type { Tables, Time } from '../store/schema.ts';
import type { Terminus } from './classes.ts';
import { highestOf, type Scan, scansOfClass } from './overdue-scans.ts';
import type { Standing } from './stricter.ts';
import type { Measure } from './tally.ts';

/** Up to which value of which column people of one class and standing are overdue; null when none of them is. */
export interface Mark {
  column: 'appeared_at' | 'last_check_at';
  until: Time;
}

/** Finds the mark of people who were not demanded. */
export function markOf(
  terms: Terms,
  outcome: Terminus,
  { standing, now }: { standing: Standing; now: Time },
): Mark | null {
  const { provenMethods, questionCount } = standing;
  const isOf = ({ standings }: Scan) =>
    standings.some((one) => one.provenMethods === provenMethods && one.questionCount === questionCount);
  for (const scan of scansOfClass(terms, { conditions: [], outcome })) {
    const until = highestOf(scan, now);
    if (scan.column !== 'demanded_at' && isOf(scan))
      return until === null ? null : { column: scan.column, until };
  }
  return null;
}

/** Whoever an administrator has asked to register or check again. */
export function isDemanded(now: Time): Measure {
  return expressionBuilder<Tables, 'people'>()('people.demanded_at', '<=', now);
}

/** Whoever was not, and is overdue by all of these marks. */
export function isPast(marks: readonly Mark[]): Measure {
  const eb = expressionBuilder<Tables, 'people'>();
  return eb.and([
    eb('people.demanded_at', 'is', null),
    ...marks.map(({ column, until }) => eb(`people.${column}`, '<=', until)),
  ]);
}
