import { day } from '../people/status.ts';
import type { Time } from '../store/schema.ts';

const week = 7 * day;

/** How long before it is due somebody is reminded, in days; then at that moment and every week after it. */
export const daysBefore = [14, 3] as const;

/** How many reminders go out on schedule for the same thing. */
export const mostReminders = 6;

/** Nobody is reminded twice within this, on schedule or by an administrator. */
export const apart = day;

/** The first of them. */
export const firstBefore = Math.max(...daysBefore) * day;

/** Of what somebody was reminded last, how often, and when. */
export interface Reminded {
  forDue: Time;
  count: number;
  lastAt: Time;
}

/** What somebody has to do: when it is due, and since when it is asked. */
export interface Duty {
  due: Time;
  askedAt: Time;
}

/** The newest moment to remind somebody of a duty; null when there has been none yet. */
function newestMoment({ due, askedAt }: Duty, now: Time): Time | null {
  const weeks = Math.floor((now - due) / week);
  const moments = weeks >= 0 ? [due + weeks * week] : daysBefore.map((days) => due - days * day);
  const past = moments.filter((moment) => moment <= now && moment >= askedAt);
  return past.length === 0 ? null : Math.max(...past);
}

/** Tells whether a reminder within the last day keeps somebody from being reminded. */
export function isTooSoon(reminded: Reminded | null, now: Time): boolean {
  return reminded !== null && now - reminded.lastAt < apart;
}

/**
 * Tells whether the schedule wants somebody reminded now. A moment that was missed (a server that stood still) is made
 * up for until the next; another moment at which it is due is another duty, and begins the count anew.
 */
export function isTime(duty: Duty, reminded: Reminded | null, now: Time): boolean {
  const count = reminded?.forDue === duty.due ? reminded.count : 0;
  if (count >= mostReminders) return false;
  const moment = newestMoment(duty, now);
  return moment !== null && (reminded === null || reminded.lastAt < moment);
}
