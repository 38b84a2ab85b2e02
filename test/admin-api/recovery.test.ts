import { expect, test } from 'vitest';
import { makeRecovery } from '../../src/administrators/recovery.ts';
import { addAdministrator, administratorPassword, sessionOf } from '../helpers/administrators.ts';
import { hour, minute } from '../helpers/test-house.ts';
import { type DoorHouse, openDoorHouse } from './open-door.ts';

const phrase = 'a phrase of my own';

async function openWithAnna() {
  const door = await openDoorHouse();
  const id = await addAdministrator(door.house.deps, 'anna', { mail: 'anna@example.org' });
  return { ...door, id, token: await sessionOf(door.house.deps, id) };
}

async function makeToken({ house }: DoorHouse, name = 'anna'): Promise<string> {
  const made = await makeRecovery(house.deps, name);
  return made.result === 'made' ? made.token : made.result;
}

function recover(door: DoorHouse, token: string, password = phrase) {
  return door.ask('POST', '/recoveries', { body: { token, password } });
}

const signIn = (door: DoorHouse, password: string) =>
  door.ask('POST', '/sign-in', { body: { name: 'anna', password } });

test('a token made on the machine gives a sole administrator a new password, once', async () => {
  const door = await openWithAnna();
  const token = await makeToken(door);
  expect(await recover(door, token, 'anna')).toMatchObject({ status: 422, body: { field: 'password' } });
  expect(await recover(door, token)).toMatchObject({ status: 200, body: { name: 'anna' } });
  expect((await signIn(door, administratorPassword)).status).toBe(401);
  expect((await signIn(door, phrase)).status).toBe(200);
  expect((await door.ask('GET', '/me', { token: door.token })).status).toBe(401);
  const again = { status: 401, body: { problem: 'one-time-token-wrong', field: 'token' } };
  expect(await recover(door, token, 'another phrase')).toMatchObject(again);
  const events = (await door.house.audit()).map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(['administrator-recovery-made', 'administrator-recovered']));
  const mails = (await door.house.messages()).filter(({ to }) => to.includes('anna@example.org'));
  expect(mails.map(({ body }) => body).join()).toContain('one-time token made on the server itself');
  expect(JSON.stringify(await door.house.audit())).not.toContain(token);
});

test('of two who use a token at once one wins', async () => {
  const door = await openWithAnna();
  const token = await makeToken(door);
  const tried = await Promise.all(
    ['phrase number one', 'phrase number two'].map((one) => recover(door, token, one)),
  );
  expect(tried.map(({ status }) => status).toSorted()).toEqual([200, 401]);
});

test('it is worth nothing after an hour, once there is a newer one, or when the account is gone', async () => {
  const door = await openWithAnna();
  const older = await makeToken(door);
  const newer = await makeToken(door);
  expect((await recover(door, older)).status).toBe(401);
  door.house.wait(hour + minute);
  expect((await recover(door, newer)).status).toBe(401);
  const last = await makeToken(door);
  await door.house.deps.db.updateTable('administrators').set({ removed_at: 1 }).execute();
  expect((await recover(door, last)).status).toBe(401);
  expect(await makeToken(door)).toBe('administrator-unknown');
});

test('neither the help desk nor an invitation or session opens it, and no route makes one', async () => {
  const door = await openWithAnna();
  await addAdministrator(door.house.deps, 'hugo', { role: 'helpdesk' });
  expect(await makeToken(door, 'hugo')).toBe('helpdesk');
  const body = { name: 'bea', displayName: 'Bea', role: 'administrator' };
  const invited = await door.ask('POST', '/administrators/invitations', { token: door.token, body });
  const invitation = String(Object(invited.body).token);
  for (const token of [invitation, door.token, '', 'x'.repeat(43)])
    expect((await recover(door, token)).status).toBe(401);
  const token = await makeToken(door);
  expect((await door.ask('POST', '/invitations/accept', { body: { token, password: phrase } })).status).toBe(
    401,
  );
  const { body: told } = await door.ask('GET', '/openapi.json', { token: door.token });
  const paths = Object.keys(Object(Object(told).paths)).filter((path) => /recover/.test(path));
  expect(paths).toEqual(['/recoveries']);
});

test('whether a first administrator is wanted is told to who asks, and nothing else', async () => {
  const door = await openDoorHouse();
  expect(await door.ask('GET', '/first-administrator')).toMatchObject({
    status: 200,
    body: { wanted: true },
  });
  await addAdministrator(door.house.deps, 'hugo', { role: 'helpdesk' });
  expect(await door.ask('GET', '/first-administrator')).toMatchObject({ body: { wanted: true } });
  await addAdministrator(door.house.deps, 'anna');
  expect(await door.ask('GET', '/first-administrator')).toMatchObject({ body: { wanted: false } });
});
