import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeHour, failureMonth, wrongAnswers } from '../../src/challenges/code-limits.ts';
import { nameKey } from '../../src/limits/directory-locks.ts';
import { takeFromLimits } from '../../src/limits/limits.ts';
import { lockSubjectOf, raiseSignInLock } from '../../src/limits/sign-in-lock.ts';
import type { AddressedMethod } from '../../src/methods/method.ts';
import { findPerson } from '../../src/people/person.ts';
import { refreshFacts } from '../../src/registrations/facts.ts';
import { registrationBinding } from '../../src/registrations/registration.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  const settings = { privilegedGroups: ['Admins'] };
  await ask(house, { method: 'PATCH', path: '/policy', body: { basedOn: 0, settings } });
});
afterAll(() => house.close());

let count = 0;

async function addPerson(more: object = {}): Promise<string> {
  const userName = `person${count++}`;
  const body = { userName, displayName: 'Zoë Jansen', workMailbox: `${userName}@example.org`, ...more };
  expect((await ask(house, { method: 'POST', path: '/people', body })).status).toBe(201);
  return userName;
}

async function stored(userName: string) {
  const person = await findPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, userName);
  if (!person) throw new Error(`${userName} is not there`);
  return person;
}

/** As if the person had proven the method. */
async function prove(userName: string, method: AddressedMethod) {
  const { id } = await stored(userName);
  const { db, secrets } = house.deps;
  const value = secrets.sealing.seal(JSON.stringify(method), registrationBinding(id));
  const row = { value, destination: method.kind, proven_at: testTime, checked_at: testTime, consent: null };
  await db
    .insertInto('registrations')
    .values({ person_id: id, method: method.kind, ...row })
    .execute();
  await refreshFacts(db, house.deps, id);
}

const phone = { kind: 'authentication-phone', number: '+31612345678', channel: 'text' } as const;
const mail = { kind: 'authentication-email', address: 'zoe@example.com' } as const;

async function card(userName: string) {
  return (await ask(house, { path: `/people/${userName}` })).body;
}

function act(userName: string, what: string, more: { method?: string; body?: unknown; token?: string } = {}) {
  const { token = house.token, ...rest } = more;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return ask(house, { method: 'POST', path: `/people/${userName}/${what}`, headers, ...rest });
}

async function events(userName: string) {
  const { id } = await stored(userName);
  const rows = await house.deps.db
    .selectFrom('audit')
    .selectAll()
    .where('subject', '=', id)
    .orderBy('seq')
    .execute();
  return rows.filter(({ event }) => event !== 'person-added');
}

async function noticesTo(userName: string) {
  const { id } = await stored(userName);
  const rows = await house.deps.db.selectFrom('messages').selectAll().where('person_id', '=', id).execute();
  return rows.map(({ kind, channel }) => `${kind} ${channel}`).toSorted();
}

describe('demanding registration', () => {
  it('makes a person overdue from that moment, and is audited', async () => {
    const userName = await addPerson();
    expect(await card(userName)).toMatchObject({ overdue: null, demandedAt: null });
    expect(await act(userName, 'demand')).toMatchObject({
      status: 200,
      body: {
        demandedAt: '2026-11-01T12:00:00.000Z',
        overdue: { reason: 'demanded', since: '2026-11-01T12:00:00.000Z', days: 0 },
      },
    });
    expect(await events(userName)).toMatchObject([
      { event: 'registration-demanded', actor_kind: 'administrator', actor: house.administratorId },
    ]);
  });
});

describe('unlocking', () => {
  it('lifts the lock on signing in and every limit on failures, that of 30 days too', async () => {
    const userName = await addPerson();
    const { id } = await stored(userName);
    const { db, secrets, now } = house.deps;
    const subject = lockSubjectOf(nameKey(secrets.sealing, userName));
    for (let n = 0; n < 10; n++) await raiseSignInLock(db, now(), subject);
    const used = [codeHour(id, 'authentication-phone'), failureMonth(id), ...wrongAnswers(id)];
    for (const counted of used)
      for (let n = 0; n < counted.limit.most; n++) await takeFromLimits(db, now(), [counted]);
    expect(await card(userName)).toMatchObject({
      lockedUntil: '2026-11-01T12:01:00.000Z',
      resting: [
        { limit: 'wrong-codes-hour', method: 'authentication-phone', until: '2026-11-01T13:00:00.000Z' },
        { limit: 'failures-30-days', method: null },
        { limit: 'wrong-answers-hour', method: null },
        { limit: 'wrong-answers-30-days', method: null },
      ],
    });
    const unlocked = await act(userName, 'unlock', { token: house.helpdeskToken });
    expect(unlocked).toMatchObject({ status: 200, body: { lockedUntil: null, resting: [] } });
    expect(await events(userName)).toMatchObject([{ event: 'person-unlocked', actor: house.helpdeskId }]);
  });
});

