import { expect, test } from 'vitest';
import { makeFirstToken } from '../../src/administrators/accounts.ts';
import { addAdministrator, administratorPassword, apiTokenOf, sessionOf } from '../helpers/administrators.ts';
import { hour, minute } from '../helpers/test-house.ts';
import { type DoorHouse, openDoorHouse, textIn } from './open-door.ts';

const phrase = 'a phrase of my own';

async function openWithAnna() {
  const door = await openDoorHouse();
  const id = await addAdministrator(door.house.deps, 'anna', { mail: 'anna@example.org' });
  return { ...door, id, token: await sessionOf(door.house.deps, id) };
}

function makeFirst(door: DoorHouse, token: string, about: object = {}) {
  const body = { token, name: 'anna', displayName: 'Anna Bakker', password: phrase, ...about };
  return door.ask('POST', '/first-administrator', { body });
}

async function firstToken({ house }: DoorHouse): Promise<string> {
  return (await makeFirstToken(house.deps))?.token ?? '';
}

function invite(door: DoorHouse & { token: string }, about: object = {}) {
  const body = { name: 'hugo', displayName: 'Hugo Smit', role: 'helpdesk', ...about };
  return door.ask('POST', '/administrators/invitations', { token: door.token, body });
}

function accept(door: DoorHouse, token: string, password = phrase) {
  return door.ask('POST', '/invitations/accept', { body: { token, password } });
}

function signIn(door: DoorHouse, name: string, password = phrase) {
  return door.ask('POST', '/sign-in', { body: { name, password } });
}

test('S67 there are no default accounts: a new house lets nobody sign in', async () => {
  const door = await openDoorHouse();
  for (const name of ['admin', 'administrator', 'root', ''])
    for (const password of ['admin', 'password', 'sparekey', '', administratorPassword])
      expect((await signIn(door, name, password)).status).not.toBe(200);
});

test('S67 the first administrator is made by the one-time token, once', async () => {
  const door = await openDoorHouse();
  const token = await firstToken(door);
  const about = { name: ' ANNA ', mail: 'anna@example.org', language: 'nl' };
  expect(await makeFirst(door, token, about)).toMatchObject({ status: 201, body: { name: 'anna' } });
  expect(await signIn(door, 'anna')).toMatchObject({
    body: { administrator: { displayName: 'Anna Bakker', role: 'administrator' } },
  });
  const again = await makeFirst(door, token, { name: 'eve' });
  expect(again).toMatchObject({ status: 401, body: { problem: 'one-time-token-wrong', field: 'token' } });
  expect(await makeFirstToken(door.house.deps)).toBeUndefined();
});

test('S67 the first token is worth nothing after an hour, after the next start, or once there is somebody', async () => {
  const door = await openDoorHouse();
  const [older, newer] = [await firstToken(door), await firstToken(door)];
  expect((await makeFirst(door, older)).status).toBe(401);
  door.house.wait(hour);
  expect((await makeFirst(door, newer)).status).toBe(401);
  const third = await firstToken(door);
  await addAdministrator(door.house.deps, 'eve');
  expect((await makeFirst(door, third)).status).toBe(401);
});

test('S67 of many who use the first token at once one becomes administrator', async () => {
  const door = await openDoorHouse();
  const token = await firstToken(door);
  const answers = await Promise.all(
    ['one', 'two', 'three', 'four'].map((name) => makeFirst(door, token, { name })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401, 401]);
  expect(await door.house.deps.db.selectFrom('administrators').selectAll().execute()).toHaveLength(1);
});

test('a refused first administrator can try again with the same token', async () => {
  const door = await openDoorHouse();
  const token = await firstToken(door);
  const refused = [
    [{ password: 'short' }, 'password'],
    [{ password: 'anna bakker!' }, 'password'],
    [{ name: 'аnna' }, 'name'],
    [{ mail: 'nonsense' }, 'mail'],
    [{ displayName: 'a\u202eb' }, 'displayName'],
    [{ role: 'administrator' }, 'role'],
  ] as const;
  for (const [about, field] of refused)
    expect(await makeFirst(door, token, about)).toMatchObject({ status: 422, body: { field } });
  expect((await makeFirst(door, token)).status).toBe(201);
});

