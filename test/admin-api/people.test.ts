import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson, type Person } from '../../src/people/person.ts';
import { registrationBinding } from '../../src/registrations/registration.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

const consent = { givenBy: 'Anna Bakker', givenAt: '2026-10-30', how: 'paper form' };

async function add(userName: string, more: object = {}) {
  return ask(house, {
    method: 'POST',
    path: '/people',
    body: { userName, displayName: 'Anna Bakker', ...more },
  });
}

async function patch(userName: string, body: unknown) {
  return ask(house, { method: 'PATCH', path: `/people/${encodeURIComponent(userName)}`, body });
}

async function fillIn(userName: string, body: unknown) {
  return ask(house, { method: 'POST', path: `/people/${userName}/filled-in`, body });
}

async function storedPerson(userName: string): Promise<Person> {
  const person = await findPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, userName);
  if (!person) throw new Error(`${userName} is not there`);
  return person;
}

async function eventsOf(userName: string) {
  const { id } = await storedPerson(userName);
  const { db } = house.deps;
  return db.selectFrom('audit').selectAll().where('subject', '=', id).orderBy('seq').execute();
}

/** As if the person had proven the method. */
async function prove(userName: string, method: { kind: string; number?: string; channel?: string }) {
  const { id } = await storedPerson(userName);
  const value = house.deps.secrets.sealing.seal(JSON.stringify(method), registrationBinding(id));
  const row = { value, destination: 'd', proven_at: testTime, checked_at: testTime, consent: null };
  await house.deps.db
    .insertInto('registrations')
    .values({ person_id: id, method: method.kind, ...row })
    .execute();
}

