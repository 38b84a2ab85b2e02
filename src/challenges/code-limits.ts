import type { Counted, Limit } from '../limits/limits.ts';

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
