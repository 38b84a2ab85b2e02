import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import {
  answerQuestions,
  askPhoneCode,
  fiveAnswers,
  proveMail,
  provePhone,
  signIn,
  wordsOn,
} from '../helpers/journeys.ts';
import { openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';
import { allPaths, contentsOf, formPaths, htmxHeaders, isForAnybody } from './house-contents.ts';
import { RecordingBrowser } from './recording-browser.ts';

/** What people add to a form in the hope that it is taken over. */
const extras = {
  __proto__polluted: 'x',
  constructor: 'x',
  'constructor[prototype][polluted]': 'x',
  '__proto__[polluted]': 'x',
  prototype: 'x',
  toString: 'x',
  officePhone: '+31612340000',
  office_phone: '+31612340000',
  role: 'administrator',
  admin: 'true',
  groups: 'administrators',
  verified: 'true',
  provenAt: '1',
  proven_at: '1',
  provenMethods: '7',
  questionCount: '5',
  kind: 'office-phone',
  purpose: 'confirm-identity',
  sessionEpoch: '0',
  disabledAt: '',
  challengeId: 'x',
  destination: '+31612340000',
  consent: '{}',
  position: '5',
};

/** A form body with the extras, `__proto__` itself, and somebody else’s id. */
function stuffed(fields: Record<string, string>, personId: string): string {
  const all = { ...extras, personId, person_id: personId, id: personId, person: personId, ...fields };
  return `__proto__=polluted&${new URLSearchParams(all)}`;
}

async function personRow(house: TestHouse, personId: string) {
  return house.deps.db.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirstOrThrow();
}

test('S58 what a form does not ask for is ignored in every form, and nobody else is touched', async () => {
  const house = await openTestHouse();
  const { personId } = await house.addPerson('jan', {
    officePhone: { number: '+31207940000', extension: '12' },
  });
  const eva = await house.addPerson('eva', { officePhone: { number: '+31207940001', extension: null } });
  const [janBefore, evaBefore] = [await personRow(house, personId), await personRow(house, eva.personId)];
  const jan = await signIn(house, 'jan');

  await jan.open('/register/authentication-phone');
  await jan.post(
    '/register/authentication-phone',
    stuffed({ csrf: jan.csrf, number: '0612345678', channel: 'text' }, eva.personId),
  );
  expect(jan.path).toBe('/register/authentication-phone/code');
  const code = await house.codeFor('+31612345678');
  await jan.post('/register/authentication-phone/code', stuffed({ csrf: jan.csrf, code }, eva.personId));
  expect(jan.path).toBe('/register');
  await jan.open('/register/security-questions/1');
  const questionId = jan.document.querySelectorAll('option')[1]?.getAttribute('value') ?? '';
  const answer = { csrf: jan.csrf, questionId, answer: 'Appeltaart' };
  await jan.post('/register/security-questions/1', stuffed(answer, eva.personId));

  for (const path of formPaths.filter((one) => one !== '/sign-out')) {
    await jan.open('/register');
    await jan.post(path, stuffed({ csrf: jan.csrf }, eva.personId));
    expect(jan.status, path).toBe(200);
  }
  expect(await personRow(house, eva.personId)).toEqual(evaBefore);
  const after = await personRow(house, personId);
  for (const column of [
    'office_phone',
    'user_name',
    'display_name',
    'disabled_at',
    'appeared_at',
    'session_epoch',
  ] as const)
    expect(after[column], column).toEqual(janBefore[column]);
  const contents = await contentsOf(house);
  expect(contents.memberships).toEqual([]);
  for (const table of ['registrations', 'answers', 'challenges'])
    for (const row of contents[table] ?? []) expect(row, table).toMatchObject({ person_id: personId });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('S58 a kind, a channel or a question that is not offered is refused, and lists are no texts', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  for (const channel of ['__proto__', 'constructor', 'toString', 'mail', 'office-phone']) {
    await jan.open('/register/authentication-phone');
    await jan.post('/register/authentication-phone', { csrf: jan.csrf, number: '0612345678', channel });
    expect(jan.problems.length, channel).toBe(1);
  }
  for (const questionId of ['__proto__', 'constructor', 'toString', '1', "' or 1=1 --"]) {
    await jan.open('/register/security-questions/1');
    await jan.post('/register/security-questions/1', { csrf: jan.csrf, questionId, answer: 'Appeltaart' });
    expect(jan.problems, questionId).toEqual([wordsOn(jan).problems['question-unknown']]);
  }
  await jan.open('/register/authentication-phone');
  const twice = await jan.send('post', '/register/authentication-phone', {
    fields: `csrf=${jan.csrf}&number=0612345678&number=0612345679&channel=text`,
  });
  expect(twice.status).toBe(400);
  expect(await house.newMessages()).toEqual([]);
});

const injections = [
  "' OR '1'='1",
  "jan' --",
  "jan'; DROP TABLE people; --",
  'jan" OR ""="',
  "jan' UNION SELECT * FROM embedded_accounts --",
  'jan\\',
  'jan%',
  '_an',
  '*',
  'j*',
  'jan)(uid=*',
  '*)(|(userName=*',
  'jan\0',
  'jan\0eva',
  'jan\r\nDEL sparekey:session:*',
  'sparekey:session:*',
  'name:jan',
  'sign-in-lock:name:jan',
  'browser:jan:x',
  '../jan',
  'jan/../eva',
  '{"$gt":""}',
  '__proto__',
  'constructor',
  '[object Object]',
  '$(jan)',
];

test('S60 a user name is a name and nothing else, to the database, the limits and the sessions', async () => {
  const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
  await house.addPerson('jan');
  const before = await contentsOf(house);
  const { limits: _limits, audit: _audit, ...rest } = before;
  for (const [index, userName] of injections.entries()) {
    const browser = house.browser({ headers: { 'X-Forwarded-For': `192.0.2.${index}` } });
    await browser.open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf, userName, password });
    expect(browser.problems, userName).toEqual([wordsOf('nl').signIn.wrong]);
    expect(browser.cookies.has('session'), userName).toBe(false);
  }
  const { limits = [], audit: _events, ...after } = await contentsOf(house);
  expect(after).toEqual(rest);
  const name = house.deps.secrets.sealing.fingerprint('user-name', 'jan');
  const keys = limits.map((row) => JSON.stringify(row));
  expect(keys.filter((row) => row.includes(`:${name}"`) || row.includes(':jan'))).toEqual([]);
  for (const session of ['s:*', 's:../x', "s:' or 1=1 --", '%00', 's%3A*.x', `s:${'x'.repeat(4000)}`]) {
    const thief = house.browser({ headers: { Cookie: `session=${encodeURIComponent(session)}` } });
    expect((await thief.send('get', '/register')).get('Location'), session).toMatch(/^\/sign-in/);
  }
  await signIn(house, 'jan', house.browser({ headers: { 'X-Forwarded-For': '192.0.2.200' } }));
});

