import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overdueReasons } from '../../src/people/overdue.ts';
import type { Terms } from '../../src/policy/askings.ts';
import { type Candidate, candidatePages } from '../../src/reminders/candidates.ts';
import { countOnTime, countOverdue } from '../../src/reminders/count-reminders.ts';
import type { ReminderFilter } from '../../src/reminders/reminder-counts.ts';
import { firstBefore, isTime, isTooSoon } from '../../src/reminders/schedule.ts';
import type { Db } from '../../src/store/schema.ts';
import { day, openDatabase, peopleFrom, type Somebody, settle, terms } from '../people/population.ts';

const runs = { numRuns: 60 };
/** So many that some are overdue, under a policy that somebody has to do with. */
const many = peopleFrom(12);
const asking = terms.filter(({ policy }) => policy.enabledFor.who !== 'nobody');
/** Whole tens of days, so that moments meet those of the people, and hours around the days of the schedule. */
const moments = fc
  .tuple(
    fc.constantFrom(0, 20, 40),
    fc.nat(20),
    fc.constantFrom(0, -14, -3, 7, 8, 35),
    fc.constantFrom(0, -1, 1),
  )
  .map(([from, tens, days, little]) => Math.max(0, ((from + tens) * 10 + days) * day + little));

const filters = fc.record({
  reason: fc.option(fc.constantFrom(...overdueReasons), { freq: 1, nil: undefined }),
  group: fc.option(fc.constantFrom('Staff', 'Board'), { freq: 1, nil: undefined }),
  prefix: fc.option(fc.constantFrom('a', 'jan', 'zoe'), { freq: 1, nil: undefined }),
});

/** What is drawn for each person by its place: whether there is a mailbox, and a reminder how long ago and how often. */
const drawn = fc.array(
  fc.record({
    mailbox: fc.boolean(),
    reminded: fc.option(
      fc.record({
        ago: fc.constantFrom(0, 1, day - 1, day, 3 * day, 7 * day, 7 * day + 1, 20 * day),
        count: fc.integer({ min: 1, max: 7 }),
        sameDue: fc.boolean(),
      }),
      { freq: 3, nil: null },
    ),
  }),
  { minLength: 30, maxLength: 30 },
);

/** Since when the policy asks what it does. */
function inForce({ askings }: Terms): number {
  return askings[0]?.at ?? 0;
}

type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

async function readPages(pages: AsyncIterable<Candidate[]>): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

function soon(db: Db, terms: Terms, now: number) {
  return readPages(candidatePages(db, { terms, now, by: now + firstBefore }, {}));
}

/** People with mailboxes and earlier reminders, many of them of what is due now. */
async function furnish(
  db: Db,
  all: Somebody[],
  { drawn, terms, now }: { drawn: Drawn; terms: Terms; now: number },
) {
  await settle(db, all);
  const dues = new Map((await soon(db, terms, now)).map(({ personId, duty }) => [personId, duty.due]));
  const furnished = all.map(({ userName }, at) => ({ id: `id-${userName}`, ...drawn[at] }));
  const reached = furnished.filter(({ mailbox }) => mailbox).map(({ id }) => id);
  const update = db.updateTable('people').set({ work_mailbox: 'x' });
  if (reached.length > 0) await update.where('id', 'in', reached).execute();
  const rows = furnished.flatMap(({ id, reminded }) => {
    if (!reminded) return [];
    const for_due = reminded.sameDue ? (dues.get(id) ?? 0) : 1;
    return [{ person_id: id, for_due, count: reminded.count, last_at: now - reminded.ago }];
  });
  if (rows.length > 0) await db.insertInto('reminders').values(rows).execute();
}

function countsOf(those: Candidate[], now: number) {
  const reachable = those.filter(({ workMailbox }) => workMailbox !== null);
  const toSend = reachable.filter(({ reminded }) => !isTooSoon(reminded, now)).length;
  return {
    selected: those.length,
    withoutMailbox: those.length - reachable.length,
    remindedToday: reachable.length - toSend,
    toSend,
    sent: 0,
  };
}

test('whom a reminder by hand goes to is counted exactly as those are read to whom it is sent', async () => {
  const db = await openDatabase();
  await fc.assert(
    fc.asyncProperty(
      many,
      asking,
      moments,
      filters,
      drawn,
      async (all, terms, later, filter: ReminderFilter, drawn) => {
        const now = inForce(terms) + later;
        await furnish(db, all, { drawn, terms, now });
        const those = await readPages(candidatePages(db, { terms, now, by: now }, filter));
        expect(await countOverdue(db, { terms, now }, filter)).toEqual(countsOf(those, now));
      },
    ),
    runs,
  );
});

test('whose time it is by the schedule is counted exactly as the schedule says of each', async () => {
  const db = await openDatabase();
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(many, asking, moments, drawn, async (all, terms, later, drawn) => {
      const now = inForce(terms) + later;
      await furnish(db, all, { drawn, terms, now });
      const those = (await soon(db, terms, now)).filter(({ duty, reminded }) => isTime(duty, reminded, now));
      expect(await countOnTime(db, { terms, now })).toEqual(countsOf(those, now));
      counted += those.length;
    }),
    runs,
  );
  expect(counted, 'who was counted at all').toBeGreaterThan(5);
});
