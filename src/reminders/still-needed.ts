import type { ReminderNotice } from '../delivery/reminder-notice.ts';
import type { Deps } from '../deps.ts';
import { dueOf } from '../people/overdue.ts';
import { readPerson } from '../people/person.ts';
import { readTerms } from '../policy/askings.ts';

/**
 * Says whether somebody still has to do what a reminder in the queue is about: a person who has registered meanwhile,
 * was disabled, or has more time by a new policy is not reminded any more.
 */
export async function isStillNeeded(
  { db, secrets, now }: Pick<Deps, 'db' | 'secrets' | 'now'>,
  personId: string,
  reminder: ReminderNotice,
): Promise<boolean> {
  const person = await readPerson({ db, sealing: secrets.sealing }, personId);
  const due = person && dueOf(await readTerms(db), person);
  return !!due && due.at <= Math.max(reminder.at, now());
}
