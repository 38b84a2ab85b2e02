import { expect, test } from 'vitest';
import { addAdministrator, administratorPassword, apiTokenOf, sessionOf } from '../helpers/administrators.ts';
import { signIn as signInPerson } from '../helpers/journeys.ts';
import { hour, minute, second } from '../helpers/test-house.ts';
import { type DoorHouse, openDoorHouse, outside, textIn } from './open-door.ts';

const right = { name: 'anna', password: administratorPassword };
const wrong = { name: 'anna', password: 'not this one' };

function signIn(door: DoorHouse, body: object = right) {
  return door.ask('POST', '/sign-in', { body });
}

async function openWithAnna(wanted: Parameters<typeof openDoorHouse>[0] & { mail?: string } = {}) {
  const { mail = null, ...rest } = wanted;
  const door = await openDoorHouse(rest);
  return { ...door, id: await addAdministrator(door.house.deps, 'anna', { mail }) };
}

function me(door: DoorHouse, token: string) {
  return door.ask('GET', '/me', { token });
}

test('an administrator signs in by name and password, is known, and signs out', async () => {
  const door = await openWithAnna();
  const answered = await signIn(door, { name: ' ANNA ', password: administratorPassword });
  expect(answered).toMatchObject({
    status: 200,
    body: { result: 'signed-in', administrator: { name: 'anna', role: 'administrator' } },
  });
  const token = textIn(answered, 'token');
  expect((await me(door, token)).body).toMatchObject({ name: 'anna', via: 'socket', token: null });
  expect((await door.ask('POST', '/sign-out', { token })).status).toBe(200);
  expect((await me(door, token)).status).toBe(401);
  const events = (await door.house.audit()).map(({ event }) => event);
  expect(events).toEqual(['administrator-signed-in', 'administrator-signed-out']);
});

test('S64 neither the password nor the token stands anywhere in the database', async () => {
  const door = await openWithAnna();
  const token = textIn(await signIn(door), 'token');
  const tables = ['administrators', 'administrator_sessions', 'audit', 'limits'] as const;
  for (const table of tables) {
    const rows = JSON.stringify(await door.house.deps.db.selectFrom(table).selectAll().execute());
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(administratorPassword);
  }
});

test('a session ends after ten minutes without use, and after four hours whatever is done', async () => {
  const door = await openWithAnna();
  const idle = textIn(await signIn(door), 'token');
  door.house.wait(10 * minute - second);
  expect((await me(door, idle)).status).toBe(200);
  door.house.wait(10 * minute);
  expect((await me(door, idle)).status).toBe(401);

  const busy = textIn(await signIn(door), 'token');
  for (let passed = 0; passed < 4 * hour - 9 * minute; passed += 9 * minute) {
    expect((await me(door, busy)).status).toBe(200);
    door.house.wait(9 * minute);
  }
  door.house.wait(9 * minute);
  expect((await me(door, busy)).status).toBe(401);
});

test('S63 a person who is signed in on the pages is nobody here, by cookie or as a token', async () => {
  const door = await openWithAnna();
  await door.house.addPerson('zoe');
  const browser = await signInPerson(door.house, 'zoe');
  // In the cookie, since it may stand in the database or in Redis.
  const cookie = decodeURIComponent(browser.cookies.get('session') ?? '');
  const sessionId = /^s:([^.]{20,})\./.exec(cookie)?.[1] ?? '';
  expect(sessionId).not.toBe('');
  for (const token of [sessionId, cookie, 'zoe']) expect((await me(door, token)).status).toBe(401);
  expect(browser.path).not.toBe('/sign-in');
  expect(await signIn(door, { name: 'zoe', password: administratorPassword })).toMatchObject({ status: 401 });
});

test('S37 unknown names and wrong passwords are answered alike', async () => {
  const door = await openWithAnna();
  const known = await signIn(door, wrong);
  const unknown = await signIn(door, { name: 'nobody', password: 'not this one' });
  expect(known).toMatchObject({ status: 401, body: { problem: 'sign-in-wrong', field: 'password' } });
  expect(unknown.raw).toBe(known.raw);
});

test('S30 ten wrong passwords lock a name, known or not, for a minute, and the right one does not help then', async () => {
  const door = await openWithAnna();
  for (const name of ['anna', 'nobody']) {
    for (let tries = 0; tries < 10; tries++)
      expect((await signIn(door, { ...wrong, name })).status).toBe(401);
    const locked = await signIn(door, { ...right, name });
    expect(locked).toMatchObject({ status: 429, body: { problem: 'sign-in-resting' } });
    expect(locked.headers['retry-after']).toBe('60');
  }
  door.house.wait(minute);
  expect((await signIn(door)).status).toBe(200);
});

test('S29 fifty tries at once are compared ten times at most', async () => {
  const door = await openWithAnna();
  const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(door, wrong)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
});

test('S28 one network gets thirty tries over all names, and administrators are told once by mail', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  for (let n = 0; n < 30; n++)
    expect((await signIn(door, { name: `name${n}`, password: 'x' })).status).toBe(401);
  for (const name of ['one', 'two']) expect((await signIn(door, { name, password: 'x' })).status).toBe(429);
  const mails = await door.house.newMessages();
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    [expect.stringContaining('anna@example.org'), expect.stringContaining('Somebody is guessing')],
  ]);
  const noticed = (await door.house.audit()).filter(({ event }) => event === 'guessing-noticed');
  expect(noticed).toHaveLength(1);
});

