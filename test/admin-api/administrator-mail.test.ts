import { expect, test } from 'vitest';
import { addAdministrator, administratorPassword, sessionOf } from '../helpers/administrators.ts';
import { openDoorHouse } from './open-door.ts';

async function openWithTwo() {
  const door = await openDoorHouse();
  const { deps } = door.house;
  const anna = await addAdministrator(deps, 'anna', { mail: 'anna@example.org' });
  await addAdministrator(deps, 'bea', { mail: 'bea@example.org' });
  const hugo = await addAdministrator(deps, 'hugo', { role: 'helpdesk' });
  const [token, helpdesk] = [await sessionOf(deps, anna), await sessionOf(deps, hugo)];
  const own = (body: object, as = token) => door.ask('PUT', '/me/mail', { token: as, body });
  const other = (name: string, body: object, as = token) =>
    door.ask('PUT', `/administrators/${name}/mail`, { token: as, body });
  const mailOf = async (name: string) => {
    const { body } = await door.ask('GET', '/administrators', { token });
    const all: { name: string; mail: string | null }[] = Object(body).administrators;
    return all.find((one) => one.name === name)?.mail;
  };
  return { ...door, own, other, mailOf, helpdesk };
}

const password = administratorPassword;

test('the own address is changed with the password, and the old and the new one are told', async () => {
  const { own, mailOf, house } = await openWithTwo();
  expect(await own({ mail: 'new@example.org', password: 'wrong' })).toMatchObject({
    status: 422,
    body: { problem: 'password-wrong', field: 'password' },
  });
  expect(await own({ mail: 'no address', password })).toMatchObject({ status: 422, body: { field: 'mail' } });
  expect(await mailOf('anna')).toBe('a…@example.org');
  expect(await own({ mail: 'new@example.org', password })).toMatchObject({
    status: 200,
    body: { mail: 'n…@example.org' },
  });
  expect(await mailOf('anna')).toBe('n…@example.org');
  const told = (await house.messages()).filter(({ subject }) => subject.includes('Your e-mail address'));
  expect(told.map(({ to }) => /[\w.]+@[\w.]+/.exec(to)?.[0]).toSorted()).toEqual([
    'anna@example.org',
    'new@example.org',
  ]);
  const events = (await house.audit()).filter(({ event }) => event === 'administrator-mail-changed');
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('example.org');
});

test('wrong passwords are counted, so that an open terminal is no place to guess', async () => {
  const { own } = await openWithTwo();
  const tried = [];
  for (let n = 0; n < 12; n += 1) tried.push((await own({ mail: null, password: `wrong ${n}` })).status);
  expect(tried).toContain(429);
  expect((await own({ mail: null, password })).status).toBe(429);
});

test('that of another is changed by an administrator only, the own one not by this way', async () => {
  const { other, mailOf, helpdesk, house } = await openWithTwo();
  expect((await other('bea', { mail: null }, helpdesk)).status).toBe(403);
  expect(await other('anna', { mail: null })).toMatchObject({
    status: 409,
    body: { problem: 'own-account' },
  });
  expect(await other('nobody', { mail: null })).toMatchObject({ status: 404, body: { field: 'name' } });
  expect((await other('Bea', { mail: null })).status).toBe(200);
  expect(await mailOf('bea')).toBe(null);
  expect((await other('hugo', { mail: 'hugo@example.org' })).status).toBe(200);
  const told = (await house.messages()).filter(({ subject }) => subject.includes('Your e-mail address'));
  expect(told).toHaveLength(2);
});

test('a code on its way to the old address is worth nothing after the change', async () => {
  const { own, house } = await openWithTwo();
  const { deps } = house;
  const row = { id: 'gate', administrator_id: 'id-of-anna', key_id: deps.secrets.codes.keyId };
  const times = { made_at: deps.now(), expires_at: deps.now() + 600_000, tries: 0 };
  await deps.db
    .insertInto('administrator_gates')
    .values({ ...row, ...times })
    .execute();
  await own({ mail: 'new@example.org', password });
  expect(await deps.db.selectFrom('administrator_gates').selectAll().execute()).toEqual([]);
});
