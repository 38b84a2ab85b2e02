import { CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { countEffects } from '../../src/people/count-effects.ts';
import { countOverview } from '../../src/people/count-overview.ts';
import { listOverdue, type OverdueQuery } from '../../src/people/list-overdue.ts';
import { defaultTerms, termsAfter } from '../../src/policy/askings.ts';
import { policySchema } from '../../src/policy/policy.ts';
import { migrate } from '../../src/store/database.ts';
import { openNodeSqlite } from '../../src/store/node-sqlite.ts';
import type { Database, Tables } from '../../src/store/schema.ts';
import { day } from './population.ts';

const now = 1000 * day;

/** A database that remembers what it was asked, and how it would go about each question about people. */
async function openWatched(): Promise<{ db: Database; plans: () => Promise<string[][]> }> {
  const asked: CompiledQuery[] = [];
  const dialect = new SqliteDialect({ database: openNodeSqlite(':memory:') });
  const db = new Kysely<Tables>({ dialect, log: ({ query }) => void asked.push(query) });
  onTestFinished(() => db.destroy());
  await migrate(db);
  asked.length = 0;
  const plans = async () => {
    const questions = asked.splice(0).filter(({ sql }) => /people/.test(sql));
    const told = [];
    for (const { sql, parameters } of questions) {
      const explained = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
      const { rows } = await db.executeQuery<{ detail: string }>(explained);
      told.push(rows.map(({ detail }) => detail));
    }
    asked.length = 0;
    return told;
  };
  return { db, plans };
}

const query: OverdueQuery = { sort: 'since', order: 'asc', after: '', limit: 50 };
const middle = Buffer.from(JSON.stringify([900 * day, 870 * day, 'm'])).toString('base64url');

test('a page by since is merged from ranges of covering indexes: nothing is sorted, and nobody looked up', async () => {
  const { db, plans } = await openWatched();
  for (const after of ['', middle])
    for (const order of ['asc', 'desc'] as const) {
      await listOverdue(db, { terms: defaultTerms, now, by: now, query: { ...query, after, order } });
      const found = await plans();
      expect(found).toHaveLength(3);
      const steps = found.flat().filter((step) => /people/.test(step));
      for (const step of steps)
        expect(step).toMatch(/^SEARCH people USING COVERING INDEX people_(by_appearance|by_check|demanded) /);
      expect(found.flat().join()).not.toContain('TEMP B-TREE');
    }
});

test('a page begins where the one before ended', async () => {
  const { db, plans } = await openWatched();
  await listOverdue(db, { terms: defaultTerms, now, by: now, query: { ...query, after: middle } });
  expect((await plans()).flat().join('\n')).toContain('(appeared_at,user_name)>(?,?)');
  await listOverdue(db, {
    terms: defaultTerms,
    now,
    by: now,
    query: { ...query, after: middle, sort: 'name' },
    fewEnough: 0,
  });
  expect((await plans()).flat().join('\n')).toMatch(/COVERING INDEX people_by_name \(user_name>\?\)/);
});

test('a small group, and people by name, are looked up in the index of names, which carries all that is asked', async () => {
  const { db, plans } = await openWatched();
  for (const filter of [{ group: 'Board' }, { prefix: 'zo' }]) {
    await listOverdue(db, { terms: defaultTerms, now, by: now, query: { ...query, ...filter } });
    const steps = (await plans()).flat().filter((step) => /people/.test(step));
    expect(new Set(steps)).toEqual(
      new Set(['SEARCH people USING COVERING INDEX people_by_name (user_name>? AND user_name<?)']),
    );
  }
});

test('the overview goes once along a covering index', async () => {
  const { db, plans } = await openWatched();
  await countOverview(db, defaultTerms, now);
  const steps = (await plans()).flat().filter((step) => /^SCAN people/.test(step));
  expect(steps.filter((step) => /COVERING INDEX people_by_(appearance|name)$/.test(step))).toHaveLength(1);
  for (const step of steps) expect(step).toContain('COVERING INDEX');
});

test('counting the members of a group sorts nothing, and looks nobody up in the table', async () => {
  const { db, plans } = await openWatched();
  const enabledFor = { who: 'groups', groups: ['Staff'], except: ['Board'] };
  const staff = termsAfter(defaultTerms, policySchema.parse({ enabledFor }), now);
  await countOverview(db, staff, now);
  await countEffects(db, { from: defaultTerms, to: staff, now });
  // Who of a small group has something filled in is looked up one by one.
  const told = (await plans()).filter((plan) => !/registrations/.test(plan.join()));
  const steps = told.flat();
  expect(steps.filter((step) => /GROUP BY|ORDER BY/.test(step))).toEqual([]);
  const looks = steps.filter((step) => /^(SCAN|SEARCH) people/.test(step));
  expect(looks.length).toBeGreaterThan(4);
  for (const step of looks) expect(step).toMatch(/COVERING INDEX/);
});
