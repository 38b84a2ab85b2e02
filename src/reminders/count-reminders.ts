import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { type Class, classesOf, type Terminus, terminusOf } from '../people/classes.ts';
import { type OverdueAsked, sievesOf } from '../people/list-overdue.ts';
import { areFound, type Measure } from '../people/overdue-measure.ts';
import { narrow, type Scan, scansOfClass } from '../people/overdue-scans.ts';
import { day } from '../people/status.ts';
import { tally } from '../people/tally.ts';
import type { Terms } from '../policy/askings.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import type { ReminderCounts, ReminderFilter } from './reminder-counts.ts';
import { apart, daysBefore, firstBefore, mostReminders } from './schedule.ts';

/** The policy, and the moment that is counted for. */
export interface CountAsked {
  terms: Terms;
  now: Time;
}

/** Counts, in one question, what reminding whoever is overdue and fits would come to: the same people, none sent anything. */
export async function countOverdue(
  db: Db,
  { terms, now }: CountAsked,
  filter: ReminderFilter,
): Promise<ReminderCounts> {
  const found = (each: Class<Terminus>) =>
    areFound(
      scansOfClass(terms, each).flatMap((scan) => narrow(scan, filter.reason)),
      now,
    );
  return countThose(db, { terms, now, found }, filter);
}

/** Counts alike whom the schedule would remind at a moment. */
export async function countOnTime(db: Db, { terms, now }: CountAsked): Promise<ReminderCounts> {
  const found = (each: Class<Terminus>) => {
    const timely = scansOfClass(terms, each).flatMap((scan) => {
      const soon = areFound([scan], now + firstBefore);
      return soon ? [and(soon, isTimeOf(scan, now))] : [];
    });
    return timely.length === 0 ? undefined : expressionBuilder<Tables, 'people'>().or(timely);
  };
  return countThose(db, { terms, now, found }, {});
}

interface Counting extends CountAsked {
  found(each: Class<Terminus>): Measure | undefined;
}

async function countThose(
  db: Db,
  { terms, now, found }: Counting,
  filter: Pick<OverdueAsked['query'], 'group' | 'prefix'>,
): Promise<ReminderCounts> {
  const classes = classesOf((isInAny) => terminusOf(terms, isInAny));
  const count = await tally(
    db,
    classes.map((each) => ({ conditions: each.conditions, measures: measuresOf(found(each), now) })),
    sievesOf(filter),
  );
  const counts = {
    selected: count('selected'),
    withoutMailbox: count('withoutMailbox'),
    remindedToday: count('remindedToday'),
  };
  const toSend = counts.selected - counts.withoutMailbox - counts.remindedToday;
  return { ...counts, toSend, sent: 0 };
}

function measuresOf(found: Measure | undefined, now: Time) {
  const mailbox = sql<SqlBool>`people.work_mailbox is not null`;
  const today = wereReminded(sql<SqlBool>`reminders.last_at > ${big(now - apart)}`);
  return {
    selected: found,
    withoutMailbox: found && and(found, sql<SqlBool>`people.work_mailbox is null`),
    remindedToday: found && and(found, mailbox, today),
  };
}

function and(...all: Measure[]): Measure {
  return expressionBuilder<Tables, 'people'>().and(all);
}

function wereReminded(condition: Expression<SqlBool>): Measure {
  return sql<SqlBool>`exists (select 1 from reminders where reminders.person_id = people.id and ${condition})`;
}

/** `isTime` of the schedule in SQL, for whoever a scan finds. */
function isTimeOf(scan: Scan, now: Time): Measure {
  const due = dueOf(scan);
  const moment = newestMomentOf(scan, due, now);
  const spent = sql<SqlBool>`reminders.for_due = ${due} and reminders.count >= ${mostReminders}`;
  const done = wereReminded(sql<SqlBool>`(reminders.last_at >= ${moment} or (${spent}))`);
  return sql<SqlBool>`(${moment} is not null and not ${done})`;
}

/** `sinceOf` in SQL. */
function dueOf({ column, notBefore, days }: Scan) {
  const asked = sql.ref<Time>(`people.${column}`);
  const from =
    notBefore === 0
      ? asked
      : sql`case when ${asked} < ${big(notBefore)} then ${big(notBefore)} else ${asked} end`;
  return sql<Time>`(${from} + ${big(days * day)})`;
}

/** `newestMoment` in SQL: every week from when it is due, and before that so many days ahead, if it was asked by then. */
function newestMomentOf({ days }: Scan, due: Expression<Time>, now: Time) {
  const ahead = daysBefore.filter((one) => one <= days).toSorted((one, other) => one - other);
  const before = ahead.map(
    (one) => sql`when ${due} <= ${big(now + one * day)} then ${due} - ${big(one * day)}`,
  );
  const weekly = sql`${due} + (${big(now)} - ${due}) / ${big(7 * day)} * ${big(7 * day)}`;
  return sql<Time>`(case when ${due} <= ${big(now)} then ${weekly} ${sql.join(before, sql` `)} end)`;
}

function big(value: number) {
  return sql<number>`cast(${value} as bigint)`;
}