test('S64 no answer of any page holds a hash, a key, an id, a sealed value or a full number', async () => {
  const house = await openTestHouse();
  const { personId } = await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  const jan = new RecordingBrowser(house.url);
  await signIn(house, 'jan', jan);
  await provePhone(house, jan, { number: '+31612345678' });
  await proveMail(house, jan, 'jan.privé@example.com');
  await answerQuestions(house, jan, fiveAnswers);
  jan.responses.splice(0);
  for (const path of allPaths) {
    await jan.send('get', path);
    await jan.send('get', path, { headers: htmxHeaders('row-authentication-phone') });
    await jan.send('get', path, { headers: htmxHeaders('row-security-questions') });
  }
  await jan.open('/register');
  for (const path of formPaths.filter((one) => one !== '/sign-out'))
    await jan.send('post', path, { fields: { csrf: jan.csrf } });

  const contents = await contentsOf(house);
  const session = await sql<{ id: string; data: string }>`select id, data from sessions`.execute(
    house.deps.db,
  );
  const secrets = [
    personId,
    ...fiveAnswers,
    password,
    '612345678',
    'jan.privé@',
    'jan@example.org',
    ...session.rows.flatMap(({ id, data }) => [id, data]).filter((kept) => kept !== ''),
    ...[
      'registrations',
      'answers',
      'challenges',
      'embedded_accounts',
      'key_pairs',
      'audit',
      'messages',
      'meta',
    ]
      .flatMap((table) => contents[table] ?? [])
      .flatMap((row) => Object.entries(row ?? {}))
      .filter(([name, value]) => typeof value === 'string' && value.length > 15 && !isWord(name))
      .map(([, value]) => String(value)),
  ];
  expect(secrets.length).toBeGreaterThan(40);
  expect(jan.responses.length).toBeGreaterThan(80);
  for (const response of jan.responses) {
    const said = `${JSON.stringify({ ...response.headers, 'set-cookie': '' })}\n${response.text ?? ''}`;
    for (const secret of secrets)
      expect(said.includes(secret), `${response.text?.slice(0, 200)} holds ${secret}`).toBe(false);
    expect(said).not.toMatch(/\$argon2|session_epoch|password_hash|person_id/);
  }
});

