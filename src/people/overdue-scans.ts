import type { Terms } from '../policy/askings.ts';
import type { Time } from '../store/schema.ts';
import { type Class, classesOf, type Terminus, terminusOf } from './classes.ts';
import type { OverdueReason } from './overdue.ts';
import { day, isRegistered } from './status.ts';
import { type Standing, standings } from './stricter.ts';

/** The column from which it follows since when somebody is overdue. */
export type SinceColumn = 'demanded_at' | 'appeared_at' | 'last_check_at';

/** People of one class who are overdue for the same kind of reason: one range of one index for each standing. */
export interface Scan {
  conditions: Class<unknown>['conditions'];
  column: SinceColumn;
  /** For `demanded_at` always every one. */
  standings: readonly Standing[];
  /** Overdue since the later of the column and `notBefore`, plus `days` days. */
  notBefore: Time;
  days: number;
}

/** Since when somebody is overdue whose column holds this; it never falls while the value rises. */
export function sinceOf({ notBefore, days }: Scan, value: Time): Time {
  return Math.max(value, notBefore) + days * day;
}

/** The highest value of the column of who is overdue by then; null when nobody can be. */
export function highestOf({ notBefore, days }: Scan, by: Time): Time | null {
  const highest = by - days * day;
  return notBefore > highest ? null : highest;
}

/** The reason of somebody whom this scan finds. */
export function reasonOf({ column }: Scan, { provenMethods, questionCount }: Standing): OverdueReason {
  switch (column) {
    case 'demanded_at':
      return 'demanded';
    case 'last_check_at':
      return 'check-due';
    case 'appeared_at':
      return provenMethods === 0 && questionCount === 0 ? 'never-registered' : 'incomplete';
  }
}

/** Every scan that finds overdue people, or only those with this reason; nobody is found by two of them. */
export function scansOf(terms: Terms, reason?: OverdueReason): Scan[] {
  const classes = classesOf((isInAny) => terminusOf(terms, isInAny));
  return classes.flatMap((each) => scansOfClass(terms, each)).flatMap((scan) => narrow(scan, reason));
}

/** The scans of one class. */
export function scansOfClass({ policy }: Terms, { conditions, outcome }: Class<Terminus>): Scan[] {
  const { asked, stricter } = outcome;
  if (!asked.enabled) return [];
  const { registerWithinDays, checkAgainAfterDays } = policy;
  const unfinished = standings.filter((standing) => !isRegistered(asked, standing));
  const registered = standings.filter((standing) => isRegistered(asked, standing));
  const always = { conditions, notBefore: 0 };
  const scans: Scan[] = [
    { ...always, column: 'demanded_at', standings, days: 0 },
    {
      conditions,
      column: 'appeared_at',
      standings: unfinished,
      notBefore: stricter,
      days: registerWithinDays,
    },
    {
      ...always,
      column: 'last_check_at',
      standings: checkAgainAfterDays === 0 ? [] : registered,
      days: checkAgainAfterDays,
    },
  ];
  return scans.filter((scan) => scan.standings.length > 0);
}

/** What of a scan finds people with this reason, or all of it. */
export function narrow(scan: Scan, reason: OverdueReason | undefined): Scan[] {
  if (reason === undefined) return [scan];
  const kept = scan.standings.filter((standing) => reasonOf(scan, standing) === reason);
  return kept.length === 0 ? [] : [{ ...scan, standings: kept }];
}