test('whoever is invited chooses a password that nobody else learns, and every administrator is told', async () => {
  const door = await openWithAnna();
  const invited = await invite(door, { mail: 'hugo@example.org', language: 'nl' });
  expect(invited).toMatchObject({ status: 201, body: { name: 'hugo' } });
  expect(Object.keys(Object(invited.body)).toSorted()).toEqual(['expiresAt', 'id', 'name', 'token']);
  expect((await signIn(door, 'hugo')).status).toBe(401);
  const token = textIn(invited, 'token');
  expect((await accept(door, token, 'short')).status).toBe(422);
  expect((await accept(door, token)).status).toBe(201);
  expect((await accept(door, token)).status).toBe(401);
  expect(await signIn(door, 'hugo')).toMatchObject({
    status: 200,
    body: { administrator: { role: 'helpdesk', displayName: 'Hugo Smit' } },
  });
  const mails = await door.house.newMessages();
  expect(mails.map(({ to }) => to)).toEqual(Array(2).fill(expect.stringContaining('anna@example.org')));
  expect(mails.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('New administrator invited'),
    expect.stringContaining('New administrator at'),
  ]);
  for (const { body } of mails) expect(body).not.toContain(token);
  const { administrators } = Object((await door.ask('GET', '/administrators', { token: door.token })).body);
  expect(administrators).toMatchObject([
    { name: 'anna', mail: 'a…@example.org' },
    { name: 'hugo', mail: 'h…@example.org', language: 'nl' },
  ]);
});

test('an invitation ends after a day, when it is withdrawn, or by a newer one for the same name', async () => {
  const door = await openWithAnna();
  const first = textIn(await invite(door), 'token');
  const second = await invite(door);
  expect((await accept(door, first)).status).toBe(401);
  const path = `/administrators/invitations/${textIn(second, 'id')}`;
  expect((await door.ask('DELETE', path, { token: door.token })).status).toBe(200);
  expect((await door.ask('DELETE', path, { token: door.token })).status).toBe(404);
  expect((await accept(door, textIn(second, 'token'))).status).toBe(401);
  const third = textIn(await invite(door), 'token');
  door.house.wait(24 * hour);
  expect((await accept(door, third)).status).toBe(401);
  const listed = await door.ask('GET', '/administrators', {
    token: await sessionOf(door.house.deps, door.id),
  });
  expect(listed.body).toMatchObject({ invitations: [] });
});

test('a name is there once, and free again once its account is removed', async () => {
  const door = await openWithAnna();
  expect(await invite(door, { name: 'Anna' })).toMatchObject({
    status: 409,
    body: { problem: 'administrator-name-taken', field: 'name' },
  });
  await accept(door, textIn(await invite(door), 'token'));
  const remove = () => door.ask('DELETE', '/administrators/hugo', { token: door.token });
  expect((await remove()).status).toBe(200);
  expect((await remove()).status).toBe(404);
  expect((await signIn(door, 'hugo')).status).toBe(401);
  expect((await accept(door, textIn(await invite(door), 'token'))).status).toBe(201);
});

test('whoever is removed is out at once, with every session and token', async () => {
  const door = await openWithAnna();
  const { deps } = door.house;
  const eve = await addAdministrator(deps, 'eve');
  const tokens = [await sessionOf(deps, eve), await apiTokenOf(deps, eve, ['people'])];
  for (const token of tokens) expect((await door.ask('GET', '/me', { token })).status).toBe(200);
  const removed = await door.ask('DELETE', '/administrators/EVE', { token: door.token });
  expect(removed.body).toEqual({ name: 'eve', tokens: 1 });
  for (const token of tokens) expect((await door.ask('GET', '/me', { token })).status).toBe(401);
});