/** Columns whose values are words of ours, which a page may say. */
function isWord(column: string): boolean {
  return [
    'method',
    'question_id',
    'event',
    'purpose',
    'name',
    'outcome',
    'channel',
    'state',
    'kind',
  ].includes(column);
}

/** Signs in with a one-time password; the browser ends on the page that asks for an own one. */
async function signInOnce(house: TestHouse, userName: string, firstPassword: string): Promise<Browser> {
  const browser = await house.browser().open('/sign-in');
  const { signIn: words } = wordsOn(browser);
  await browser.fill(words.userName, userName).fill(words.password, firstPassword).press(words.submit);
  expect(browser.path).toBe('/sign-in/new-password');
  return browser;
}

async function choosePassword(browser: Browser, own: string): Promise<Browser> {
  const { newPassword } = wordsOn(browser).signIn;
  await browser.open('/sign-in/new-password');
  return browser.fill(newPassword.label, own).fill(newPassword.repeat, own).press(newPassword.submit);
}

test('S66 until an own password is chosen nothing else can be reached, sent or counted', async () => {
  const house = await openTestHouse();
  const office = { number: '+31207940000', extension: null };
  const { firstPassword, personId } = await house.addPerson('jan', { oneTime: true, officePhone: office });
  const jan = await signInOnce(house, 'jan', firstPassword);
  const free = ['/sign-in/new-password', '/sign-out'];
  const { audit: _events, ...before } = await contentsOf(house);
  for (const path of allPaths.filter((one) => !free.includes(one) && !isForAnybody(one))) {
    for (const headers of [{}, htmxHeaders('row-authentication-phone')]) {
      const got = await jan.send('get', path, { headers });
      expect(['/sign-in/new-password', '/register'], path).toContain(got.get('Location'));
    }
    expect((await jan.open(path)).path, path).toBe('/sign-in/new-password');
  }
  const asking = formPaths.filter((one) => !free.includes(one) && one !== '/sign-in');
  for (const path of asking.filter((one) => !isForAnybody(one))) {
    const fields = {
      csrf: jan.csrf,
      number: '0612345678',
      channel: 'text',
      address: 'jan@example.com',
      code: '123456',
    };
    const posted = await jan.send('post', path, { fields });
    expect(posted.get('Location'), path).toBe('/sign-in/new-password');
  }
  expect(await house.newMessages()).toEqual([]);
  const { audit: _later, ...after } = await contentsOf(house);
  expect(after).toEqual(before);
  expect(await personRow(house, personId)).toMatchObject({ proven_methods: 0, first_asked_at: null });
});

test('S66 the first password works until an own one is chosen, and not once more', async () => {
  const house = await openTestHouse();
  const { firstPassword } = await house.addPerson('jan', { oneTime: true });
  const jan = await signInOnce(house, 'jan', firstPassword);
  await choosePassword(jan, firstPassword);
  expect(jan.problems).toEqual([wordsOn(jan).signIn.newPassword.same]);
  await choosePassword(jan, 'kort');
  expect(jan.problems).toEqual([wordsOn(jan).problems['password-too-short']]);
  await choosePassword(jan, 'paars nijlpaard fluit');
  expect(jan.path).toBe('/register');
  expect((await jan.open('/sign-in/new-password')).path).toBe('/register');

  const again = await house.browser().open('/sign-in');
  await again.post('/sign-in', { csrf: again.csrf, userName: 'jan', password: firstPassword });
  expect(again.problems).toEqual([wordsOn(again).signIn.wrong]);
  await again.post('/sign-in', { csrf: again.csrf, userName: 'jan', password: 'paars nijlpaard fluit' });
  expect(again.path).toBe('/register');
});

test('S66 who signed in with the first password earlier chooses nothing once the person has chosen', async () => {
  const house = await openTestHouse();
  const { firstPassword } = await house.addPerson('jan', { oneTime: true });
  const administrator = await signInOnce(house, 'jan', firstPassword);
  const jan = await signInOnce(house, 'jan', firstPassword);
  await choosePassword(jan, 'paars nijlpaard fluit');
  const own = 'gekozen door een ander';
  await administrator.post('/sign-in/new-password', { csrf: administrator.csrf, password: own, repeat: own });
  expect(administrator.path).toMatch(/^\/sign-in\?/);
  const check = (typed: string) => house.deps.directory.checkPassword('jan', typed);
  expect(await check(own)).toBe('wrong');
  expect(await check('paars nijlpaard fluit')).toBe('right');
});

