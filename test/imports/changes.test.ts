import { expect, it } from 'vitest';
import { followImport, stepImport } from '../../admin-tui/imports.ts';
import { forgetImports, takeUpImports } from '../../src/imports/keeping.ts';
import { openDoorHouse } from '../admin-api/open-door.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { csvOf, makeImporter } from '../helpers/imports.ts';
import { proveOfficePhone, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { day, minute, password, type TestHouse } from '../helpers/test-house.ts';

/** A house with a clock and an administrator who imports. */
async function openImports() {
  const { house, socket } = await openDoorHouse();
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'));
  return { house, importer: makeImporter({ socket, token }) };
}

/** Everything that stands of people, but for what is sealed anew each time. */
async function peopleIn({ deps: { db } }: TestHouse) {
  return {
    people: await db.selectFrom('people').selectAll().orderBy('user_name').execute(),
    memberships: await db
      .selectFrom('memberships')
      .selectAll()
      .orderBy('user_name')
      .orderBy('group_name')
      .execute(),
    keys: await db.selectFrom('search_keys').selectAll().orderBy('user_name').orderBy('key').execute(),
    accounts: await db.selectFrom('embedded_accounts').selectAll().orderBy('user_name').execute(),
    registrations: await db
      .selectFrom('registrations')
      .selectAll()
      .orderBy('person_id')
      .orderBy('method')
      .execute(),
    audit: (await db.selectFrom('audit').selectAll().execute()).filter(
      ({ event }) => event !== 'people-imported',
    ),
  };
}

const full = csvOf([
  [
    'Login',
    'Naam',
    'Taal',
    'E-mail',
    'Kantoortelefoon',
    'Toestel',
    'Groepen',
    'Uitgeschakeld',
    'Privé telefoon',
    'Kanaal',
    'Privé e-mail',
    'Toestemming door',
    'Toestemming op',
    'Toestemming hoe',
  ],
  [
    'jan',
    'Jan de Vries',
    'Nederlands',
    'jan@example.org',
    '020 794 0000',
    '12',
    'B|A',
    'nee',
    '06 12345678',
    'bellen',
    'jan@example.com',
    'Jan',
    '1-10-2026',
    'form',
  ],
  ['zoe', 'Zoë', 'EN-gb', '', '', '', '', 'ja', '', '', '', '', '', ''],
]);

it('the same file a second time finds everything the same and changes nothing', async () => {
  const { house, importer } = await openImports();
  expect((await importer.run(full)).one.totals).toMatchObject({ created: 2, refused: 0 });
  const before = await peopleIn(house);
  house.wait(5 * minute);
  const { one, rows } = await importer.run(full);
  expect(one.totals).toEqual({ created: 0, updated: 0, disabled: 0, same: 2, refused: 0 });
  expect(rows.map(({ remarks }) => remarks)).toEqual(['', '']);
  expect(await peopleIn(house)).toEqual(before);
});

it('a dry run counts what a run does, and writes nothing', async () => {
  const { house, importer } = await openImports();
  const before = await peopleIn(house);
  const checked = await importer.check(full);
  expect(checked).toMatchObject({ state: 'checked', totals: { created: 2 }, progress: { rowsTotal: 2 } });
  expect(await peopleIn(house)).toEqual(before);
});

it('every field arrives, and each person and the import are in the audit', async () => {
  const { house, importer } = await openImports();
  const { one } = await importer.run(full);
  const { people, memberships } = await peopleIn(house);
  expect(people).toMatchObject([
    { user_name: 'jan', display_name: 'Jan de Vries', language: 'nl', disabled_at: null },
    { user_name: 'zoe', language: 'en', disabled_at: house.clock.now },
  ]);
  expect(memberships.map(({ group_name }) => group_name)).toEqual(['A', 'B']);
  const found = await importer.door.people[':userName'].$get({ param: { userName: 'jan' } });
  expect(await found.json()).toMatchObject({
    workMailbox: { firstLetter: 'j', domain: 'example.org' },
    officePhone: { mask: { ending: '00' }, extension: '12' },
    methods: [
      { kind: 'authentication-phone', state: 'filled-in', channel: 'call', mask: { ending: '78' } },
      { kind: 'authentication-email', state: 'filled-in', consent: { givenBy: 'Jan', how: 'form' } },
    ],
  });
  const events = (await house.audit()).filter(({ details }) => details.includes(one.id));
  expect(events.map(({ event }) => event).toSorted()).toEqual([
    'method-filled-in',
    'method-filled-in',
    'people-imported',
    'person-added',
    'person-added',
  ]);
  for (const { details } of events) expect(details).not.toMatch(/12345678|jan@/);
});

it('an empty cell leaves what is there, and the chosen marker empties it', async () => {
  const { house, importer } = await openImports();
  await importer.run(full);
  const before = await peopleIn(house);
  const empty = csvOf([
    [
      'Login',
      'Taal',
      'E-mail',
      'Kantoortelefoon',
      'Groepen',
      'Privé telefoon',
      'Toestemming door',
      'Toestemming op',
      'Toestemming hoe',
    ],
    ['jan', ...Array(8).fill('')],
  ]);
  expect((await importer.run(empty)).one.totals.same).toBe(1);
  expect(await peopleIn(house)).toEqual(before);
  const marked = empty.replace(/;{8}/, `${';–'.repeat(5)};;;`);
  expect((await importer.run(marked)).one.totals.refused).toBe(1);
  const { one } = await importer.run(marked, { clearMarker: '–' });
  expect(one.totals).toMatchObject({ updated: 1, refused: 0 });
  const { people, memberships, registrations } = await peopleIn(house);
  expect(people[0]).toMatchObject({ language: null, work_mailbox: null, office_phone: null });
  expect(memberships).toEqual([]);
  expect(registrations.map(({ method }) => method)).toEqual(['authentication-email']);
  expect((await importer.run(marked, { clearMarker: '–' })).one.totals.same).toBe(1);
});

it('a name cannot be emptied', async () => {
  const { importer } = await openImports();
  await importer.run(full);
  const { rows } = await importer.run('Login;Naam;Uitgeschakeld\njan;-;-\n', { clearMarker: '-' });
  expect(rows[0]).toMatchObject({
    outcome: 'refused',
    remarks: expect.stringMatching(/“Naam”.*“Uitgeschakeld”/),
  });
});

it('disabling ends every session, and enabling lets the person in again', async () => {
  const { house, importer } = await openImports();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  expect(browser.path).toBe('/register');
  const { one, rows } = await importer.run('Login;Uit dienst\njan;x\n');
  expect(one.totals.disabled).toBe(1);
  expect(rows[0]?.outcome).toBe('disabled');
  await browser.open('/register');
  expect(browser.path).toMatch(/^\/sign-in/);
  expect((await importer.run('Login;Actief\njan;ja\n')).one.totals.updated).toBe(1);
  expect((await signIn(house, 'jan')).path).toBe('/register');
});

it('what a person has proven is never touched: the row says so, and the rest of it is done', async () => {
  const { house, importer } = await openImports();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await provePhone(house, browser, { number: '+31612345678' });
  const before = (await peopleIn(house)).registrations;
  const file = (number: string) =>
    csvOf([
      ['Login', 'Naam', 'Privé telefoon', 'Toestemming door', 'Toestemming op', 'Toestemming hoe'],
      ['jan', 'Jan', number, 'Jan', '2026-10-01', 'form'],
    ]);
  const { rows } = await importer.run(file('06 87654321'));
  expect(rows[0]).toMatchObject({
    outcome: 'updated',
    remarks: expect.stringMatching(/“Privé telefoon”.*confirmed this already/),
  });
  expect((await peopleIn(house)).registrations).toEqual(before);
  expect((await importer.run(file('06 12345678'))).rows[0]).toMatchObject({ outcome: 'same', remarks: '' });
});

it('a proven phone that no key opens any more is not touched either, and stops no import', async () => {
  const { house, importer } = await openImports();
  await house.addPerson('jan');
  await provePhone(house, await signIn(house, 'jan'), { number: '+31612345678' });
  await house.deps.db.updateTable('registrations').set({ value: '1.gone.AAAA' }).execute();
  const file = csvOf([
    ['Login', 'Naam', 'Privé telefoon', 'Toestemming door', 'Toestemming op', 'Toestemming hoe'],
    ['jan', 'Jan', '06 12345678', 'Jan', '2026-10-01', 'form'],
    ['els', 'Els', '06 12345679', 'Els', '2026-10-01', 'form'],
  ]);
  const { rows } = await importer.run(file);
  expect(rows).toMatchObject([
    { outcome: 'updated', remarks: expect.stringMatching(/confirmed this already/) },
    { outcome: 'created' },
  ]);
});

it('another office phone ends the proof of the old one; the extension alone is kept while the number is', async () => {
  const { house, importer } = await openImports();
  await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: '12' } });
  const browser = await signIn(house, 'jan');
  await proveOfficePhone(house, browser, '+31207940000');
  const proven = async () => (await peopleIn(house)).people[0]?.proven_methods;
  expect(await proven()).toBe(4);
  expect((await importer.run('Login;Kantoortelefoon\njan;020 794 0000\n')).one.totals.same).toBe(1);
  expect(await proven()).toBe(4);
  expect((await importer.run('Login;Toestel\njan;34\n')).one.totals.updated).toBe(1);
  expect(await proven()).toBe(0);
  expect((await house.audit()).map(({ event }) => event)).toContain('office-phone-replaced');
});

