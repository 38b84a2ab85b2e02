import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await openAdminHouse();
});
afterEach(() => house.close());

const day = 86_400_000;
const nobody = {
  losesReset: 0,
  gainsReset: 0,
  becomesOverdue: 0,
  noLongerOverdue: 0,
  newlyEnabled: 0,
  noLongerEnabled: 0,
};

const put = (changes: object, { basedOn = 0, expected }: { basedOn?: number; expected?: object } = {}) =>
  ask(house, {
    method: 'PUT',
    path: '/policy',
    body: { basedOn, policy: { ...defaultPolicy, ...changes }, ...(expected && { expected }) },
  });
const preview = (policy: object, basedOn = 0) =>
  ask(house, { method: 'POST', path: '/policy/preview', body: { basedOn, policy } });

/** People as the door adds them, then given what they proved, as far as the person's row tells. */
async function addPeople(count: number, proven: object, prefix = 'p'): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const body = { userName: `${prefix}${n}`, displayName: `Person ${n}` };
    expect((await ask(house, { method: 'POST', path: '/people', body })).status).toBe(201);
  }
  await house.deps.db
    .updateTable('people')
    .set({ appeared_at: testTime - 40 * day, ...proven })
    .where('user_name', 'like', `${prefix}%`)
    .execute();
}

const phoneOnly = { proven_methods: 1, question_count: 0, last_check_at: testTime - day };
const phoneAndMail = { proven_methods: 3, question_count: 0, last_check_at: testTime - day };

describe('a version', () => {
  test('tells who made it by name, when, and every setting', async () => {
    expect((await ask(house, { path: '/policy' })).body).toEqual({
      version: 0,
      by: null,
      at: null,
      policy: defaultPolicy,
    });
    expect(await put({ methodsToReset: 1 })).toMatchObject({ status: 200, body: { version: 1, by: 'anna' } });
    expect((await ask(house, { path: '/policy' })).body).toEqual({
      version: 1,
      by: 'anna',
      at: new Date(testTime).toISOString(),
      policy: { ...defaultPolicy, methodsToReset: 1 },
    });
  });

  test('is in the list, newest first and by the page, down to the default of a new house', async () => {
    await put({ methodsToReset: 1 });
    await put({ methodsToReset: 1, postponeDays: 3, keepAuditDays: 90 }, { basedOn: 1 });
    const first = await ask(house, { path: '/policy/versions?limit=2' });
    expect(first.body).toMatchObject({
      versions: [
        { version: 2, by: 'anna', changed: ['postponeDays', 'keepAuditDays'] },
        { version: 1, by: 'anna', changed: ['methodsToReset'] },
      ],
      next: 1,
    });
    const rest = await ask(house, { path: '/policy/versions?limit=2&before=1' });
    expect(rest.body).toEqual({ versions: [{ version: 0, by: null, at: null, changed: [] }], next: null });
  });

  test('is compared with the one before it, or with any other, field by field', async () => {
    await put({ methodsToReset: 1 });
    await put({ methodsToReset: 1, phoneCountries: ['NL'] }, { basedOn: 1 });
    expect((await ask(house, { path: '/policy/versions/2' })).body).toMatchObject({
      version: 2,
      comparedTo: 1,
      changes: [{ setting: 'phoneCountries', from: defaultPolicy.phoneCountries, to: ['NL'] }],
    });
    expect((await ask(house, { path: '/policy/versions/0?comparedTo=2' })).body).toMatchObject({
      changes: [
        { setting: 'methodsToReset', from: 1, to: 2 },
        { setting: 'phoneCountries', from: ['NL'], to: defaultPolicy.phoneCountries },
      ],
    });
    for (const path of ['/policy/versions/3', '/policy/versions/1?comparedTo=9'])
      expect(await ask(house, { path })).toMatchObject({ status: 404, body: { problem: 'version-unknown' } });
  });
});