test('S30 strangers outside cannot lock the machine’s own door', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  for (let tries = 0; tries < 11; tries++) await signIn(door, wrong);
  expect((await signIn(door)).status).toBe(429);
  const inside = await openSocketOn(door);
  expect((await inside('POST', '/sign-in', right)).status).toBe(200);
});

/** The other door of the same house. */
async function openSocketOn({ house }: DoorHouse) {
  const { adminApi } = await import('../../src/admin-api/admin-api.ts');
  const app = adminApi(house.deps);
  return async (method: string, path: string, body: object, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    return app.request(path, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) });
  };
}

test('from outside a code by mail is asked too, which is nowhere but in the mail and opens once', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  const first = await signIn(door);
  expect(first).toMatchObject({ status: 202, body: { result: 'code-wanted', sentTo: 'a…@example.org' } });
  expect(first.raw).not.toContain('token');
  const gate = textIn(first, 'gate');
  const code = await door.house.codeFor('anna@example.org');
  const mail = (await door.house.messages()).at(-1);
  expect(mail?.subject).not.toContain(code);
  const answer = () =>
    door.ask('POST', '/sign-in/code', { body: { gate, code: ` ${code.slice(0, 3)} ${code.slice(3)}` } });
  const answered = await Promise.all([answer(), answer()]);
  expect(answered.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  const opened = answered.find(({ status }) => status === 200);
  expect(opened && (await me(door, textIn(opened, 'token'))).body).toMatchObject({ via: 'tcp' });
  const { address } = await door.house.deps.db
    .selectFrom('audit')
    .select('address')
    .where('event', '=', 'administrator-signed-in')
    .executeTakeFirstOrThrow();
  expect(address).toBe(outside);
});

test('a code from outside is valid for five tries and ten minutes, and a newer one ends it', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  const answer = (gate: string, code: string) => door.ask('POST', '/sign-in/code', { body: { gate, code } });
  const spent = textIn(await signIn(door), 'gate');
  const code = await door.house.codeFor('anna@example.org');
  const other = code === '000000' ? '000001' : '000000';
  for (let tries = 1; tries <= 5; tries++)
    expect((await answer(spent, other)).body).toMatchObject({
      problem: tries < 5 ? 'code-wrong' : 'code-ended',
    });
  expect((await answer(spent, code)).body).toMatchObject({ problem: 'code-ended' });

  const older = textIn(await signIn(door), 'gate');
  const olderCode = await door.house.codeFor('anna@example.org');
  const late = textIn(await signIn(door), 'gate');
  expect((await answer(older, olderCode)).body).toMatchObject({ problem: 'code-ended' });
  const lateCode = await door.house.codeFor('anna@example.org');
  door.house.wait(10 * minute);
  expect((await answer(late, lateCode)).body).toMatchObject({ problem: 'code-ended' });
});

test('S32 wrong codes of an account are counted over all its sign-ins', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  let refused = 0;
  for (let round = 0; round < 5; round++) {
    const gate = textIn(await signIn(door), 'gate');
    const code = await door.house.codeFor('anna@example.org');
    const other = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries++) {
      const { body } = await door.ask('POST', '/sign-in/code', { body: { gate, code: other } });
      if (Object(body).problem === 'code-wrong') refused += 1;
    }
    if (round < 4) continue;
    const last = await door.ask('POST', '/sign-in/code', { body: { gate, code } });
    expect(last.body).toMatchObject({ problem: 'code-ended' });
  }
  expect(refused).toBe(16);
});

test('without a mail address nobody signs in from outside, and only the right password tells so', async () => {
  const door = await openWithAnna({ via: 'tcp' });
  expect(await signIn(door)).toMatchObject({ status: 409, body: { problem: 'mail-missing' } });
  expect(await signIn(door, wrong)).toMatchObject({ status: 401 });
});

test('a session of the machine’s own door is none outside, and the other way round', async () => {
  const door = await openWithAnna({ via: 'tcp', mail: 'anna@example.org' });
  const inside = await openSocketOn(door);
  const socketToken = await sessionOf(door.house.deps, door.id, 'socket');
  const tcpToken = await sessionOf(door.house.deps, door.id, 'tcp');
  expect((await me(door, socketToken)).status).toBe(401);
  expect((await inside('GET', '/me', {}, tcpToken)).status).toBe(401);
  const script = await apiTokenOf(door.house.deps, door.id, ['read']);
  expect((await me(door, script)).status).toBe(200);
});

test('the own password is changed with the known one; every session ends, and the old one is worth nothing', async () => {
  const door = await openWithAnna();
  const [one, two] = [textIn(await signIn(door), 'token'), textIn(await signIn(door), 'token')];
  const change = (password: string, newPassword: string) =>
    door.ask('PUT', '/me/password', { token: one, body: { password, newPassword } });
  expect(await change('wrong', 'a long enough phrase')).toMatchObject({
    status: 422,
    body: { field: 'password' },
  });
  expect(await change(administratorPassword, 'short')).toMatchObject({
    status: 422,
    body: { field: 'newPassword' },
  });
  expect((await change(administratorPassword, 'a long enough phrase')).status).toBe(200);
  for (const token of [one, two]) expect((await me(door, token)).status).toBe(401);
  expect((await signIn(door)).status).toBe(401);
  expect((await signIn(door, { name: 'anna', password: 'a long enough phrase' })).status).toBe(200);
});

test('S58 fields that are not asked are refused', async () => {
  const door = await openWithAnna();
  const extra = await signIn(door, { ...right, role: 'administrator' });
  expect(extra).toMatchObject({ status: 422, body: { problem: 'unknown-field', field: 'role' } });
});