it('a phone or e-mail must differ from the office phone and the mailbox, also from those of the same row', async () => {
  const { importer } = await openImports();
  const { rows } = await importer.run(
    csvOf([
      [
        'Login',
        'Naam',
        'E-mail',
        'Kantoortelefoon',
        'Privé telefoon',
        'Privé e-mail',
        'Toestemming door',
        'Toestemming op',
        'Toestemming hoe',
      ],
      [
        'jan',
        'Jan',
        'jan@example.com',
        '06 12345678',
        '+31 6 1234 5678',
        'Jan@example.com',
        'Jan',
        '2026-10-01',
        'form',
      ],
    ]),
  );
  expect(rows[0]).toMatchObject({
    outcome: 'refused',
    remarks: expect.stringMatching(/office phone.*work address/),
  });
});

it('a first password lets its owner in once, and an own one must be chosen', async () => {
  const { house, importer } = await openImports();
  const { rows } = await importer.run('Login;Naam\njan;Jan\npiet;Piet\n', { firstPasswords: true });
  const [jan] = rows;
  expect(new Set(rows.map(({ firstPassword }) => firstPassword)).size).toBe(2);
  const browser = house.browser();
  await browser.open('/sign-in');
  const { userName, password: label, submit } = wordsOn(browser).signIn;
  browser.fill(userName, 'jan').fill(label, jan?.firstPassword ?? '');
  await browser.press(submit);
  expect(browser.path).toMatch(/^\/sign-in\/new-password/);
  const kept = await house.deps.db.selectFrom('import_results').select('lines').executeTakeFirstOrThrow();
  expect(kept.lines).not.toContain(jan?.firstPassword);
});

