import { expect, onTestFinished, test } from 'vitest';
import { readTerms } from '../../src/policy/askings.ts';
import { readVersions } from '../../src/policy/history.ts';
import { defaultPolicy, policySchema } from '../../src/policy/policy.ts';
import { readPolicyVersion, replacePolicy } from '../../src/policy/versions.ts';
import type { Database } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';

async function openDatabase(): Promise<Database> {
  const db = await openTestDatabase();
  onTestFinished(() => db.destroy());
  return db;
}

test('a policy that a node of a later version saved is read without the settings that are not known here', async () => {
  const db = await openDatabase();
  const policy = { ...defaultPolicy, methodsToReset: 1 };
  await replacePolicy(db, policy, { basedOn: 0, by: 'anna', at: 1 });
  const [saved] = await db.selectFrom('policies').select('askings').execute();
  const later = JSON.stringify({ ...policy, pausedCountries: ['FR'] });
  for (const [version, askings] of [
    [2, saved?.askings ?? null],
    [3, null],
  ] as const) {
    await db
      .insertInto('policies')
      .values({ version, at: version, by: 'bob', policy: later, askings })
      .execute();
    expect(await readPolicyVersion(db)).toEqual({ version, at: version, by: 'bob', policy });
    expect((await readTerms(db)).policy).toEqual(policy);
  }
  expect((await readVersions(db, { limit: 2 })).map(({ changes }) => changes)).toEqual([[], []]);
});

test('what is saved is read as strictly as before: an unknown setting, and a stored one outside its limits', async () => {
  const db = await openDatabase();
  expect(policySchema.safeParse({ ...defaultPolicy, pausedCountries: ['FR'] }).success).toBe(false);
  for (const [version, wrong] of [
    { methodsToReset: 3 },
    { methodsToReset: 2, methodsToRegister: 1 },
    { enabledFor: { who: 'groups', groups: ['a'], except: [], unless: ['b'] } },
  ].entries()) {
    const policy = JSON.stringify({ ...defaultPolicy, ...wrong });
    await db
      .insertInto('policies')
      .values({ version: version + 1, at: 1, by: 'bob', policy, askings: null })
      .execute();
    await expect(readPolicyVersion(db)).rejects.toThrow();
  }
});