describe('of two administrators', () => {
  test('the second is told who changed what since, version by version and field by field', async () => {
    const bert = {
      authorization: `Bearer ${await house.signIn('bert')}`,
      'content-type': 'application/json',
    };
    await put({ methodsToReset: 1 });
    await ask(house, {
      method: 'PATCH',
      path: '/policy',
      headers: bert,
      body: { basedOn: 1, settings: { postponeDays: 3 } },
    });
    const late = await put({ keepAuditDays: 90 });
    expect(late).toMatchObject({
      status: 409,
      body: {
        problem: 'changed-meanwhile',
        field: 'basedOn',
        versions: [
          { version: 1, by: 'anna', changes: [{ setting: 'methodsToReset', from: 2, to: 1 }] },
          { version: 2, by: 'bert', changes: [{ setting: 'postponeDays', from: 7, to: 3 }] },
        ],
      },
    });
    expect((await preview({ keepAuditDays: 90 })).status).toBe(409);
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({ version: 2, by: 'bert' });
  });

  test('who save at the same moment one wins, and every version is there once', async () => {
    const both = await Promise.all([put({ postponeDays: 1 }), put({ postponeDays: 2 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const rows = await house.deps.db.selectFrom('policies').select('version').execute();
    expect(rows).toEqual([{ version: 1 }]);
  });
});

describe('what would this do?', () => {
  test('counts who could no longer reset and who would be overdue, and saves nothing', async () => {
    await addPeople(3, phoneAndMail, 'two');
    await addPeople(2, phoneOnly, 'one');
    const told = await preview({ authenticationEmail: false });
    expect(told).toMatchObject({
      status: 200,
      body: {
        basedOn: 0,
        changes: [{ setting: 'authenticationEmail', from: true, to: false }],
        effects: { ...nobody, losesReset: 3, noLongerOverdue: 2 },
      },
    });
    expect((await preview({ methodsToReset: 1 })).body).toMatchObject({ effects: { gainsReset: 2 } });
    expect((await preview({ enabledFor: { who: 'nobody' } })).body).toMatchObject({
      effects: { losesReset: 3, noLongerEnabled: 5 },
    });
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({ version: 0 });
    expect(
      await house.deps.db.selectFrom('audit').select('event').where('event', 'like', 'policy%').execute(),
    ).toEqual([]);
  });

  test('counts who would be overdue at once when there is less time', async () => {
    await addPeople(2, phoneOnly);
    expect((await put({ registerWithinDays: 60 })).status).toBe(200);
    expect((await preview({ registerWithinDays: 30 }, 1)).body).toMatchObject({
      effects: { ...nobody, becomesOverdue: 2 },
    });
  });

  test('is asked again in the saving transaction: other counts than expected save nothing and are told', async () => {
    await addPeople(2, phoneAndMail);
    const change = { authenticationEmail: false };
    const { effects } = Object(Object(await preview(change)).body);
    await addPeople(1, phoneAndMail, 'late');
    const late = await put(change, { expected: effects });
    expect(late).toMatchObject({
      status: 409,
      body: { problem: 'effects-changed', field: 'expected', effects: { losesReset: 3 } },
    });
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({ version: 0 });
    const { effects: now } = Object(late.body);
    expect(await put(change, { expected: now })).toMatchObject({ status: 200, body: { version: 1 } });
  });
});

describe('a policy is refused with field and reason', () => {
  test.each<[object, string, string]>([
    [{ methodsToRegister: 4, officePhone: false }, 'methodsToRegister', 'more-than-methods-enabled'],
    [
      { officePhone: false, phoneText: false, phoneCall: false, privilegedGroups: ['Admins'] },
      'privilegedGroups',
      'too-few-for-privileged',
    ],
    [{ methodsToRegister: 4, privilegedGroups: ['Admins'] }, 'privilegedGroups', 'too-few-for-privileged'],
    [
      { enabledFor: { who: 'groups', groups: ['Staff'], except: ['Staff', 'Guests'] } },
      'enabledFor',
      'all-groups-excluded',
    ],
    [{ privilegedGroups: ['Ad\u0007mins'] }, 'privilegedGroups', 'not-valid'],
    [{ enabledFor: { who: 'groups', groups: ['a\nb'] } }, 'enabledFor', 'not-valid'],
    [{ phoneCountries: ['NL', 'XX'] }, 'phoneCountries', 'unknown-country'],
    [{ organisationName: 'A\u202eB' }, 'organisationName', 'not-valid'],
    [{ methodsToReset: undefined }, 'methodsToReset', 'missing'],
  ])('%j at %s: %s', async (changes, field, problem) => {
    expect(await put(changes)).toMatchObject({ status: 422, body: { field, problem } });
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({ version: 0 });
  });

  test('and so it is in a preview', async () => {
    expect(await preview({ methodsToRegister: 1 })).toMatchObject({
      status: 422,
      body: { field: 'methodsToRegister', problem: 'fewer-than-to-reset' },
    });
  });

  test('but one from before a rule was made stays readable, and is mended by the next change', async () => {
    const old = { ...defaultPolicy, methodsToRegister: 4, privilegedGroups: ['Admins'] };
    await house.deps.db
      .insertInto('policies')
      .values({ version: 1, at: testTime, by: 'anna', policy: JSON.stringify(old), askings: null })
      .execute();
    expect(await ask(house, { path: '/policy' })).toMatchObject({ status: 200, body: { version: 1 } });
    const patch = (settings: object) =>
      ask(house, { method: 'PATCH', path: '/policy', body: { basedOn: 1, settings } });
    expect((await patch({ postponeDays: 1 })).status).toBe(422);
    expect((await patch({ methodsToRegister: 3 })).status).toBe(200);
  });
});

test('back to an earlier version is a new version with its settings', async () => {
  await put({ methodsToReset: 1 });
  const { policy } = Object((await ask(house, { path: '/policy/versions/0' })).body);
  const back = await ask(house, { method: 'PUT', path: '/policy', body: { basedOn: 1, policy } });
  expect(back).toMatchObject({ status: 200, body: { version: 2, policy: { methodsToReset: 2 } } });
  const audit = await house.deps.db
    .selectFrom('audit')
    .select(['actor', 'details'])
    .where('event', '=', 'policy-replaced')
    .orderBy('seq')
    .execute();
  expect(audit.map(({ actor, details }) => [actor, JSON.parse(details)])).toEqual([
    [house.administratorId, { from: 0, to: 1, changed: 'methodsToReset' }],
    [house.administratorId, { from: 1, to: 2, changed: 'methodsToReset' }],
  ]);
});