test('S66 of two who choose at the same moment one wins, and the other is out', async () => {
  const house = await openTestHouse();
  const { firstPassword } = await house.addPerson('jan', { oneTime: true });
  const both = [await signInOnce(house, 'jan', firstPassword), await signInOnce(house, 'jan', firstPassword)];
  const chosen = ['paars nijlpaard fluit', 'groene olifant toetert'];
  await Promise.all(both.map((browser, index) => choosePassword(browser, chosen[index] ?? '')));
  const right = await Promise.all(chosen.map((one) => house.deps.directory.checkPassword('jan', one)));
  expect(right.toSorted()).toEqual(['right', 'wrong']);
  for (const [index, browser] of both.entries()) {
    const inside = (await browser.open('/register')).path === '/register';
    expect(inside, chosen[index]).toBe(right[index] === 'right');
  }
});

const server = new URL('../../dist/src/main.js', import.meta.url).pathname;

/** Starts the compiled server with this environment only; gives what it said, and its exit code once it has ended. */
async function runServer(env: Record<string, string>, until?: string) {
  const folder = env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'sparekey-')));
  if (env.DATA_DIR === undefined) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const child = spawn(process.execPath, [server], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
    if (until !== undefined && !child.killed && out.includes(until)) child.kill('SIGTERM');
  });
  const said = text(child.stderr);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, said: await said, dataDir: env.DATA_DIR ?? join(folder, 'data') };
}

const production = { NODE_ENV: 'production', LOG_LEVEL: 'warn' };
const fit = { ...production, BASE_URL: 'https://id.example.org', DELIVERY: 'live' };

test('S67 production refuses to start on anything unfit, names each reason and its mend, all at once', async () => {
  const bare = await runServer(production);
  expect(bare.code).toBe(1);
  expect(bare.out).toBe('');
  expect(bare.said).toContain('BASE_URL is not set: give the https address');
  expect(bare.said).toContain('BASE_URL is not https: put a proxy with TLS in front');
  expect(bare.said).toContain('DELIVERY is not live');
  expect(bare.said).not.toMatch(/ {4}at |node_modules/);

  const plain = await runServer({ ...fit, BASE_URL: 'http://id.example.org', DELIVERY: 'folder:out' });
  expect(plain.code).toBe(1);
  expect(plain.said).not.toContain('BASE_URL is not set');
  expect(plain.said).toContain('BASE_URL is not https');
  expect(plain.said).toContain('DELIVERY is not live');

  const garbled = await runServer({ ...fit, PORT: 'x', SPAREKEY_TYPO: '1', DELIVERY: 'pigeon' });
  expect(garbled.code).toBe(1);
  for (const name of ['PORT', 'SPAREKEY_TYPO', 'DELIVERY']) expect(garbled.said).toContain(`- ${name} `);
});

test('S67 production starts without people, prints no password, and stops cleanly', async () => {
  const started = await runServer(fit, 'Sparekey is at https://id.example.org/register');
  expect(started).toMatchObject({ code: 0, said: '' });
  expect(started.out).not.toMatch(/password|jan|zoe/i);
});

test('S67 what a trial left is refused in production, and its passwords are no two alike', async () => {
  const trial = await runServer({}, 'Sparekey is at');
  expect(trial.code, trial.said).toBe(0);
  const passwords = [...trial.out.matchAll(/^ {4}(jan|zoe|sam) +(\S+)$/gm)].map(([, , one = '']) => one);
  expect(passwords.length).toBe(3);
  expect(new Set(passwords).size).toBe(3);
  for (const one of passwords) expect(one.length).toBeGreaterThanOrEqual(12);

  const again = await runServer({ DATA_DIR: trial.dataDir }, 'Sparekey is at');
  for (const one of passwords) expect(again.out).not.toContain(one);

  const live = await runServer({ ...fit, DATA_DIR: trial.dataDir });
  expect(live.code).toBe(1);
  expect(live.said).toContain('holds the people of a trial: choose an empty DATA_DIR');

  await chmod(join(trial.dataDir, 'keys', 'ring.json'), 0o644);
  const open = await runServer({ ...fit, DATA_DIR: trial.dataDir });
  expect(open.code).toBe(1);
  expect(open.said).toMatch(/ring\.json/);
});