it('without first passwords an account is there that no password opens', async () => {
  const { house, importer } = await openImports();
  const { rows } = await importer.run('Login;Naam\njan;Jan\n');
  expect(rows[0]?.firstPassword).toBeNull();
  for (const tried of ['', 'jan', password])
    expect(await house.deps.directory.checkPassword('jan', tried)).toBe('wrong');
});

const many = (count: number) =>
  `Login;Naam\n${Array.from({ length: count }, (_, index) => `person${index};Person ${index}\n`).join('')}`;

it('a cancelled import leaves whole rows, says where it stopped, and accounts for each of them', async () => {
  const { house, importer } = await openImports();
  const { id } = await importer.check(many(4000));
  await stepImport(importer.door, id, 'run');
  await expect.poll(async () => (await peopleIn(house)).people.length, { interval: 5 }).toBeGreaterThan(0);
  await stepImport(importer.door, id, 'cancel');
  const one = await followImport(importer.door, id, () => {});
  const { people, accounts, keys } = await peopleIn(house);
  const { rowsDone, lastLine } = one.progress;
  expect(one.state).toBe('cancelled');
  expect(rowsDone).toBeLessThan(4000);
  expect([people.length, accounts.length, lastLine]).toEqual([rowsDone, rowsDone, rowsDone + 1]);
  expect(new Set(keys.map(({ user_name }) => user_name)).size).toBe(rowsDone);
  expect((await importer.rows(id)).map(({ line }) => line)).toEqual(people.map((_, index) => index + 2));
  await expect(stepImport(importer.door, id, 'run')).rejects.toMatchObject({ problem: 'import-ended' });
  expect((await importer.run(many(4000))).one.totals).toMatchObject({
    created: 4000 - rowsDone,
    same: rowsDone,
  });
});