test('S62 the last administrator cannot be removed, helpdesk does not count as one', async () => {
  const door = await openWithAnna();
  await addAdministrator(door.house.deps, 'hugo', { role: 'helpdesk' });
  const removed = await door.ask('DELETE', '/administrators/anna', { token: door.token });
  expect(removed).toMatchObject({ status: 409, body: { problem: 'last-administrator' } });
});

test('S62 two administrators who remove each other at once leave one', async () => {
  for (let round = 0; round < 3; round++) {
    const door = await openWithAnna();
    const eve = await sessionOf(door.house.deps, await addAdministrator(door.house.deps, 'eve'));
    const answers = await Promise.all([
      door.ask('DELETE', '/administrators/eve', { token: door.token }),
      door.ask('DELETE', '/administrators/anna', { token: eve }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = door.house.deps.db.selectFrom('administrators').where('removed_at', 'is', null);
    expect(await left.select('name').execute()).toHaveLength(1);
  }
});

test('S62 nobody raises a role: helpdesk reaches no route of administrators, and no route takes a role but an invitation', async () => {
  const door = await openWithAnna();
  const { deps } = door.house;
  const hugo = await sessionOf(deps, await addAdministrator(deps, 'hugo', { role: 'helpdesk' }));
  const refused = [
    ['GET', '/administrators'],
    ['POST', '/administrators/invitations'],
    ['DELETE', '/administrators/anna'],
    ['GET', '/api-tokens'],
    ['POST', '/api-tokens'],
    ['GET', '/audit'],
  ] as const;
  for (const [method, path] of refused)
    expect(await door.ask(method, path, { token: hugo, body: {} })).toMatchObject({ status: 403 });
  const own = { password: administratorPassword, newPassword: phrase, role: 'administrator' };
  expect((await door.ask('PUT', '/me/password', { token: hugo, body: own })).status).toBe(422);
  const token = textIn(await invite(door, { name: 'ida' }), 'token');
  const body = { token, password: phrase, role: 'administrator' };
  expect((await door.ask('POST', '/invitations/accept', { body })).status).toBe(422);
});

test('S66 helpdesk helps nobody in a group with special rights, and sees masks only', async () => {
  const door = await openWithAnna();
  const { house } = door;
  await house.setPolicy({ privilegedGroups: ['Operators'] });
  const officePhone = { number: '+31207940000', extension: '12' };
  await house.addPerson('root', { groups: ['Operators'], officePhone, workMailbox: 'root@example.org' });
  const hugo = await sessionOf(house.deps, await addAdministrator(house.deps, 'hugo', { role: 'helpdesk' }));
  const card = await door.ask('GET', '/people/root', { token: hugo });
  expect(card.status).toBe(200);
  expect(card.raw).not.toContain('7940000');
  expect(card.raw).not.toContain('root@');
  expect((await door.ask('POST', '/people/root/reveal', { token: hugo, body: {} })).status).toBe(403);
  const help = [
    ['/people/root/unlock', {}],
    ['/people/root/demand', {}],
    ['/people/root/access-codes', { reason: 'asked at the desk' }],
  ] as const;
  for (const [path, body] of help)
    expect(await door.ask('POST', path, { token: hugo, body }), path).toMatchObject({
      status: 403,
      body: { problem: 'privileged-person' },
    });
});

test('S68 the audit tells who did what, with no secret in it', async () => {
  const door = await openWithAnna();
  const token = textIn(await invite(door), 'token');
  await accept(door, token);
  door.house.wait(minute);
  await door.ask('DELETE', '/administrators/hugo', { token: door.token });
  const rows = await door.house.deps.db.selectFrom('audit').selectAll().orderBy('seq').execute();
  expect(rows.map(({ event, actor_kind, actor }) => [event, actor_kind, actor])).toMatchObject([
    ['administrator-invited', 'administrator', door.id],
    ['administrator-added', 'administrator', expect.any(String)],
    ['administrator-removed', 'administrator', door.id],
  ]);
  for (const secret of [token, phrase, door.token]) expect(JSON.stringify(rows)).not.toContain(secret);
});