test('S67 a new house knows no name and no password that anybody could guess', async () => {
  const house = await openTestHouse();
  for (const [userName, guess] of [
    ['admin', 'admin'],
    ['administrator', 'password'],
    ['root', 'root'],
    ['sparekey', 'sparekey'],
    ['test', 'test'],
    ['jan', 'jan'],
  ] as const) {
    const browser = await house.browser().open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf, userName, password: guess });
    expect(browser.problems, userName).toEqual([wordsOn(browser).signIn.wrong]);
  }
  const { people = [], embedded_accounts: accounts = [] } = await contentsOf(house);
  expect([...people, ...accounts]).toEqual([]);
});

/** Posts an answer to the step, as a browser of this person does. */
async function answerStep(
  browser: Browser,
  place: number,
  typed: { choice: number; answer: string },
): Promise<Browser> {
  await browser.open(`/register/security-questions/${place}`);
  const questionId = browser.document.querySelectorAll('option')[typed.choice]?.getAttribute('value') ?? '';
  return browser.post(`/register/security-questions/${place}`, {
    csrf: browser.csrf,
    questionId,
    answer: typed.answer,
  });
}

test('S69 two answers that differ in case, width or spaces only are one, and are kept as slow hashes', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  await answerStep(jan, 1, { choice: 1, answer: '  Straße   de l’Été ' });
  expect(jan.path).toBe('/register/security-questions/2');
  for (const answer of [
    'STRASSE DE L’ÉTÉ',
    "strasse\u00a0de\tl'e\u0301te\u0301",
    'ｓｔｒａｓｓｅ de l’été',
    'straße de l\u2019été',
  ]) {
    await answerStep(jan, 2, { choice: 1, answer });
    expect(jan.problems, answer).toEqual([wordsOn(jan).problems['answer-taken']]);
  }
  await answerStep(jan, 2, { choice: 1, answer: 'strase de l’ete' });
  expect(jan.path).toBe('/register/security-questions/3');
  const rows = await house.deps.db.selectFrom('answers').selectAll().execute();
  expect(rows.length).toBe(2);
  for (const { hash, sealed } of rows) {
    expect(hash).toMatch(/^[\w-]+\.\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
    const bare = hash.slice(hash.indexOf('$'));
    expect(await house.deps.secrets.hashing.verifyPassword(bare, "strasse de l'été")).toBe(false);
    expect(`${hash}${sealed}`).not.toMatch(/stra/i);
  }
});

test('S69 an answer that is too long is refused before anything is hashed, a huge one before it is read', async () => {
  const house = await openTestHouse({
    env: { SPAREKEY_HASHING_WORKERS: '1', SPAREKEY_HASHING_WAITING: '1' },
  });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const { hashing } = house.deps.secrets;
  const full = { still: true };
  const fill = async () => {
    while (full.still) await hashing.verifyNothing('whatever');
  };
  const fillers = [fill(), fill()];
  const { problems } = wordsOn(jan);
  for (const answer of [
    'x'.repeat(41),
    'ab'.repeat(40),
    `a${'\u0301'.repeat(300)}`,
    '﷽'.repeat(200),
    'ab '.repeat(4000),
  ]) {
    await answerStep(jan, 1, { choice: 1, answer });
    expect(jan.problems, `${answer.length} characters`).toEqual([problems['answer-too-long']]);
  }
  const questionId = jan.document.querySelectorAll('option')[1]?.getAttribute('value') ?? '';
  const busy = await jan.send('post', '/register/security-questions/1', {
    fields: { csrf: jan.csrf, questionId, answer: 'Appeltaart' },
  });
  expect(busy.status).toBe(503);
  for (const size of [100_000, 1_000_000]) {
    const huge = await jan.send('post', '/register/security-questions/1', {
      fields: { csrf: jan.csrf, questionId, answer: 'x'.repeat(size) },
    });
    expect(huge.status, `${size}`).toBe(413);
  }
  full.still = false;
  await Promise.all(fillers);
  expect(await house.deps.db.selectFrom('answers').selectAll().execute()).toEqual([]);
});

test('S61 S64 another person’s steps, messages and challenges are not there', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  await house.addPerson('eva');
  const [jan, eva] = [await signIn(house, 'jan'), await signIn(house, 'eva')];
  await askPhoneCode(jan, '+31612345678');
  const code = await house.codeFor('+31612345678');
  await eva.open('/register/authentication-phone/code');
  expect(eva.path).toBe('/register/authentication-phone');
  await eva.post('/register/authentication-phone/code', { csrf: eva.csrf, code });
  expect((await eva.open('/register')).row(wordsOn(eva).methods.names['authentication-phone'])).not.toContain(
    '78',
  );
  expect(eva.html).not.toContain('78');
});
