import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedOf } from '../../src/people/asked.ts';
import { countEffects } from '../../src/people/count-effects.ts';
import { countOverview } from '../../src/people/count-overview.ts';
import { listOverdue, type OverdueQuery } from '../../src/people/list-overdue.ts';
import { overdueOf, overdueReasons } from '../../src/people/overdue.ts';
import { foldedWords, searchKeysOf } from '../../src/people/search-keys.ts';
import { isCapable, isRegistered } from '../../src/people/status.ts';
import { type Terms, termsAfter } from '../../src/policy/askings.ts';
import type { Db } from '../../src/store/schema.ts';
import { day, openDatabase, people, policy, type Somebody, settle, terms } from './population.ts';

const moments = fc.nat(60).map((tens) => tens * 10 * day);
const runs = { numRuns: 60 };

const queries = fc.record({
  sort: fc.constantFrom('since' as const, 'name' as const),
  order: fc.constantFrom('asc' as const, 'desc' as const),
  reason: fc.option(fc.constantFrom(...overdueReasons), { freq: 1, nil: undefined }),
  group: fc.option(fc.constantFrom('Staff', 'Board', 'Admins'), { freq: 1, nil: undefined }),
  prefix: fc.option(fc.constantFrom('a', 'jan', 'zoe', 'de bo', '𐐨'), { freq: 1, nil: undefined }),
  limit: fc.constantFrom(1, 2, 7, 100),
});

/** So few that people are found by going along all names, or so many that all are read and sorted. */
const few = fc.constantFrom(0, 1, 5, 20_000);

/** Pages through everything, as a terminal does. */
async function readAll(
  db: Db,
  asked: { terms: Terms; now: number; query: Omit<OverdueQuery, 'after'>; fewEnough: number },
) {
  const { terms, now, query, fewEnough } = asked;
  const found = [];
  let after: string | null = '';
  while (after !== null) {
    const page = await listOverdue(db, { terms, now, by: now, query: { ...query, after }, fewEnough });
    if (!page) throw new Error('no page');
    expect(page.people.length).toBeLessThanOrEqual(query.limit);
    found.push(...page.people.map(({ place: _, ...person }) => person));
    after = page.next;
  }
  return found;
}

function isNamed({ userName, displayName }: Somebody, prefix: string): boolean {
  const folded = foldedWords(prefix).join(' ');
  return searchKeysOf({ userName, displayName }).some((key) => key.startsWith(folded));
}

function expected(
  all: Somebody[],
  { terms, now, query }: { terms: Terms; now: number; query: Omit<OverdueQuery, 'after'> },
) {
  return all.flatMap((one) => {
    const overdue = overdueOf(terms, one, now);
    const isAsked =
      overdue !== null &&
      (query.reason ?? overdue.reason) === overdue.reason &&
      (query.group === undefined || one.groups.includes(query.group)) &&
      (query.prefix === undefined || isNamed(one, query.prefix));
    return overdue && isAsked ? [{ userName: one.userName, ...overdue }] : [];
  });
}

const bytewise = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

test('the database finds exactly whom the rule for one person finds, in order, page by page', async () => {
  const db = await openDatabase();
  await fc.assert(
    fc.asyncProperty(people, terms, moments, queries, few, async (all, terms, now, query, fewEnough) => {
      await settle(db, all);
      const asked = { terms, now, query, fewEnough };
      const found = await readAll(db, asked);
      const wanted = expected(all, asked);
      const byName = (one: { userName: string }, other: { userName: string }) =>
        bytewise(one.userName, other.userName);
      expect(found.toSorted(byName)).toEqual(wanted.toSorted(byName));
      const keys = found.map(({ since, userName }) => (query.sort === 'since' ? since : userName));
      const sorted = found
        .toSorted((one, other) =>
          query.sort === 'since' ? one.since - other.since : bytewise(one.userName, other.userName),
        )
        .map(({ since, userName }) => (query.sort === 'since' ? since : userName));
      expect(keys).toEqual(query.order === 'asc' ? sorted : sorted.toReversed());
    }),
    runs,
  );
});

test('the overview counts exactly what the rules for one person say', async () => {
  const db = await openDatabase();
  await fc.assert(
    fc.asyncProperty(people, terms, moments, async (all, terms, now) => {
      await settle(db, all);
      const active = all.filter((one) => one.disabledAt === null && askedOf(terms.policy, one).enabled);
      const count = (fits: (one: Somebody) => boolean) => active.filter(fits).length;
      const proven = (one: Somebody) => one.provenMethods > 0 || one.questionCount > 0;
      const registered = (one: Somebody) => isRegistered(askedOf(terms.policy, one), one);
      expect(await countOverview(db, terms, now)).toEqual({
        total: all.length,
        disabled: all.filter((one) => one.disabledAt !== null).length,
        enabled: active.length,
        registered: count(registered),
        ableToReset: count((one) => isCapable(askedOf(terms.policy, one), one)),
        partlyRegistered: count((one) => proven(one) && !registered(one)),
        filledIn: count((one) => one.filledIn),
        overdue: Object.fromEntries(
          overdueReasons.map((reason) => [
            reason,
            count((one) => overdueOf(terms, one, now)?.reason === reason),
          ]),
        ),
      });
    }),
    runs,
  );
});

test('what a policy would do is counted exactly as the rules for one person say', async () => {
  const db = await openDatabase();
  await fc.assert(
    fc.asyncProperty(people, terms, policy, moments, async (all, from, next, now) => {
      await settle(db, all);
      const to = termsAfter(from, next, now);
      const active = all.filter((one) => one.disabledAt === null);
      const changed = (holds: (terms: Terms, one: Somebody) => boolean) => {
        const both = active.map((one) => [holds(from, one), holds(to, one)] as const);
        return [
          both.filter(([before, after]) => before && !after).length,
          both.filter(([before, after]) => !before && after).length,
        ];
      };
      const capable = changed((terms, one) => isCapable(askedOf(terms.policy, one), one));
      const overdue = changed((terms, one) => overdueOf(terms, one, now) !== null);
      const enabled = changed((terms, one) => askedOf(terms.policy, one).enabled);
      expect(await countEffects(db, { from, to, now })).toEqual({
        losesReset: capable[0],
        gainsReset: capable[1],
        noLongerOverdue: overdue[0],
        becomesOverdue: overdue[1],
        noLongerEnabled: enabled[0],
        newlyEnabled: enabled[1],
      });
    }),
    runs,
  );
});
