import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { chooseForImport } from '../../admin-tui/imports.ts';
import { ask } from '../admin-api/ask.ts';
import { openDoorHouse } from '../admin-api/open-door.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { csvOf, makeImporter } from '../helpers/imports.ts';
import { signIn } from '../helpers/journeys.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

const consent = ['Privé e-mail', 'Toestemming door', 'Toestemming op', 'Toestemming hoe'];

const markup = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "x'-alert(1)-'",
  '{{constructor.constructor("alert(1)")()}}',
  '<svg/onload=alert(1)>',
  '<%= it.secret %>',
];

test('S55 markup in any cell of an import is kept as text, in answers and on pages', async () => {
  const { house: whole, socket } = await openDoorHouse();
  const token = await sessionOf(whole.deps, await addAdministrator(whole.deps, 'anna'));
  const importer = makeImporter({ socket, token });
  for (const index of markup.keys()) await whole.addPerson(`p${index}`);
  const rows = markup.map((text, index) => [
    `p${index}`,
    text,
    text,
    `p${index}@example.com`,
    text,
    '2026-10-01',
    text,
  ]);
  const { checked, one } = await importer.run(
    csvOf([['Login', 'Naam', 'Groepen', ...consent], ...rows], ','),
  );
  expect(one.totals).toMatchObject({ updated: markup.length, refused: 0 });
  expect(checked.look?.sample?.[0]).toContain(markup[0]);
  for (const [index, text] of markup.entries()) {
    const card = await ask({ socket, token }, { path: `/people/p${index}` });
    expect(card.headers['content-type']).toMatch(/^application\/json/);
    expect(card.body).toMatchObject({
      displayName: text,
      groups: [text],
      methods: [{ consent: { givenBy: text, how: text } }],
    });
    const browser = await signIn(whole, `p${index}`);
    expect(browser.text).toContain(text);
    if (/[<>]/.test(text)) expect(browser.html).not.toContain(text);
    expect(browser.document.querySelector('svg, img, script:not([src])')).toBeNull();
  }
});

test('S55 names of columns and of the file that hold markup come back as JSON and nothing else', async () => {
  const { id } = await makeImporter(house).upload(`Login,${markup[0]}\njan,x\n`);
  const answer = await ask(house, { path: `/imports/${id}` });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.body).toMatchObject({ look: { columns: [{}, { header: markup[0], field: 'ignore' }] } });
  const named = await ask(house, {
    method: 'POST',
    path: `/imports?fileName=${encodeURIComponent('../../<b>\u202e.csv')}`,
    headers: { authorization: `Bearer ${house.token}` },
    body: 'Login\njan\n',
  });
  expect(named).toMatchObject({ status: 422, body: { field: 'fileName' } });
});

const formulas = [
  '=cmd|" /C calc"!A0',
  '+1+1',
  '-2+3',
  '@SUM(1;1)',
  '\t=1',
  '＝1',
  ' =1+1',
  '=HYPERLINK("x")',
];

test('S57 no cell of a result is a formula, whatever the file held', async () => {
  const importer = makeImporter(house);
  const file = csvOf([['Login', 'Naam'], ...formulas.map((formula) => [formula, 'x'])]);
  const { one } = await importer.run(file);
  expect(one.totals.refused).toBe(formulas.length);
  const answer = await ask(house, { path: `/imports/${one.id}/result?format=csv` });
  expect(answer.headers['content-type']).toMatch(/^text\/csv/);
  const cells = z.array(z.array(z.string())).parse(parse(answer.raw)).flat();
  expect(cells.filter((cell) => /^[\s]*[=+\-@＝]/.test(cell))).toEqual([]);
  expect(cells.filter((cell) => cell.startsWith("'")).length).toBeGreaterThan(5);
});

test('S57 a formula as a name is refused nowhere and runs nowhere: it stays text', async () => {
  const { one } = await makeImporter(house).run('Login;Naam\nformula;=1+1\n');
  expect(one.totals.created).toBe(1);
  const card = await ask(house, { path: '/people/formula' });
  expect(card.body).toMatchObject({ displayName: '=1+1' });
});

test('S57 what was defused comes back as it was', async () => {
  await makeImporter(house).run("Login;Naam\ndefused;'=1+1\n");
  expect((await ask(house, { path: '/people/defused' })).body).toMatchObject({ displayName: '=1+1' });
});

