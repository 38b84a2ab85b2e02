import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAccessCode } from '../../src/access-codes/code.ts';
import { findPerson } from '../../src/people/person.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
let second: string;
beforeAll(async () => {
  house = await openAdminHouse();
  second = await house.signIn('bea');
});
afterAll(() => house.close());

const reason = 'lost the phone abroad';
let count = 0;

async function addPerson(more: object = {}): Promise<string> {
  const userName = `coded${count++}`;
  const body = { userName, displayName: 'Zoë Jansen', workMailbox: `${userName}@example.org`, ...more };
  expect((await ask(house, { method: 'POST', path: '/people', body })).status).toBe(201);
  return userName;
}

function as(token: string, method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return ask(house, { method, path, headers, body });
}

async function request(userName: string, token = house.token): Promise<string> {
  const asked = await as(token, 'POST', `/people/${userName}/access-codes`, { reason });
  expect(asked.status, asked.raw).toBe(201);
  return String(Object(asked.body).id);
}

const approve = (id: string, token = second) => as(token, 'POST', `/access-codes/${id}/approve`);
const collect = (id: string, token = house.token) => as(token, 'POST', `/access-codes/${id}/collect`);

async function stored(id: string) {
  const { db } = house.deps;
  return db.selectFrom('access_codes').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function personId(userName: string): Promise<string> {
  const person = await findPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, userName);
  return person?.id ?? '';
}

async function setApproval(accessCodeNeedsApproval: boolean) {
  const { version }: { version: number } = Object((await ask(house, { path: '/policy' })).body);
  const body = { basedOn: version, settings: { accessCodeNeedsApproval } };
  expect((await ask(house, { method: 'PATCH', path: '/policy', body })).status).toBe(200);
}

