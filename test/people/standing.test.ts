import fc from 'fast-check';
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { askedOf } from '../../src/people/asked.ts';
import { countOverview } from '../../src/people/count-overview.ts';
import { findStanding, listStanding } from '../../src/people/list-standing.ts';
import { type StandingName, standingNames } from '../../src/people/standings-sought.ts';
import { isCapable, isRegistered } from '../../src/people/status.ts';
import { defaultTerms, type Terms, termsAfter } from '../../src/policy/askings.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { migrate } from '../../src/store/database.ts';
import { openNodeSqlite } from '../../src/store/node-sqlite.ts';
import type { Db, Tables } from '../../src/store/schema.ts';
import { openDatabase, people, type Somebody, settle, terms } from './population.ts';

/** How the names of the overview call what is listed. */
const counted = {
  enabled: 'enabled',
  disabled: 'disabled',
  registered: 'registered',
  'able-to-reset': 'ableToReset',
  'partly-registered': 'partlyRegistered',
  'filled-in': 'filledIn',
} as const satisfies Record<StandingName, string>;

function stands({ policy }: Terms, name: StandingName, one: Somebody): boolean {
  if (name === 'disabled') return one.disabledAt !== null;
  const asked = askedOf(policy, one);
  if (!asked.enabled || one.disabledAt !== null) return false;
  const begun = one.provenMethods > 0 || one.questionCount > 0;
  return {
    enabled: true,
    registered: isRegistered(asked, one),
    'able-to-reset': isCapable(asked, one),
    'partly-registered': begun && !isRegistered(asked, one),
    'filled-in': one.filledIn,
  }[name];
}

async function readAll(
  db: Db,
  given: Terms,
  asked: { name: StandingName; limit: number; fewEnough: number },
) {
  const found: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = await listStanding(db, given, { ...asked, after });
    expect(page.people.length).toBeLessThanOrEqual(asked.limit);
    found.push(...page.people.map(({ userName }) => userName));
    after = page.next;
  }
  return found;
}

test('people of each standing are listed page by page, whatever the policy, as many as the overview counts', async () => {
  const db = await openDatabase();
  const asked = fc.record({
    name: fc.constantFrom(...standingNames),
    limit: fc.constantFrom(1, 3, 100),
    fewEnough: fc.constantFrom(0, 2, 20_000),
  });
  await fc.assert(
    fc.asyncProperty(people, terms, asked, async (all, given, one) => {
      await settle(db, all);
      const found = await readAll(db, given, one);
      const expected = all.filter((each) => stands(given, one.name, each)).map(({ userName }) => userName);
      const bytes = (name: string) => Buffer.from(name).toString('hex');
      expect(found).toEqual(expected.toSorted((a, b) => (bytes(a) < bytes(b) ? -1 : 1)));
      const overview = await countOverview(db, given, 10 ** 12);
      expect(overview[counted[one.name]]).toBe(found.length);
    }),
    { numRuns: 40 },
  );
});

test('within a standing one finds by name', async () => {
  const db = await openDatabase();
  const one = { lastCheckAt: null, demandedAt: null, appearedAt: 0, groups: [], filledIn: false };
  const all: Somebody[] = ['anna', 'anke', 'bea'].map((userName, at) => ({
    ...one,
    userName,
    displayName: `${userName} de Boer`,
    provenMethods: at === 0 ? 3 : 0,
    questionCount: 0,
    disabledAt: at === 1 ? 1 : null,
  }));
  await settle(db, all);
  const find = async (name: StandingName, search: string) =>
    (await findStanding(db, defaultTerms, { name, search, after: '', limit: 10 }))?.people.map(
      ({ userName }) => userName,
    );
  expect(await find('registered', 'an')).toEqual(['anna']);
  expect(await find('disabled', 'boer')).toEqual(['anke']);
  expect(await find('registered', 'bea')).toEqual([]);
  const lost = { name: 'registered', search: 'an', after: 'no place', limit: 10 } as const;
  expect(await findStanding(db, defaultTerms, lost)).toBeUndefined();
});

const staff = termsAfter(
  defaultTerms,
  { ...defaultPolicy, enabledFor: { who: 'groups', groups: ['Staff'], except: ['Board'] } },
  1,
);

test('a page goes along an index from where the last one ended, and few are found by an index of their own', async () => {
  const asked: CompiledQuery[] = [];
  const dialect = new SqliteDialect({ database: openNodeSqlite(':memory:') });
  const db = new Kysely<Tables>({ dialect, log: ({ query }) => void asked.push(query) });
  onTestFinished(() => db.destroy());
  await migrate(db);
  for (const given of [defaultTerms, staff])
    for (const name of standingNames)
      for (const fewEnough of [0, 7000]) {
        asked.length = 0;
        await listStanding(db, given, { name, after: 'm', limit: 50, fewEnough });
        const page = asked.findLast(({ sql }) => sql.includes('order by'));
        if (!page) throw new Error('no page was asked');
        const explain = CompiledQuery.raw(`explain query plan ${page.sql}`, [...page.parameters]);
        const { rows } = await db.executeQuery<{ detail: string }>(explain);
        const steps = rows.map(({ detail }) => detail);
        const about = `${name}, ${given === staff ? 'staff' : 'everybody'}, ${fewEnough}: ${steps.join('; ')}`;
        expect(
          steps.filter((step) => /^SCAN (people|registrations|memberships)\b/.test(step)),
          about,
        ).toEqual(
          fewEnough > 0 && name === 'filled-in'
            ? [expect.stringContaining('USING INDEX people_filled_in')]
            : fewEnough > 0 && name === 'disabled'
              ? [expect.stringContaining('USING COVERING INDEX people_disabled')]
              : [],
        );
        if (fewEnough === 0) expect(steps.join(), about).toContain('(user_name>?)');
      }
});