test('S58 columns that name what nobody may set are no columns, and inherited names are none either', async () => {
  const importer = makeImporter(house);
  const forbidden = [
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'role', 'administrator', 'provenMethods'],
    ...[
      'proven_methods',
      'verified',
      'password',
      'passwordHash',
      'one_time',
      'session_epoch',
      'id',
      'answers',
    ],
    ...[
      'blocked_at',
      'demandedAt',
      'lastCheckAt',
      'questionCount',
      'securityQuestions',
      'wachtwoord',
      'antwoord',
    ],
  ];
  const file = csvOf([
    ['Login', 'Naam', ...forbidden],
    ['mass', 'Mass', ...forbidden.map(() => '7')],
  ]);
  const { checked, one } = await importer.run(file);
  expect(checked.look?.columns.slice(2).map(({ field }) => field)).toEqual(forbidden.map(() => 'ignore'));
  expect(one.totals.created).toBe(1);
  const row = await house.deps.db
    .selectFrom('people')
    .selectAll()
    .where('user_name', '=', 'mass')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    proven_methods: 0,
    question_count: 0,
    session_epoch: 0,
    last_check_at: null,
    demanded_at: null,
    blocked_at: null,
  });
});

test('S58 names that every object inherits are ordinary values in every cell', async () => {
  const importer = makeImporter(house);
  const names = ['constructor', 'tostring', 'valueof', 'hasownproperty'];
  const file = csvOf([
    ['Login', 'Naam', 'Taal', 'Kanaal', 'Groepen'],
    ...names.map((name) => [name, '__proto__', '', '', '__proto__|constructor']),
  ]);
  const { one } = await importer.run(file);
  expect(one.totals).toMatchObject({ created: names.length, refused: 0 });
  const again = await importer.run(file);
  expect(again.one.totals.same).toBe(names.length);
  const { rows } = await importer.run('Login;Taal;Uitgeschakeld\nconstructor;__proto__;constructor\n');
  expect(rows[0]?.outcome).toBe('refused');
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('S58 a choice of columns takes no other fields and no inherited names', async () => {
  const { id } = await makeImporter(house).upload('Login\njan\n');
  const raw = async (body: string) =>
    (await ask(house, { method: 'PUT', path: `/imports/${id}/settings`, body })).status;
  expect(await raw('{"mapping":[{"header":"Login","field":"__proto__"}]}')).toBe(422);
  expect(await raw('{"mapping":[{"header":"Login","field":"constructor"}]}')).toBe(422);
  expect(await raw('{"__proto__":{"firstPasswords":true}}')).toBe(422);
  expect((await ask(house, { path: `/imports/${id}` })).body).toMatchObject({
    settings: { firstPasswords: false },
  });
  const chosen = await chooseForImport(makeImporter(house).door, id, {
    mapping: [{ header: '__proto__', field: 'displayName' }],
  });
  expect(chosen.look?.problems.map(({ problem }) => problem)).toEqual(['column-unknown']);
});

test('S42 look-alikes and other cases of a user name are one name, or none', async () => {
  const { rows } = await makeImporter(house).run(
    csvOf([
      ['Login', 'Naam'],
      ['paypal', 'A'],
      ['PayPal', 'B'],
      ['ｐａｙｐａｌ', 'C'],
      ['p\u0430ypal', 'D'],
      ['paypal.', 'E'],
      ['PAYPAL ', 'F'],
    ]),
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(['created', ...Array(5).fill('refused')]);
});

test('S66 no password and no number of an import stands in the clear in the database, its log or the audit', async () => {
  const { rows } = await makeImporter(house).run(
    csvOf([
      [
        'Login',
        'Naam',
        'Kantoortelefoon',
        'Privé telefoon',
        'Toestemming door',
        'Toestemming op',
        'Toestemming hoe',
      ],
      ['clear', 'Clear', '020 794 1357', '06 12345987', 'Clear', '2026-10-01', 'form'],
    ]),
    { firstPasswords: true },
  );
  const password = rows[0]?.firstPassword ?? '';
  expect(password).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
  for (const name of ['sparekey.db', 'sparekey.db-wal']) {
    const bytes = await readFile(`${house.dataDir}/${name}`).catch(() => Buffer.alloc(0));
    for (const secret of [password, '7941357', '612345987'])
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});