describe('adding a person', () => {
  it('gives a one-time password once, which works for the first sign-in only', async () => {
    const added = await add('  Anna.Bakker ', {
      workMailbox: 'anna@example.org',
      groups: ['Staff', 'Staff'],
    });
    expect(added).toMatchObject({ status: 201, body: { userName: 'anna.bakker' } });
    const firstPassword = String(Object(added.body).firstPassword);
    expect(await house.deps.directory.checkPassword('anna.bakker', firstPassword)).toBe('one-time');
    const [card, list] = [
      await ask(house, { path: '/people/anna.bakker' }),
      await ask(house, { path: '/people' }),
    ];
    expect(card.raw + list.raw).not.toContain(firstPassword);
    expect(card.body).toMatchObject({ groups: ['Staff'], registered: false, language: null });
  });

  it('is audited with the administrator, and the password is nowhere in the database', async () => {
    const { body } = await add('audited');
    const events = await eventsOf('audited');
    expect(events).toMatchObject([
      { event: 'person-added', actor_kind: 'administrator', actor: house.administratorId },
    ]);
    const accounts = await house.deps.db.selectFrom('embedded_accounts').selectAll().execute();
    expect(JSON.stringify([events, accounts])).not.toContain(String(Object(body).firstPassword));
  });

  const names: [string, string, number][] = [
    ['upper case', 'JAN.SMIT', 201],
    ['the same in lower case', 'jan.smit', 409],
    ['a trailing dot', 'jan.smit.', 409],
    ['full-width letters', 'ｊａｎ.smit', 409],
    ['a tag, which is another name', 'jan.smit+x', 201],
    ['a Turkish dotted capital', 'İsmail', 201],
    ['its plain form', 'ismail', 409],
    ['a dotless i', 'ısmail', 422],
    ['a Cyrillic letter among Latin ones', 'jаn.smit', 422],
    ['nothing', '   ', 422],
    ['a space', 'jan smit', 422],
    ['markup', '<b>jan</b>', 422],
    ['a path', '../jan', 422],
    ['SQL', "jan'; DROP TABLE people;--", 422],
  ];
  it.each(names)('S42 user name with %s', async (_what, userName, status) => {
    expect((await add(userName)).status).toBe(status);
  });

  it('S42 of two requests for one name at the same moment one wins', async () => {
    const statuses = (await Promise.all([add('twin'), add('TWIN'), add('twin.')])).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([201, 409, 409]);
  });

  it.each([
    ['displayName', 'a\u001b[2Jb', 'not-valid'],
    ['displayName', 'a\nb', 'not-valid'],
    ['displayName', 'a\u202eb', 'not-valid'],
    ['displayName', '  ', 'missing'],
    ['displayName', 'x'.repeat(201), 'too-large'],
    ['workMailbox', 'a@example.org, b@example.org', 'email-unreadable'],
    ['officePhone', '12', 'phone-too-short'],
    ['officePhone', '0900 1234', 'phone-premium'],
    ['language', 'de', 'not-valid'],
    ['groups', 'Staff', 'not-valid'],
  ])('refuses %s %j as %s', async (field, value, problem) => {
    const refused = await add('refused.one', { [field]: value });
    expect(refused).toMatchObject({ status: 422, body: { problem, field } });
    expect(await ask(house, { path: '/people/refused.one' })).toMatchObject({ status: 404 });
  });

  it('S48 S55 markup in a name is kept and given back as the text it is', async () => {
    const displayName = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{7*7}}<%= 1 %>`;
    expect((await add('marked', { displayName })).status).toBe(201);
    const { body, headers } = await ask(house, { path: '/people/marked' });
    expect(body).toMatchObject({ displayName });
    expect(headers['content-type']).toContain('application/json');
  });
});

describe('S60 names in paths and queries', () => {
  it.each([
    "x' OR '1'='1",
    'x"; DROP TABLE people',
    '%',
    '_',
    '*)(uid=*',
    '../../policy',
    '\u0000',
    '__proto__',
    '%zz',
  ])('%j finds nobody and breaks nothing', async (name) => {
    const found = await ask(house, { path: `/people/${encodeURIComponent(name)}` });
    expect(found).toMatchObject({ status: 404, body: { problem: 'person-unknown' } });
    const page = await ask(house, { path: `/people?limit=1&after=${encodeURIComponent(name)}` });
    expect(page.status).toBe(200);
  });

  it('a query that is not right is named', async () => {
    expect(await ask(house, { path: '/people?limit=0' })).toMatchObject({
      status: 422,
      body: { field: 'limit' },
    });
    expect(await ask(house, { path: '/people?limit=501' })).toMatchObject({ status: 422 });
    expect(await ask(house, { path: '/people?order=1' })).toMatchObject({
      status: 422,
      body: { problem: 'unknown-field' },
    });
  });
});

describe('listing people', () => {
  it('pages through everybody once, in the order of user names', async () => {
    const seen: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: object = Object(
        (await ask(house, { path: `/people?limit=3&after=${encodeURIComponent(after)}` })).body,
      );
      const { people, next }: { people: { userName: string }[]; next: string | null } = Object(page);
      seen.push(...people.map(({ userName }) => userName));
      after = next;
    }
    const rows = await house.deps.db.selectFrom('people').select('user_name').orderBy('user_name').execute();
    expect(seen).toEqual(rows.map(({ user_name }) => user_name));
  });
});

describe('changing a person', () => {
  it('sets the office phone as typed, shows it as a mask, and clears it', async () => {
    await add('office');
    const set = await patch('OFFICE', { officePhone: '020 794 0000 toestel 12' });
    expect(set.body).toMatchObject({
      officePhone: { mask: { kind: 'number', ending: '00' }, extension: '12' },
    });
    expect(set.raw).not.toContain('7940000');
    expect((await storedPerson('office')).officePhone).toEqual({ number: '+31207940000', extension: '12' });
    expect((await patch('office', { officePhone: null })).body).toMatchObject({ officePhone: null });
    const events = await eventsOf('office');
    expect(events.map(({ event }) => event)).toEqual([
      'person-added',
      'office-phone-replaced',
      'office-phone-replaced',
    ]);
    expect(JSON.stringify(events)).not.toContain('7940000');
  });

  it('another office phone ends the proof of the old one', async () => {
    await add('proof', { officePhone: '020 794 0000' });
    await prove('proof', {
      kind: 'office-phone',
      number: '+31207940000',
      channel: 'call',
      ...{ extension: null },
    });
    await patch('proof', { officePhone: '020 794 0000' });
    expect((await ask(house, { path: '/people/proof' })).body).toMatchObject({
      methods: [{ state: 'proven' }],
    });
    expect((await patch('proof', { officePhone: '020 794 0001' })).body).toMatchObject({ methods: [] });
  });

  it('disabling ends every session, enabling does not bring them back', async () => {
    await add('leaver');
    expect((await storedPerson('leaver')).sessionEpoch).toBe(0);
    expect((await patch('leaver', { disabled: true })).body).toMatchObject({
      disabledAt: '2026-11-01T12:00:00.000Z',
    });
    await patch('leaver', { disabled: true });
    expect((await patch('leaver', { disabled: false })).body).toMatchObject({ disabledAt: null });
    expect((await storedPerson('leaver')).sessionEpoch).toBe(1);
    expect((await eventsOf('leaver')).map(({ event }) => event)).toEqual([
      'person-added',
      'person-changed',
      'person-changed',
    ]);
  });

  it('changes what is named and leaves the rest', async () => {
    await add('mover', { workMailbox: 'm@example.org', groups: ['A', 'B'], language: 'nl' });
    const body = { displayName: 'Mo Ver', groups: ['C'], language: 'en' };
    expect((await patch('mover', body)).body).toMatchObject({
      ...body,
      workMailbox: { firstLetter: null, domain: 'example.org' },
    });
    await patch('mover', { workMailbox: null, language: null, groups: [] });
    expect(await storedPerson('mover')).toMatchObject({
      displayName: 'Mo Ver',
      workMailbox: null,
      language: null,
      groups: [],
    });
    expect((await eventsOf('mover')).map(({ details }) => JSON.parse(details))).toMatchObject([
      {},
      { changed: 'displayName language groups' },
      { changed: 'language workMailbox groups' },
    ]);
  });

  it('refuses all of a change when one field is not right', async () => {
    await add('whole');
    const refused = await patch('whole', { displayName: 'New', officePhone: 'abc' });
    expect(refused).toMatchObject({
      status: 422,
      body: { problem: 'phone-unreadable', field: 'officePhone' },
    });
    expect(await storedPerson('whole')).toMatchObject({ displayName: 'Anna Bakker' });
    expect((await patch('nobody.here', { displayName: 'New' })).status).toBe(404);
  });
});

describe('filling in', () => {
  const phone = { method: 'authentication-phone', number: '06-12 34 56 78', channel: 'text', consent };

  it('keeps a phone with the consent, masked, and it proves nothing', async () => {
    await add('filled');
    expect((await fillIn('filled', phone)).status).toBe(200);
    const { body, raw } = await ask(house, { path: '/people/filled' });
    expect(body).toMatchObject({
      registered: false,
      methods: [
        {
          kind: 'authentication-phone',
          state: 'filled-in',
          mask: { ending: '78' },
          consent: {
            givenBy: 'Anna Bakker',
            givenAt: '2026-10-30T00:00:00.000Z',
            recordedBy: 'anna',
          },
        },
      ],
    });
    expect(raw).not.toContain('12345678');
    expect(JSON.stringify(await eventsOf('filled'))).not.toContain('12345678');
    expect((await ask(house, { path: '/people' })).raw).not.toContain('12345678');
  });

  const email = { method: 'authentication-email', address: 'x', consent };
  it.each([
    [{ ...phone, number: '020 794 0000' }, 'phone-equals-office-phone', 'number'],
    [{ ...phone, number: '020 794 0001' }, 'phone-no-text', 'channel'],
    [{ ...phone, number: '+1 202 555 0123' }, 'phone-country-not-allowed', 'number'],
    [{ ...phone, channel: 'pigeon' }, 'not-valid', 'channel'],
    [email, 'email-unreadable', 'address'],
    [{ ...email, address: 'a@mail.house.example' }, 'email-own-domain', 'address'],
    [{ ...email, address: 'me+home@example.org' }, 'email-own-mailbox', 'address'],
    [{ ...phone, consent: { ...consent, givenAt: '2026-11-04' } }, 'consent-in-future', 'consent.givenAt'],
    [{ ...phone, consent: { ...consent, givenAt: '2026-02-30' } }, 'not-valid', 'consent.givenAt'],
    [{ ...phone, consent: { ...consent, how: ' ' } }, 'missing', 'consent.how'],
    [{ ...phone, consent: undefined }, 'missing', 'consent'],
    [{ ...phone, method: 'office-phone' }, 'not-valid', 'method'],
    [{ ...phone, provenAt: 1 }, 'unknown-field', 'provenAt'],
  ])('refuses %j as %s', async (body, problem, field) => {
    await add('judged', { officePhone: '020 794 0000', workMailbox: 'me@example.org' });
    await ask(house, {
      method: 'PATCH',
      path: '/policy',
      body: { basedOn: 0, settings: { ownMailDomains: ['house.example'] } },
    });
    expect(await fillIn('judged', body)).toMatchObject({ status: 422, body: { problem, field } });
    expect((await ask(house, { path: '/people/judged' })).body).toMatchObject({ methods: [] });
  });

  it('never touches what the person has proven', async () => {
    await add('prover');
    await prove('prover', { kind: 'authentication-phone', number: '+31687654321', channel: 'call' });
    expect(await fillIn('prover', phone)).toMatchObject({ status: 409, body: { problem: 'already-proven' } });
    expect((await fillIn('no.body', phone)).status).toBe(404);
  });
});

describe('what an administrator sees', () => {
  it('S61 S64 is listed fields only: no answers, hashes, sealed values or full numbers', async () => {
    await add('seen', { officePhone: '020 794 0000', workMailbox: 'seen@example.org' });
    await prove('seen', { kind: 'authentication-phone', number: '+31612345678', channel: 'text' });
    const { id } = await storedPerson('seen');
    const answer = { question_id: 'cuddly-toy-name', hash: '$argon2id$hash', sealed: '1.sealed.answer' };
    const when = { given_at: testTime, checked_at: testTime };
    await house.deps.db
      .insertInto('answers')
      .values({ person_id: id, position: 1, ...answer, ...when })
      .execute();
    const raw =
      (await ask(house, { path: '/people/seen' })).raw + (await ask(house, { path: '/people' })).raw;
    for (const secret of ['argon2id', '1.', 'cuddly', '12345678', '7940000', 'seen@', id])
      expect(raw).not.toContain(secret);
    const card = Object((await ask(house, { path: '/people/seen' })).body);
    expect(Object.keys(card).toSorted()).toEqual(
      [
        ...['ableToReset', 'accessCode', 'appearedAt', 'blockedAt', 'blockedWhy', 'checkDueAt'],
        ...['demandedAt', 'disabledAt', 'displayName', 'enabled', 'givenUp', 'groups', 'language'],
        ...['lastCheckAt', 'lastSignInAt', 'lockedUntil', 'messages', 'methods', 'methodsAsked'],
        ...['officePhone'],
        ...['overdue', 'privileged', 'questionsAnswered', 'registered', 'resting', 'revision'],
        ...['userName', 'workMailbox'],
      ].toSorted(),
    );
  });
});