describe('an access code', () => {
  it('is requested by one, approved by another, and collected once by who asked', async () => {
    const userName = await addPerson();
    const id = await request(userName);
    const card = await ask(house, { path: `/people/${userName}` });
    expect(card.body).toMatchObject({
      accessCode: { id, state: 'waiting', reason, requestedBy: 'anna', approvedBy: null },
    });
    expect(await collect(id)).toMatchObject({ status: 409, body: { problem: 'access-code-not-approved' } });
    expect(await approve(id)).toMatchObject({ status: 200, body: { state: 'ready', approvedBy: 'bea' } });
    expect(await collect(id, second)).toMatchObject({
      status: 409,
      body: { problem: 'access-code-not-yours' },
    });
    const collected = await collect(id);
    expect(collected).toMatchObject({
      status: 200,
      body: { userName, expiresAt: '2026-11-02T12:00:00.000Z' },
    });
    expect(collected.headers['cache-control']).toBe('no-store');
    const again = await collect(id);
    expect(again).toMatchObject({ status: 409, body: { problem: 'access-code-collected' } });
  });

  it('can be read aloud, and is kept as a keyed hash of this person only', async () => {
    const userName = await addPerson();
    const id = await request(userName);
    await approve(id);
    const { code }: { code: string } = Object((await collect(id)).body);
    expect(code).toMatch(/^[a-km-z2-9]{4}(-[a-km-z2-9]{4}){3}$/);
    expect(code).not.toMatch(/[l1o0]/);
    const typed = parseAccessCode(` ${code.toUpperCase().replaceAll('-', ' ')} `) ?? '';
    const hash = (await stored(id)).code_hash ?? '';
    const { accessCodes } = house.deps.secrets;
    expect(accessCodes.matches(hash, await personId(userName), typed)).toBe(true);
    expect(accessCodes.matches(hash, 'somebody else', typed)).toBe(false);
    expect(parseAccessCode('l1o0-aaaa-aaaa-aaaa')).toBeUndefined();
    const tables = ['access_codes', 'audit', 'messages'] as const;
    const kept = await Promise.all(
      tables.map((table) => house.deps.db.selectFrom(table).selectAll().execute()),
    );
    const everything = JSON.stringify(kept) + (await ask(house, { path: `/people/${userName}` })).raw;
    for (const secret of [code, typed]) expect(everything).not.toContain(secret);
    expect((await ask(house, { path: `/people/${userName}` })).raw).not.toContain(hash);
  });

  it('is told to the person at all addresses when it is collected, and every step is audited', async () => {
    const userName = await addPerson();
    const id = await request(userName);
    await approve(id);
    const subject = await personId(userName);
    const told = () =>
      house.deps.db.selectFrom('messages').select('kind').where('person_id', '=', subject).execute();
    expect(await told()).toEqual([]);
    await collect(id);
    expect(await told()).toEqual([{ kind: 'access-code-issued' }]);
    const events = await house.deps.db
      .selectFrom('audit')
      .selectAll()
      .where('subject', '=', subject)
      .where('event', 'like', 'access-code-%')
      .orderBy('seq')
      .execute();
    expect(events.map(({ event, actor }) => [event, actor])).toEqual([
      ['access-code-requested', house.administratorId],
      ['access-code-approved', 'id-of-bea'],
      ['access-code-collected', house.administratorId],
    ]);
    expect(JSON.parse(events[0]?.details ?? '')).toEqual({ reason, needsApproval: true, replaced: false });
  });

  it('S62 is never approved by who asked for it, nor by a script of theirs', async () => {
    const id = await request(await addPerson());
    expect(await approve(id, house.token)).toMatchObject({
      status: 409,
      body: { problem: 'access-code-own', field: 'id' },
    });
    const script = await house.apiToken(['read', 'people', 'policy']);
    expect((await approve(id, script)).status).toBe(403);
    expect((await collect(id, script)).status).toBe(403);
    expect((await stored(id)).approved_at).toBeNull();
  });

  it('of two who approve at the same moment one does', async () => {
    const id = await request(await addPerson());
    const statuses = (await Promise.all([approve(id), approve(id)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
  });

  it('of two who collect at the same moment one gets the code', async () => {
    const id = await request(await addPerson());
    await approve(id);
    const answers = await Promise.all([collect(id), collect(id), collect(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  it('ends the one before it, collected or not', async () => {
    const userName = await addPerson();
    const first = await request(userName);
    await approve(first);
    await collect(first);
    const next = await request(userName);
    expect((await stored(first)).cancelled_at).toBe(testTime);
    expect(next).not.toBe(first);
    expect((await approve(first)).status).toBe(404);
  });

  it('is cancelled by an administrator, and is worth nothing then', async () => {
    const userName = await addPerson();
    const id = await request(userName);
    expect((await as(second, 'DELETE', `/access-codes/${id}`)).status).toBe(200);
    expect((await stored(id)).cancelled_at).toBe(testTime);
    for (const answer of [
      await approve(id),
      await collect(id),
      await as(second, 'DELETE', `/access-codes/${id}`),
    ])
      expect(answer).toMatchObject({ status: 404, body: { problem: 'access-code-unknown' } });
    expect((await ask(house, { path: `/people/${userName}` })).body).toMatchObject({ accessCode: null });
  });

  it('waits three days at most to be collected', async () => {
    const id = await request(await addPerson());
    await approve(id);
    expect((await stored(id)).expires_at).toBe(testTime + 3 * 86_400_000);
    await house.deps.db
      .updateTable('access_codes')
      .set({ expires_at: testTime })
      .where('id', '=', id)
      .execute();
    expect((await collect(id)).status).toBe(404);
  });

  it('is not for who is disabled or blocked', async () => {
    const disabled = await addPerson();
    await ask(house, { method: 'PATCH', path: `/people/${disabled}`, body: { disabled: true } });
    expect(await as(house.token, 'POST', `/people/${disabled}/access-codes`, { reason })).toMatchObject({
      status: 409,
      body: { problem: 'person-disabled' },
    });
    const blocked = await addPerson();
    const where = await personId(blocked);
    await house.deps.db.updateTable('people').set({ blocked_at: 1 }).where('id', '=', where).execute();
    expect(await as(house.token, 'POST', `/people/${blocked}/access-codes`, { reason })).toMatchObject({
      status: 409,
      body: { problem: 'person-blocked' },
    });
  });

  it('ends when the person is disabled', async () => {
    const userName = await addPerson();
    const id = await request(userName);
    await approve(id);
    await collect(id);
    await ask(house, { method: 'PATCH', path: `/people/${userName}`, body: { disabled: true } });
    expect((await stored(id)).cancelled_at).toBe(testTime);
  });

  it.each([
    [{}],
    [{ reason: ' ' }],
    [{ reason: 'a\nb c' }],
    [{ reason: 'x'.repeat(201) }],
    [{ reason, code: 'a' }],
  ])('refuses %j', async (body) => {
    const userName = await addPerson();
    expect((await as(house.token, 'POST', `/people/${userName}/access-codes`, body)).status).toBe(422);
  });
});

describe('without approval by policy', () => {
  beforeAll(() => setApproval(false));
  afterAll(() => setApproval(true));

  it('an administrator collects at once', async () => {
    const id = await request(await addPerson());
    expect((await collect(id)).status).toBe(200);
  });

  it('S66 helpdesk still needs an administrator, and then collects what it asked for', async () => {
    const id = await request(await addPerson(), house.helpdeskToken);
    expect((await collect(id, house.helpdeskToken)).status).toBe(409);
    expect((await approve(id, house.helpdeskToken)).status).toBe(403);
    expect((await approve(id, house.token)).status).toBe(200);
    expect((await collect(id, house.helpdeskToken)).status).toBe(200);
  });

  it('a policy that asks for approval again counts for what was requested before', async () => {
    const id = await request(await addPerson());
    await setApproval(true);
    expect(await collect(id)).toMatchObject({ status: 409, body: { problem: 'access-code-not-approved' } });
    expect((await approve(id)).status).toBe(200);
    expect((await collect(id)).status).toBe(200);
    await setApproval(false);
  });
});

describe('the list of access codes', () => {
  it('shows administrators all that are open, and helpdesk its own', async () => {
    const [mine, theirs] = [await addPerson(), await addPerson()];
    await request(mine, house.helpdeskToken);
    await request(theirs);
    const names = async (token: string) => {
      const listed = await as(token, 'GET', '/access-codes');
      expect(listed.raw).not.toMatch(/hash/i);
      const { accessCodes }: { accessCodes: { userName: string; requestedBy: string }[] } = Object(
        listed.body,
      );
      return accessCodes.filter(({ userName }) => [mine, theirs].includes(userName));
    };
    expect(await names(house.helpdeskToken)).toMatchObject([{ userName: mine, requestedBy: 'hugo' }]);
    expect(await names(house.token)).toHaveLength(2);
    const id = (await house.deps.db.selectFrom('access_codes').selectAll().execute()).find(
      ({ requested_by, cancelled_at }) => requested_by === house.administratorId && cancelled_at === null,
    )?.id;
    expect((await as(house.helpdeskToken, 'DELETE', `/access-codes/${id}`)).status).toBe(404);
  });
});
