import type { Terms } from '../policy/askings.ts';
import type { Time } from '../store/schema.ts';
import { askedOf, memberOf } from './asked.ts';
import type { Person } from './person.ts';
import { day, type Facts, isRegistered } from './status.ts';
import { stricterSince } from './stricter.ts';

/** Why somebody is overdue, the first that applies (PRODUCT.md). */
export const overdueReasons = ['demanded', 'never-registered', 'incomplete', 'check-due'] as const;
export type OverdueReason = (typeof overdueReasons)[number];

/** Overdue, since when, and for how many whole days. */
export interface Overdue {
  reason: OverdueReason;
  since: Time;
  days: number;
}

/** What of a person the question is about. */
export type OverdueFacts = Facts & Pick<Person, 'groups'>;

/** What is due from somebody and when; in the past it is overdue. */
export interface Due {
  reason: OverdueReason;
  at: Time;
}

/** The day by which whoever appeared then must have registered. */
export function deadlineOf(
  { policy }: Terms,
  { appearedAt, stricter }: { appearedAt: Time; stricter: Time },
): Time {
  return Math.max(appearedAt, stricter) + policy.registerWithinDays * day;
}

/** Says what is due next from a person; null when nothing is: disabled, not enabled, or registered and never to be checked. */
export function dueOf(terms: Terms, person: OverdueFacts): Due | null {
  const asked = askedOf(terms.policy, person);
  if (person.disabledAt !== null || !asked.enabled) return null;
  if (person.demandedAt !== null) return { reason: 'demanded', at: person.demandedAt };
  if (isRegistered(asked, person)) return checkOf(terms, person);
  const stricter = stricterSince(terms, memberOf(person.groups));
  const nothing = person.provenMethods === 0 && person.questionCount === 0;
  const at = deadlineOf(terms, { appearedAt: person.appearedAt, stricter });
  return { reason: nothing ? 'never-registered' : 'incomplete', at };
}

function checkOf({ policy }: Terms, { lastCheckAt }: OverdueFacts): Due | null {
  if (policy.checkAgainAfterDays === 0 || lastCheckAt === null) return null;
  return { reason: 'check-due', at: lastCheckAt + policy.checkAgainAfterDays * day };
}

/** Says why a person is overdue, since when and for how many days; null when the person is not. */
export function overdueOf(terms: Terms, person: OverdueFacts, now: Time): Overdue | null {
  const due = dueOf(terms, person);
  return due && due.at <= now
    ? { reason: due.reason, since: due.at, days: Math.floor((now - due.at) / day) }
    : null;
}