describe('lifting a block', () => {
  it('lets the person sign in and reset again, and is audited once', async () => {
    const userName = await addPerson();
    await prove(userName, phone);
    await prove(userName, mail);
    const { id } = await stored(userName);
    await house.deps.db
      .updateTable('people')
      .set({ blocked_at: testTime, blocked_why: 'reset-disowned' })
      .where('id', '=', id)
      .execute();
    expect(await card(userName)).toMatchObject({
      blockedAt: '2026-11-01T12:00:00.000Z',
      blockedWhy: 'reset-disowned',
      ableToReset: false,
    });
    for (const _ of [1, 2])
      expect((await act(userName, 'lift-block')).body).toMatchObject({
        blockedAt: null,
        blockedWhy: null,
        ableToReset: true,
      });
    expect(await events(userName)).toMatchObject([{ event: 'block-lifted' }]);
  });
});

describe('removing a method', () => {
  it('takes it away, told at every address there was, and audited with the administrator', async () => {
    const userName = await addPerson();
    await prove(userName, phone);
    await prove(userName, mail);
    const removed = await act(userName, 'methods/authentication-phone', { method: 'DELETE' });
    expect(removed).toMatchObject({
      status: 200,
      body: { ableToReset: false, methods: [{ kind: 'authentication-email' }] },
    });
    expect(await noticesTo(userName)).toEqual([
      'method-removed mail',
      'method-removed mail',
      'method-removed text',
    ]);
    const told = await events(userName);
    expect(told).toMatchObject([{ event: 'method-removed', actor: house.administratorId }]);
    expect(JSON.parse(told[0]?.details ?? '')).toEqual({ method: 'authentication-phone' });
    expect(await act(userName, 'methods/authentication-phone', { method: 'DELETE' })).toMatchObject({
      status: 404,
      body: { problem: 'method-not-there', field: 'method' },
    });
  });

  it('takes all answers away at once, and S61 shows none of them', async () => {
    const userName = await addPerson();
    const { id } = await stored(userName);
    const row = {
      person_id: id,
      hash: '$argon2id$x',
      sealed: '1.s',
      given_at: testTime,
      checked_at: testTime,
    };
    for (const position of [1, 2])
      await house.deps.db
        .insertInto('answers')
        .values({ ...row, position, question_id: `q${position}` })
        .execute();
    const removed = await act(userName, 'methods/security-questions', { method: 'DELETE' });
    expect(removed).toMatchObject({ status: 200, body: { questionsAnswered: 0 } });
    expect(removed.raw).not.toMatch(/argon2id|"q1"/);
    const left = await house.deps.db
      .selectFrom('answers')
      .select('hash')
      .where('person_id', '=', id)
      .execute();
    expect(left).toEqual([]);
    expect(await noticesTo(userName)).toEqual(['questions-changed mail']);
  });
});

describe('a method whose value no key opens', () => {
  async function damage(userName: string, method: string) {
    const { id } = await stored(userName);
    const query = house.deps.db.updateTable('registrations').set({ value: '1.gone.AAAA' });
    await query.where('person_id', '=', id).where('method', '=', method).execute();
  }

  it('stands on the card without a mask, is shown in full to nobody, and can be removed', async () => {
    const userName = await addPerson();
    await prove(userName, phone);
    await prove(userName, mail);
    await damage(userName, 'authentication-phone');
    expect(await card(userName)).toMatchObject({
      methods: [
        { kind: 'authentication-phone', state: 'proven', channel: null, mask: null },
        { kind: 'authentication-email', channel: 'mail', mask: { kind: 'address' } },
      ],
    });
    expect(await act(userName, 'reveal', { body: { method: 'authentication-phone' } })).toMatchObject({
      status: 404,
      body: { problem: 'method-not-there' },
    });
    const removed = await act(userName, 'methods/authentication-phone', { method: 'DELETE' });
    expect(removed).toMatchObject({ status: 200, body: { methods: [{ kind: 'authentication-email' }] } });
    expect(await noticesTo(userName)).toEqual(['method-removed mail', 'method-removed mail']);
    expect(await events(userName)).toMatchObject([{ event: 'method-removed' }]);
  });

  it('keeps no other act from the person', async () => {
    const userName = await addPerson({ officePhone: '020 794 0000' });
    await prove(userName, { kind: 'office-phone', number: '+31207940000', channel: 'call', extension: null });
    await prove(userName, mail);
    await damage(userName, 'office-phone');
    for (const what of ['demand', 'unlock']) expect((await act(userName, what)).status).toBe(200);
    const path = `/people/${userName}`;
    const changed = await ask(house, { method: 'PATCH', path, body: { officePhone: '020 794 0001' } });
    expect(changed).toMatchObject({ status: 200, body: { methods: [{ kind: 'authentication-email' }] } });
    expect(await noticesTo(userName)).toEqual(['method-removed mail', 'method-removed mail']);
    const removed = await act(userName, 'methods/authentication-email', { method: 'DELETE' });
    expect(removed).toMatchObject({ status: 200, body: { methods: [] } });
  });
});

