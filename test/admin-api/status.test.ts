import { expect, test } from 'vitest';
import { addAdministrator, apiTokenOf } from '../helpers/administrators.ts';
import { signIn } from '../helpers/journeys.ts';
import { day } from '../helpers/test-house.ts';
import { openDoorHouse } from './open-door.ts';

async function openWithZoe() {
  const door = await openDoorHouse({ policy: { registerWithinDays: 10, postponeDays: 7 } });
  const anna = await addAdministrator(door.house.deps, 'anna');
  const token = await apiTokenOf(door.house.deps, anna, ['status']);
  await door.house.addPerson('zoe');
  const status = async (query = '', name = 'zoe') => {
    const fresh = await apiTokenOf(door.house.deps, anna, ['status']);
    return door.ask('GET', `/status/${name}${query}`, { token: fresh });
  };
  return { ...door, token, status };
}

test('says whether somebody is registered, able to reset and overdue, and where to send them; nothing else', async () => {
  const { status, house } = await openWithZoe();
  const fresh = {
    userName: 'zoe',
    enabled: true,
    registered: false,
    ableToReset: false,
    overdue: null,
    mustRegister: true,
    goTo: `${house.deps.config.baseUrl}/register`,
  };
  expect(await status('', 'ZOE')).toMatchObject({ status: 200, body: fresh });
  expect(Object.keys(Object((await status()).body)).toSorted()).toEqual(Object.keys(fresh).toSorted());
  house.wait(13 * day);
  const overdue = { reason: 'never-registered', days: 3, since: expect.any(String) };
  expect((await status()).body).toEqual({ ...fresh, overdue });
});

test('with require, a proxy reads from the status alone whether somebody must go and register', async () => {
  const { status, house } = await openWithZoe();
  const refused = await status('?require=registration');
  expect(refused).toMatchObject({ status: 403, body: { problem: 'registration-due' } });
  expect(refused.headers['x-sparekey-go-to']).toBe(`${house.deps.config.baseUrl}/register`);
  expect((await status('?require=nothing-overdue')).status).toBe(200);
  house.wait(11 * day);
  expect((await status('?require=nothing-overdue')).status).toBe(403);
  await house.setPolicy({ registrationRequired: false, registerWithinDays: 730 });
  expect((await status('?require=registration')).status).toBe(200);
  expect((await status('?require=nothing-overdue')).status).toBe(200);
});

test('whoever postpones may go on for as long', async () => {
  const { status, house } = await openWithZoe();
  await signIn(house, 'zoe');
  const until = house.deps.now() + day;
  await house.deps.db.updateTable('people').set({ postponed_until: until }).execute();
  expect((await status('?require=registration')).status).toBe(200);
  house.wait(day);
  expect((await status('?require=registration')).status).toBe(403);
});

test('of people we do not know nothing is asked, and whoever is disabled or not enabled is not sent away', async () => {
  const { status, house } = await openWithZoe();
  expect((await status('', 'nobody')).status).toBe(404);
  expect((await status('?require=registration', 'nobody')).status).toBe(204);
  await house.deps.db.updateTable('people').set({ disabled_at: house.deps.now() }).execute();
  expect(await status('?require=registration')).toMatchObject({ status: 200, body: { ableToReset: false } });
  expect((await status('?require=everything')).status).toBe(422);
});

test('S63 a status token opens nothing else', async () => {
  const { ask, token } = await openWithZoe();
  for (const path of ['/people', '/people/zoe', '/policy', '/audit', '/administrators', '/api-tokens'])
    expect((await ask('GET', path, { token })).status).toBe(403);
  expect((await ask('GET', '/me', { token })).body).toMatchObject({ rights: ['any', 'status'] });
});