it('only one import is under way at a time, and none is run without its dry run', async () => {
  const { importer } = await openImports();
  const { id } = await importer.check(many(3000));
  const other = await importer.upload(full);
  await expect(stepImport(importer.door, other.id, 'run')).rejects.toMatchObject({
    problem: 'import-not-checked',
  });
  await stepImport(importer.door, id, 'run');
  await expect(stepImport(importer.door, other.id, 'check')).rejects.toMatchObject({
    problem: 'import-busy',
  });
  await expect(stepImport(importer.door, id, 'run')).rejects.toMatchObject({ problem: 'import-under-way' });
  expect((await followImport(importer.door, id, () => {})).state).toBe('done');
  await expect(stepImport(importer.door, id, 'cancel')).rejects.toMatchObject({
    problem: 'import-not-under-way',
  });
});

it('pages are served while an import runs', async () => {
  const { house, importer } = await openImports();
  const { id } = await importer.check(many(3000));
  await stepImport(importer.door, id, 'run');
  const browser = house.browser();
  let served = 0;
  while ((await peopleIn(house)).people.length < 3000) {
    await browser.open('/sign-in');
    expect(browser.status).toBe(200);
    served += 1;
  }
  expect(served).toBeGreaterThan(3);
  await followImport(importer.door, id, () => {});
});

it('a house that closes interrupts its import between two batches', async () => {
  const { house, importer } = await openImports();
  const { id } = await importer.check(many(3000), { firstPasswords: false });
  await stepImport(importer.door, id, 'run');
  await expect.poll(async () => (await peopleIn(house)).people.length, { interval: 5 }).toBeGreaterThan(0);
  await house.deps.background.stop();
  const stopped = await followImport(importer.door, id, () => {});
  expect(stopped.state).toBe('interrupted');
  expect(stopped.progress.rowsDone).toBeLessThan(3000);
});

it('an import that a crash cut off is taken up as interrupted; a dry run has to be done again', async () => {
  const { house, importer } = await openImports();
  const { db } = house.deps;
  const checked = await importer.check(many(10));
  const waiting = await importer.upload(full);
  await db
    .updateTable('imports')
    .set({ state: 'running', rows_done: 4, last_line: 5 })
    .where('id', '=', checked.id)
    .execute();
  await db.updateTable('imports').set({ state: 'checking' }).where('id', '=', waiting.id).execute();
  await takeUpImports(house.deps);
  const states = await db.selectFrom('imports').select(['id', 'state']).execute();
  expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [checked.id, 'interrupted'],
      [waiting.id, 'uploaded'],
    ]),
  );
  await stepImport(importer.door, checked.id, 'run');
  const one = await followImport(importer.door, checked.id, () => {});
  expect(one).toMatchObject({ state: 'done', progress: { rowsDone: 10 }, totals: { refused: 0 } });
  expect((await importer.rows(checked.id)).map(({ userName }) => userName)).toEqual(
    Array.from({ length: 6 }, (_, index) => `person${index + 4}`),
  );
});

it('files and results are forgotten after some days', async () => {
  const { house, importer } = await openImports();
  const { one } = await importer.run(full);
  const waiting = await importer.upload(full);
  house.wait(2 * day);
  await forgetImports(house.deps);
  const results = () => house.deps.db.selectFrom('import_results').select('import_id').execute();
  expect(await results()).toEqual([{ import_id: one.id }]);
  house.wait(2 * day);
  await forgetImports(house.deps);
  const left = await house.deps.db.selectFrom('imports').select('id').execute();
  expect(left).toEqual([{ id: one.id }]);
  expect(await results()).toEqual([]);
  expect(left).not.toContainEqual({ id: waiting.id });
});