describe('revealing', () => {
  it('shows one number or address in full, each look in the audit, without what was seen', async () => {
    const userName = await addPerson({ officePhone: '020 794 0000 toestel 12' });
    await prove(userName, phone);
    const reveal = (method: string) => act(userName, 'reveal', { body: { method } });
    expect((await reveal('authentication-phone')).body).toEqual({
      userName,
      method: 'authentication-phone',
      value: '+31612345678',
      extension: null,
    });
    expect((await reveal('office-phone')).body).toMatchObject({ value: '+31207940000', extension: '12' });
    const mailbox = await reveal('work-mailbox');
    expect(mailbox.body).toMatchObject({ value: `${userName}@example.org` });
    expect(mailbox.headers['cache-control']).toBe('no-store');
    expect(await reveal('authentication-email')).toMatchObject({ status: 404 });
    expect(await reveal('security-questions')).toMatchObject({ status: 422 });
    const told = await events(userName);
    expect(told.map(({ event, details }) => [event, JSON.parse(details)])).toEqual([
      ['method-revealed', { method: 'authentication-phone' }],
      ['method-revealed', { method: 'office-phone' }],
      ['method-revealed', { method: 'work-mailbox' }],
    ]);
  });

  it('is not for helpdesk nor for scripts', async () => {
    const userName = await addPerson();
    const body = { method: 'work-mailbox' };
    for (const token of [house.helpdeskToken, await house.apiToken(['people'])])
      expect((await act(userName, 'reveal', { body, token })).status).toBe(403);
    expect(await events(userName)).toEqual([]);
  });
});

describe('helpdesk', () => {
  it('S66 leaves people in privileged groups alone', async () => {
    const userName = await addPerson({ groups: ['Admins'] });
    const token = house.helpdeskToken;
    for (const what of ['demand', 'unlock'])
      expect(await act(userName, what, { token })).toMatchObject({
        status: 403,
        body: { problem: 'privileged-person' },
      });
    const body = { reason: 'lost phone' };
    expect((await act(userName, 'access-codes', { token, body })).status).toBe(403);
    expect(await events(userName)).toEqual([]);
    expect(await card(userName)).toMatchObject({ privileged: true, demandedAt: null });
    expect((await act(userName, 'demand')).status).toBe(200);
  });

  it('neither changes, fills in, removes nor lifts', async () => {
    const userName = await addPerson();
    const token = house.helpdeskToken;
    const refused = [
      await act(userName, 'lift-block', { token }),
      await act(userName, 'methods/authentication-phone', { token, method: 'DELETE' }),
      await act(userName, 'filled-in', { token, body: {} }),
      await ask(house, {
        method: 'PATCH',
        path: `/people/${userName}`,
        body: { disabled: true },
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });
});

describe('two administrators at one person', () => {
  it('the second is told that the first has changed it, and then changes what there is', async () => {
    const userName = await addPerson();
    const { revision } = await stored(userName);
    const path = `/people/${userName}`;
    const patch = (body: object) => ask(house, { method: 'PATCH', path, body });
    expect((await patch({ language: 'nl', basedOn: revision })).status).toBe(200);
    expect(await patch({ language: 'en', basedOn: revision })).toMatchObject({
      status: 409,
      body: { problem: 'person-changed-meanwhile', field: 'basedOn' },
    });
    const { revision: now } = await stored(userName);
    expect((await patch({ language: 'en', basedOn: now })).body).toMatchObject({ language: 'en' });
  });

  it('counts every act of an administrator as a change', async () => {
    const userName = await addPerson();
    const before = (await stored(userName)).revision;
    await act(userName, 'demand');
    const path = `/groups/Staff/members/${userName}`;
    await ask(house, { method: 'PUT', path });
    await ask(house, { method: 'PATCH', path: `/people/${userName}`, body: { officePhone: '020 794 0001' } });
    expect((await stored(userName)).revision).toBe(before + 3);
  });
});

describe('the card', () => {
  it('tells of messages that could not be delivered, with the reason and no address', async () => {
    const userName = await addPerson();
    const { id } = await stored(userName);
    const reason = 'SMTP RCPT TO 550';
    const row = { person_id: id, channel: 'text', kind: 'code', created_at: 1, due_at: 1, attempts: 8 };
    for (const [at, state] of [
      [1, 'given-up'],
      [2, 'sent'],
      [3, 'given-up'],
    ] as const)
      await house.deps.db
        .insertInto('messages')
        .values({ ...row, id: `${userName}-${at}`, state, finished_at: testTime + at, failure: reason })
        .execute();
    expect(await card(userName)).toMatchObject({
      givenUp: [
        { at: '2026-11-01T12:00:00.003Z', channel: 'text', kind: 'code', why: 'refused', reason },
        { at: '2026-11-01T12:00:00.001Z' },
      ],
      messages: [{ at: '2026-11-01T12:00:00.002Z', channel: 'text', kind: 'code', state: 'sent', why: null }],
    });
  });

  it.each(['demand', 'unlock', 'lift-block', 'reveal', 'access-codes'])(
    'is not there for nobody: %s',
    async (what) => {
      const body = { reveal: { method: 'work-mailbox' }, 'access-codes': { reason: 'lost' } }[what];
      expect(await act('no.body', what, { body })).toMatchObject({
        status: 404,
        body: { problem: 'person-unknown' },
      });
    },
  );
});
