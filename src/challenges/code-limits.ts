import { type Counted, clearLimit, type Limit } from '../limits/limits.ts';
import type { Db } from '../store/schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const codesPerHour: Limit = { name: 'wrong-codes-hour', most: 10, within: hour };
const failuresPerMonth: Limit = { name: 'failures-30-days', most: 90, within: 30 * day };
const perDestination: Limit[] = [
  { name: 'messages-minute', most: 1, within: minute },
  { name: 'messages-10-minutes', most: 3, within: 10 * minute },
  { name: 'messages-day', most: 10, within: day },
];
const perPerson: Limit = { name: 'messages-person-day', most: 20, within: day };

/** Wrong codes of a person's method in an hour; a success clears it. */
export function codeHour(personId: string, method: string): Counted {
  return { limit: codesPerHour, subject: `${personId}:${method}` };
}

/**
 * Wrong codes of a method in an hour, as resets count them: by the name or the known browser that tries, whether or not
 * it is anybody's; a success clears it.
 */
export function resetCodeHour(countsAs: string, method: string): Counted {
  return { limit: { ...codesPerHour, name: 'wrong-codes-reset-hour' }, subject: `${countsAs}:${method}` };
}

/**
 * The part of the failures in 30 days that resets may use up: ten are left for the person who signs in with the
 * password and proves another method, which lifts them all. Strangers cannot take those.
 */
export function failureMonthOfResets(subject: string): Counted {
  return { limit: { ...failuresPerMonth, most: failuresPerMonth.most - codesPerHour.most }, subject };
}

/** Forgets the failures in 30 days: an administrator lifts them, or signing in with the password and another method. */
export async function liftFailures(tx: Db, personId: string): Promise<void> {
  await clearLimit(tx, failureMonth(personId));
}

/** Failures of a person over all methods in 30 days; a success does not clear it. */
export function failureMonth(personId: string): Counted {
  return { limit: failuresPerMonth, subject: personId };
}

/** The texts and calls that the whole house may send in a day. */
export function houseBudget(most: number): Counted {
  return { limit: { name: 'messages-house-day', most, within: day, slot: 15 * minute }, subject: 'house' };
}

/** What one more message counts against: its destination, its person, and for texts and calls the house's budget. */
export function messageLimits(
  personId: string,
  message: { destination: string; channel: string; budget: number },
): Counted[] {
  return [
    ...perDestination.map((limit) => ({ limit, subject: message.destination })),
    { limit: perPerson, subject: personId },
    ...(message.channel === 'mail' ? [] : [houseBudget(message.budget)]),
  ];
}

/** Sets of wrong answers of a person, in an hour and in 30 days. */
export function wrongAnswers(personId: string): Counted[] {
  return [
    { limit: { name: 'wrong-answers-hour', most: 5, within: hour }, subject: personId },
    { limit: { name: 'wrong-answers-30-days', most: 20, within: 30 * day }, subject: personId },
  ];
}

/** Forgets a person's wrong answers, when an administrator lifts the limits. */
export async function liftAnswers(tx: Db, personId: string): Promise<void> {
  for (const counted of wrongAnswers(personId)) await clearLimit(tx, counted);
}
