import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { day } from '../people/status.ts';
import type { ReminderCounts } from '../reminders/reminder-counts.ts';
import { daysBefore, mostReminders } from '../reminders/schedule.ts';
import { sendReminders, sendScheduledReminders } from '../reminders/send-reminders.ts';
import { countWaiting } from '../reminders/waiting.ts';
import { answer, body, isoTime, makeDoor, refused } from './door.ts';
import { actorOf, needs, turnedAway } from './guard.ts';
import { overdueFilter } from './overdue-filter.ts';
import { refusalOf } from './refusal.ts';

const counts = {
  /** Who is meant: overdue and fitting, or whose time it is on schedule. */
  selected: z.int(),
  /** With a work mailbox, and not reminded within the last day. */
  toSend: z.int(),
  withoutMailbox: z.int(),
  remindedToday: z.int(),
};

const scheduledAnswer = z
  .strictObject({
    /** Whether mails can go out at all. */
    mail: z.boolean(),
    at: z.string(),
    ...counts,
    /** Reminders that are in the queue and not sent yet. */
    waiting: z.int(),
    daysBefore: z.array(z.int()),
    mostReminders: z.int(),
  })
  .openapi('ReminderSchedule');

const sentAnswer = z.strictObject({ ...counts, sent: z.int() }).openapi('RemindersSent');

const readRoute = createRoute({
  method: 'get',
  path: '/reminders',
  ...needs('read'),
  request: {
    query: z.strictObject({ inDays: z.coerce.number().int().min(0).max(365).default(0) }),
  },
  responses: {
    200: answer(scheduledAnswer, 'Whom the schedule would remind now, or in so many days if nothing changes'),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

const sendRoute = createRoute({
  method: 'post',
  path: '/reminders',
  ...needs('people'),
  request: { body: body(overdueFilter.extend({ dryRun: z.boolean() })) },
  responses: {
    200: answer(sentAnswer, 'Whom it would remind, and with `dryRun: false` how many it did'),
    ...turnedAway,
    409: refused('No mail can go out'),
    422: refused('The filter is not right'),
  },
});

/** Reminders: what the schedule would send, and sending them now. */
export function reminderRoutes(deps: Deps) {
  return makeDoor()
    .openapi(readRoute, async (c) => {
      const { inDays } = c.req.valid('query');
      const at = deps.now() + inDays * day;
      const sending = { actor: actorOf(c), dryRun: true, stop: c.req.raw.signal };
      const { sent: _, ...found } = await sendScheduledReminders(deps, sending, at);
      const waiting = await countWaiting(deps.db);
      const mail = deps.carries.has('mail');
      const schedule = { daysBefore: [...daysBefore], mostReminders };
      return c.json({ mail, at: isoTime(at), ...found, waiting, ...schedule }, 200);
    })
    .openapi(sendRoute, async (c) => {
      const { dryRun, ...filter } = c.req.valid('json');
      if (!dryRun && !deps.carries.has('mail'))
        return c.json(refusalOf(c.get('language'), 'mail-not-carried'), 409);
      const sending = { actor: actorOf(c), dryRun, stop: c.req.raw.signal };
      const sent: ReminderCounts = await sendReminders(deps, filter, sending);
      return c.json(sent, 200);
    });
}
