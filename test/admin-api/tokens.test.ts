import { expect, test } from 'vitest';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { day, second } from '../helpers/test-house.ts';
import { type DoorHouse, openDoorHouse, textIn } from './open-door.ts';

async function openWithAnna() {
  const door = await openDoorHouse();
  const id = await addAdministrator(door.house.deps, 'anna');
  return { ...door, id, session: () => sessionOf(door.house.deps, id) };
}

type Door = Awaited<ReturnType<typeof openWithAnna>>;

async function make(door: Door, about: object = {}) {
  const body = { name: 'nightly', scopes: ['read'], days: 30, ...about };
  return door.ask('POST', '/api-tokens', { token: await door.session(), body });
}

function knock(door: DoorHouse, token: string, path = '/me') {
  return door.ask('GET', path, { token });
}

test('a token is shown once, stands nowhere, and acts as who made it', async () => {
  const door = await openWithAnna();
  const made = await make(door, { scopes: ['people', 'read'] });
  expect(made).toMatchObject({ status: 201, body: { name: 'nightly' } });
  const token = textIn(made, 'token');
  expect((await knock(door, token)).body).toMatchObject({ name: 'anna', via: 'api-token', token: 'nightly' });
  const listed = await door.ask('GET', '/api-tokens', { token: await door.session() });
  expect(listed.body).toMatchObject({
    tokens: [{ name: 'nightly', scopes: ['read', 'people'], madeBy: 'anna', lastUsedAt: expect.any(String) }],
  });
  expect(listed.raw).not.toContain(token);
  const rows = await door.house.deps.db.selectFrom('api_tokens').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(token);

  const person = { userName: 'zoe', displayName: 'Zoë Jansen' };
  expect((await door.ask('POST', '/people', { token, body: person })).status).toBe(201);
  const { actor, details } = await door.house.deps.db
    .selectFrom('audit')
    .selectAll()
    .where('event', '=', 'person-added')
    .executeTakeFirstOrThrow();
  expect(actor).toBe(door.id);
  expect(JSON.parse(details)).toMatchObject({ token: rows[0]?.id });
});

test('a token ends on its day, or when it is revoked', async () => {
  const door = await openWithAnna();
  const [month, year] = [textIn(await make(door), 'token'), await make(door, { days: 365 })];
  door.house.wait(30 * day - second);
  expect((await knock(door, month)).status).toBe(200);
  door.house.wait(second);
  expect((await knock(door, month)).status).toBe(401);
  expect((await knock(door, textIn(year, 'token'))).status).toBe(200);
  const path = `/api-tokens/${textIn(year, 'id')}`;
  expect((await door.ask('DELETE', path, { token: await door.session() })).status).toBe(200);
  expect((await knock(door, textIn(year, 'token'))).status).toBe(401);
  expect((await door.ask('DELETE', path, { token: await door.session() })).status).toBe(404);
});

test.each([
  [{ days: 0 }, 'days'],
  [{ days: 366 }, 'days'],
  [{ days: 1.5 }, 'days'],
  [{ scopes: [] }, 'scopes'],
  [{ scopes: ['administrators'] }, 'scopes.0'],
  [{ name: '' }, 'name'],
  [{ role: 'administrator' }, 'role'],
])('%j is refused', async (about, field) => {
  const door = await openWithAnna();
  expect(await make(door, about)).toMatchObject({ status: 422, body: { field } });
});

test('S62 a token makes no token, no administrator and no session', async () => {
  const door = await openWithAnna();
  const scopes = ['read', 'people', 'policy', 'status'];
  const token = textIn(await make(door, { scopes }), 'token');
  const refused = [
    ['POST', '/api-tokens'],
    ['GET', '/api-tokens'],
    ['POST', '/administrators/invitations'],
    ['DELETE', '/administrators/anna'],
    ['PUT', '/me/password'],
    ['POST', '/sign-out'],
  ] as const;
  for (const [method, path] of refused)
    expect(await door.ask(method, path, { token, body: {} })).toMatchObject({
      status: 403,
      body: { problem: 'right-missing' },
    });
});
