import { once } from 'node:events';
import { connect } from 'node:net';
import { parseHTML } from 'linkedom';
import type { Response } from 'supertest';
import { expect, test } from 'vitest';
import { addQuestion } from '../../src/questions/questions.ts';
import { wordsOf } from '../../src/words/words.ts';
import { Browser } from '../helpers/browser.ts';
import { askMailCode, proveMail, provePhone, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { minute, openTestHouse, password, second, type TestHouse } from '../helpers/test-house.ts';
import { allPaths, contentsOf, formPaths, htmxHeaders } from './house-contents.ts';
import { headerOf, sendRaw } from './raw.ts';

/** A browser of somebody who stole these cookies. */
function thiefWith(house: TestHouse, cookies: Iterable<[string, string]>): Browser {
  const thief = house.browser();
  for (const [name, value] of cookies) thief.cookies.set(name, value);
  return thief;
}

function sessionOf(browser: Browser): string {
  return browser.cookies.get('session') ?? '';
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.open('/register')).path !== '/sign-in?return=%2Fregister';
}

test('S51 a session id planted before signing in, by cookie or by address, is worth nothing afterwards', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  await house.addPerson('eva');
  const eva = await signIn(house, 'eva');
  const planted = sessionOf(eva);

  const jan = thiefWith(house, eva.cookies);
  await jan.open('/register');
  await jan.press(wordsOn(jan).common.signOut);
  jan.cookies.set('session', planted);
  await signIn(house, 'jan', jan);
  expect(sessionOf(jan)).not.toBe(planted);
  expect(await isSignedIn(thiefWith(house, [['session', planted]]))).toBe(false);

  for (const madeUp of [
    's:abcdefghijklmnopqrstuvwxyz012345.signature',
    'abc',
    's:abc',
    'j:{"personId":"x"}',
  ]) {
    const victim = thiefWith(house, [['session', encodeURIComponent(madeUp)]]);
    await signIn(house, 'eva', victim);
    expect(sessionOf(victim)).not.toContain('abc');
  }
  const id = sessionOf(jan);
  for (const path of [`/register?session=${id}`, `/register?sid=${id}`, `/register;session=${id}`])
    expect((await house.browser().send('get', path)).text, path).not.toContain('jan');
});

test('S51 somebody who signs in over a live session of another gets a new id and nothing of the other', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  await house.addPerson('eva');
  const shared = await signIn(house, 'eva');
  const evaSession = sessionOf(shared);
  await shared.open('/register');
  await shared.post('/sign-in', { csrf: shared.csrf, userName: 'jan', password });
  expect(sessionOf(shared)).not.toBe(evaSession);
  expect((await shared.open('/register')).text).toContain(wordsOn(shared).register.greeting('jan'));
  expect(await isSignedIn(thiefWith(house, [['session', evaSession]]))).toBe(false);
});

test('S51 the session id is new after every gained right, and the old one is dead', async () => {
  const house = await openTestHouse();
  const { firstPassword } = await house.addPerson('jan', { oneTime: true });
  const jan = await house.browser().open('/sign-in');
  const ids = [sessionOf(jan)];
  const step = async () => {
    ids.push(sessionOf(jan));
    expect(new Set(ids).size, 'ids so far').toBe(ids.length);
    const [old = ''] = ids.slice(-2);
    expect(await isSignedIn(thiefWith(house, [['session', old]]))).toBe(false);
  };
  const { signIn: words, register } = wordsOn(jan);
  await jan.fill(words.userName, 'jan').fill(words.password, firstPassword).press(words.submit);
  await step();
  const own = 'paars nijlpaard fluit';
  await jan.fill(words.newPassword.label, own).fill(words.newPassword.repeat, own);
  await jan.press(words.newPassword.submit);
  expect(jan.path).toBe('/register');
  await step();

  await provePhone(house, jan, { number: '+31612345678' });
  await proveMail(house, jan, 'jan@example.com');
  for (let waited = 0; waited < 40; waited += 10) {
    house.wait(10 * minute);
    await jan.open('/register');
  }
  await jan.open('/register/authentication-phone');
  expect(jan.path).toBe('/register/confirm-identity');
  await jan.fill(register.identity.password, own).press(register.identity.passwordSubmit);
  await step();
  const choice = [...jan.document.querySelectorAll('label')].find((one) => one.textContent?.includes('78'));
  await jan.fill(choice?.textContent?.trim() ?? '').press(register.identity.chooseSubmit);
  await typeCode(jan, await house.codeFor('+31612345678'));
  expect(jan.path).toBe('/register/authentication-phone');
  await step();
});

test('S51 signing in gives a new visit cookie, so that a planted one cannot forge a form afterwards', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const thief = await house.browser().open('/sign-in');
  const jan = thiefWith(house, thief.cookies);
  await signIn(house, 'jan', jan);
  expect(jan.cookies.get('visit')).not.toBe(thief.cookies.get('visit'));
  expect((await jan.send('post', '/sign-out', { fields: { csrf: thief.csrf } })).status).toBe(403);
});

test('S51 signing out ends the session itself, also for a request that is still under way', async () => {
  const house = await openTestHouse({
    env: { SPAREKEY_HASHING_WORKERS: '1', SPAREKEY_HASHING_WAITING: '50' },
  });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const stolen = thiefWith(house, jan.cookies);
  await stolen.open('/register/security-questions/1');
  const questionId = stolen.document.querySelectorAll('option')[1]?.getAttribute('value') ?? '';
  const { hashing } = house.deps.secrets;
  const before = Array.from({ length: 40 }, () => hashing.verifyNothing('whatever'));
  const slow = stolen.send('post', '/register/security-questions/1', {
    fields: { csrf: stolen.csrf, questionId, answer: 'Appeltaart' },
  });
  await Promise.all(before.slice(0, 5));
  await jan.open('/register');
  await jan.press(wordsOn(jan).common.signOut);
  expect(jan.path).toBe('/sign-out');
  expect(hashing.waiting(), 'the slow request is still under way').toBeGreaterThan(0);
  await Promise.all([...before, slow]);
  expect(await isSignedIn(stolen)).toBe(false);
});

const elsewhere = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'https://evil.example',
  'HTTPS://evil.example',
  'http:/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '.evil.example',
  '/.//evil.example',
  '/register/..//evil.example',
  '/%2e%2e//evil.example',
  '/%2f/evil.example',
  '/%5cevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  ' //evil.example',
  '/\u2028/evil.example',
  `/${'x'.repeat(600)}`,
  '',
];

test('S53 a return path that leads elsewhere is not followed, signed out or signed in', async () => {
  const house = await openTestHouse({ policy: { registrationRequired: false }, env: { TRUST_PROXY: '1' } });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  for (const path of elsewhere) {
    const asked = await jan.send('get', `/sign-in?return=${encodeURIComponent(path)}`);
    expect(asked.get('Location'), path).toBe('/register');
  }
  for (const [index, path] of elsewhere.entries()) {
    const browser = house.browser({ headers: { 'X-Forwarded-For': `192.0.2.${index}` } });
    await browser.open(`/sign-in?return=${encodeURIComponent(path)}`);
    expect(browser.document.querySelector('[name=return]')?.getAttribute('value'), path).toBe('');
    const fields = { csrf: browser.csrf, userName: 'jan', password, return: path };
    const answer = await browser.send('post', '/sign-in', { fields });
    expect(answer.get('Location'), path).toBe('/register');
  }
  const twice = await jan.send('get', '/sign-in?return=/register/finished&return=//evil.example');
  expect(twice.get('Location')).toBe('/register');
  const own = await jan.send('get', '/sign-in?return=%2Fregister%2Ffinished%3Fa%3D1');
  expect(own.get('Location')).toBe('/register/finished?a=1');
});

test('S53 no link of a page that is not there leads elsewhere', async () => {
  const house = await openTestHouse();
  for (const path of ['//evil.example/x', '/\\evil.example', '///evil.example', '//evil.example/register']) {
    const answer = await sendRaw(house.url, [`GET ${path} HTTP/1.1`, 'Host: localhost']);
    expect(answer.status, path).toBe(404);
    expect(answer.body, path).not.toMatch(/(href|action|src)="[^"]*evil/);
  }
});

const corpus = [
  '<script>alert(1)</script>',
  '"><script src=//evil.example/x></script>',
  "'><img src=x onerror=alert(1)>",
  '" autofocus onfocus=alert(1) x="',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '</textarea></select></option><svg/onload=alert(1)>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action=//evil.example><button>Sign in</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<base href="//evil.example/">',
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  '<div hx-get="//evil.example" hx-trigger="load">x</div>',
  '<hx-partial hx-target="#main">x</hx-partial>',
  '<%= process.env.PATH %><%~ it.csrf %>',
  '{{constructor.constructor("alert(1)")()}}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<!--><img src=x onerror=alert(1)>-->',
];

const ownElements = new Set(
  'html head meta title link script body a header p form input button main div h1 h2 footer section strong ul ol li label select option fieldset legend hx-partial'.split(
    ' ',
  ),
);

/** What was typed or configured is on the page as text, and made no element and no attribute. */
function expectText(html: string, payload: string, where: string): void {
  const page = parseHTML(
    html.startsWith('<!doctype') ? html : `<!doctype html><html><body>${html}</body></html>`,
  );
  const what = `${where}: ${payload}`;
  if (/[<>"']/.test(payload)) expect(html, what).not.toContain(payload);
  for (const element of page.document.querySelectorAll('*')) {
    expect(ownElements.has(element.localName), `${what}: <${element.localName}>`).toBe(true);
    for (const { name, value } of element.attributes) {
      expect(name, what).not.toMatch(/^on|^srcdoc|^style|^xlink/);
      if (['src', 'href', 'action', 'hx-get', 'hx-post'].includes(name))
        expect(value, what).toMatch(/^(\/(?!\/)|#)/);
    }
    if (element.localName === 'script') expect(element.textContent, what).toBe('');
  }
  const shown = [
    page.document.documentElement.textContent ?? '',
    ...[...page.document.querySelectorAll('input')].map((input) => input.getAttribute('value') ?? ''),
  ];
  expect(
    shown.some((text) => text.includes(payload)),
    `${what} is shown as text`,
  ).toBe(true);
}

test('S55 names and texts that administrators give stay text on every page and in every part', async () => {
  const house = await openTestHouse();
  for (const [index, payload] of corpus.entries()) {
    await house.setPolicy({ organisationName: `Org ${payload}`.slice(0, 100) });
    await house.addPerson(`p${index}`, { displayName: payload });
    await addQuestion(house.deps.db, house.clock.now, { id: `q${index}`, nl: payload, en: null });
    const browser = await signIn(house, `p${index}`);
    expectText((await browser.open('/register')).html, payload, 'display name');
    await browser.open('/register/security-questions/1');
    expectText(browser.html, payload, 'question');
    const part = await browser.send('get', '/register/security-questions/1', {
      headers: htmxHeaders('row-security-questions'),
    });
    expect(part.text).not.toContain('<html');
    expectText(part.text, payload, 'question in its row');
  }
});

test('S55 a help contact is an address that does nothing but lead there', async () => {
  const house = await openTestHouse();
  for (const helpContact of [
    'javascript:alert(1)',
    'https:evil',
    'http://example.org',
    'mailto:a@example.org,evil@example.com',
    'data:text/html,<script>alert(1)</script>',
    'https://example.org/\nx',
  ])
    await expect(house.setPolicy({ helpContact }), helpContact).rejects.toThrow();
  const quoted = 'https://example.org/"onmouseover="alert(1)';
  await house.setPolicy({ helpContact: quoted });
  const { html, document } = await house.browser().open('/sign-in');
  expect(html).not.toContain(quoted);
  const link = document.querySelector('footer a');
  expect(link?.getAttribute('href')).toBe(quoted);
  expect([...(link?.attributes ?? [])].map(({ name }) => name)).toEqual(['href']);
});

test('S55 whatever is typed into any field comes back as text, in pages and in parts', async () => {
  const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const rows: [string, string, string][] = [
    ['/register/authentication-phone', 'number', 'row-authentication-phone'],
    ['/register/authentication-email', 'address', 'row-authentication-email'],
  ];
  for (const [index, payload] of corpus.entries()) {
    for (const [path, field, row] of rows) {
      await jan.open(path);
      const fields = { csrf: jan.csrf, [field]: payload, channel: payload };
      expectText((await jan.post(path, fields)).html, payload, `${path} ${field}`);
      expect(jan.problems.length, payload).toBeGreaterThan(0);
      const part = await jan.send('post', path, {
        fields: { ...fields, csrf: jan.csrf },
        headers: htmxHeaders(row),
      });
      expect(part.status, `${path} ${payload}`).toBe(422);
      expectText(part.text, payload, `${path} ${field} in its row`);
    }
    const stranger = house.browser({ headers: { 'X-Forwarded-For': `192.0.2.${index}` } });
    await stranger.open('/sign-in');
    await stranger.post('/sign-in', { csrf: stranger.csrf, userName: payload, password: payload });
    expectText(stranger.html, payload, 'user name');
  }
});

test('S55 what is posted to a field that a form does not have, or keeps secret, never comes back', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const names = [
    'userName',
    'code',
    'answer',
    'answers',
    'method',
    'return',
    'password',
    'repeat',
    'questionId',
  ];
  for (const payload of corpus.slice(0, 4)) {
    for (const path of formPaths.filter((one) => one !== '/sign-out')) {
      await jan.open('/register');
      const typed = Object.fromEntries(names.map((name) => [name, payload]));
      const answer = await jan.send('post', path, { fields: { ...typed, csrf: jan.csrf } });
      const shown = await jan.send('get', answer.get('Location') ?? '/register');
      expect(shown.text ?? '', `${path}: ${payload}`).not.toContain(payload);
    }
  }
});

test('S55 an address or query that holds markup is never printed as such', async () => {
  const house = await openTestHouse();
  for (const payload of corpus) {
    const browser = house.browser();
    const there = `${encodeURI(payload)}?lang=${encodeURIComponent(payload)}&${encodeURIComponent(payload)}=${encodeURIComponent(payload)}`;
    const missing = await browser.send('get', `/${there.replaceAll('#', '%23')}`);
    expect(missing.text, payload).not.toContain(payload);
    const query = `return=${encodeURIComponent(payload)}&lang=${encodeURIComponent(payload)}`;
    expect((await browser.send('get', `/sign-in?${query}`)).text, payload).not.toContain(payload);
  }
});

/** Paths that some server or proxy takes for `/register`, and what else people try to get past a guard. */
const confusing = [
  '//register',
  '///register',
  '/./register',
  '/x/../register',
  '/register/',
  '/register//',
  '/register/.',
  '/register;x',
  '/register;/x',
  '/register%2f',
  '/%2fregister',
  '/%2Fregister',
  '/%72egister',
  '/%2572egister',
  '/register%00',
  '/register%20',
  '/register%3f',
  '/register.html',
  '/register.json',
  '/REGISTER',
  '/Register',
  '/register/authentication-phone/',
  '/register//authentication-phone',
  '/register/authentication-phone%2fcode',
  '/register/Authentication-Phone',
  '/sign-in/../register',
  '/sign-in/..%2fregister',
  '/sign-out/../register',
  '/main.css/../register',
  '/healthz/../register',
  '/register\\authentication-phone',
  '*',
];

test('S56 a path written otherwise is no page, or meets the same guard', async () => {
  const house = await openTestHouse();
  const { firstPassword } = await house.addPerson('new', { oneTime: true, displayName: 'Guarded Name' });
  await house.addPerson('jan');
  const half = await house.browser().open('/sign-in');
  await half.post('/sign-in', { csrf: half.csrf, userName: 'new', password: firstPassword });
  expect(half.path).toBe('/sign-in/new-password');
  const cookie = [...half.cookies].map((pair) => pair.join('=')).join('; ');
  const before = await contentsOf(house);
  for (const path of confusing) {
    for (const headers of [[], [`Cookie: ${cookie}`]]) {
      const got = await sendRaw(house.url, [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers]);
      expect([303, 400, 404], `GET ${path}`).toContain(got.status);
      if (got.status === 303) expect(headerOf(got, 'Location'), path).toMatch(/^\/sign-in/);
      expect(got.body, path).not.toContain('Guarded Name');
      const form = ['Host: localhost', 'Content-Type: application/x-www-form-urlencoded', ...headers];
      const body = new URLSearchParams({ csrf: half.csrf, number: '0612345678', channel: 'text' }).toString();
      const posted = await sendRaw(house.url, [`POST ${path} HTTP/1.1`, ...form], body);
      expect([303, 400, 403, 404], `POST ${path}`).toContain(posted.status);
      if (posted.status === 303) expect(headerOf(posted, 'Location'), path).toMatch(/^\/sign-in/);
    }
  }
  expect(await contentsOf(house)).toEqual(before);
});

test('S56 no header and no field turns one method into another, or one path into another', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const before = await contentsOf(house);
  const { csrf } = await jan.open('/register/authentication-phone');
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const fields = { csrf: 'wrong', _method: 'GET', number: '0612345678', channel: 'text' };
    const posted = await jan.send('post', '/register/authentication-phone?_method=GET', {
      fields,
      headers: { [name]: 'GET' },
    });
    expect(posted.status, name).toBe(403);
    const query = new URLSearchParams({ ...fields, csrf, _method: 'POST' });
    await jan.send('get', `/register/authentication-phone?${query}`, { headers: { [name]: 'POST' } });
  }
  for (const name of [
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-Forwarded-Path',
    'X-Forwarded-Prefix',
    'X-Original-URI',
  ]) {
    const answer = await house.browser().send('get', '/healthz', { headers: { [name]: '/register' } });
    expect(answer.text, name).toBe('ok');
    const page = await house.browser().send('get', '/register', { headers: { [name]: '/sign-in' } });
    expect(page.status, name).toBe(303);
  }
  expect(await contentsOf(house)).toEqual(before);
});

test('S56 what stands in the place of a number opens no other step', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  for (const place of [
    '0',
    '2',
    '6',
    '-1',
    '1.5',
    '1e9',
    'Infinity',
    'NaN',
    '%00',
    '__proto__',
    'constructor',
    '１',
  ]) {
    const answer = await jan.send('get', `/register/security-questions/${encodeURI(place)}`);
    expect(answer.get('Location'), place).toBe('/register/security-questions');
  }
});

test('S26 a form far too long to keep is refused in words all the same', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const stranger = await house.browser().open('/sign-in');
  await stranger.post('/sign-in', { csrf: stranger.csrf, userName: 'x'.repeat(9000), password });
  expect(stranger.problems).toEqual([wordsOf('nl').problems['user-name-too-long']]);
});

/** Two hundred sign-ins at once: so many people, each from so many networks of their own. */
async function rush(house: TestHouse, people: number, each: number) {
  const visitor = await house.browser().open('/sign-in');
  const tries = Array.from({ length: people * each }, (_, index) => {
    const userName = `person${index % people}`;
    const right = index % people < people / 2;
    const from = `198.51.${Math.floor(index / 250)}.${index % 250}`;
    return { userName, right, from };
  });
  return Promise.all(
    tries.map(async (one) => {
      const browser = new Browser(house.url, { headers: { 'X-Forwarded-For': one.from } });
      browser.cookies.set('visit', visitor.cookies.get('visit') ?? '');
      const fields = {
        csrf: visitor.csrf,
        userName: one.userName,
        password: one.right ? password : 'not it',
      };
      return { ...one, browser, answer: await browser.send('post', '/sign-in', { fields }) };
    }),
  );
}

function outcomeOf({ status, headers }: Response): 'in' | 'refused' | 'busy' {
  if (status === 503) return 'busy';
  expect(status).toBe(303);
  return headers.location === '/sign-in' ? 'refused' : 'in';
}

test('S70 of 200 sign-ins at once the surplus is told to come back, none is judged wrongly, and pages still answer', async () => {
  const house = await openTestHouse({
    env: { TRUST_PROXY: '1', SPAREKEY_HASHING_WORKERS: '2', SPAREKEY_HASHING_WAITING: '8' },
  });
  const people = 25;
  for (let index = 0; index < people; index += 1) await house.addPerson(`person${index}`);
  const rushing = rush(house, people, 8);
  const meanwhile = await Promise.all(
    Array.from({ length: 10 }, () => house.browser().send('get', '/sign-in')),
  );
  for (const { status } of meanwhile) expect(status).toBe(200);
  const done = await rushing;

  const outcomes = done.map((one) => ({ ...one, outcome: outcomeOf(one.answer) }));
  for (const { right, outcome } of outcomes)
    expect(right ? ['in', 'busy'] : ['refused', 'busy']).toContain(outcome);
  const busy = outcomes.filter(({ outcome }) => outcome === 'busy');
  expect(busy.length).toBeGreaterThan(20);
  expect(outcomes.length - busy.length).toBeGreaterThanOrEqual(10);
  for (const { answer } of busy) {
    expect(Number(answer.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    expect(answer.text).toContain(wordsOf('nl').common.errors.busy.heading);
    expect(answer.get('Set-Cookie') ?? []).not.toContainEqual(expect.stringMatching(/^session=/));
  }

  const limits = await house.deps.db.selectFrom('limits').select(['key', 'state']).execute();
  for (let index = 0; index < people; index += 1) {
    const own = outcomes.filter(({ userName }) => userName === `person${index}`);
    const wrong = own.filter(({ outcome }) => outcome === 'refused').length;
    const name = house.deps.secrets.sealing.fingerprint('user-name', `person${index}`);
    const lock = limits.find(({ key }) => key === `sign-in-lock:name:${name}`);
    const counted: unknown = lock ? JSON.parse(lock.state) : { failures: 0, until: 0 };
    expect(counted, `failures of person${index}`).toMatchObject({ failures: wrong });
  }
  const networks = limits.filter(
    ({ key, state }) => key.startsWith('wrong-passwords-address:') && state !== '[]',
  );
  expect(networks.length).toBe(outcomes.filter(({ outcome }) => outcome === 'refused').length);
});

test('S70 a try refused as busy counts for nothing, and lifts no lock that stands', async () => {
  const house = await openTestHouse({
    env: { SPAREKEY_HASHING_WORKERS: '1', SPAREKEY_HASHING_WAITING: '1' },
  });
  await house.addPerson('jan');
  const jan = await house.browser().open('/sign-in');
  const attempt = async (typed: string) =>
    jan.send('post', '/sign-in', { fields: { csrf: jan.csrf, userName: 'jan', password: typed } });
  for (let tries = 0; tries < 9; tries += 1) expect((await attempt('wrong')).status).toBe(303);

  const { hashing } = house.deps.secrets;
  const full = { still: true };
  const fill = async () => {
    while (full.still) await hashing.verifyNothing('whatever');
  };
  const fillers = [fill(), fill()];
  for (let tries = 0; tries < 12; tries += 1) expect((await attempt(password)).status).toBe(503);
  full.still = false;
  await Promise.all(fillers);

  expect((await attempt('wrong')).get('Location')).toBe('/sign-in');
  expect((await attempt(password)).get('Location')).toBe('/sign-in');
  await jan.open('/sign-in');
  expect(jan.problems[0]).toContain('60');
  house.wait(60 * second);
  full.still = true;
  const again = [fill(), fill()];
  expect((await attempt(password)).status).toBe(503);
  full.still = false;
  await Promise.all(again);
  expect((await attempt(password)).get('Location')).toBe('/register');
});

test('S65 every step that changes something asks who it is, of a stolen session and of a stolen password', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: null } });
  const jan = await signIn(house, 'jan');
  await provePhone(house, jan, { number: '+31612345678' });
  await proveMail(house, jan, 'jan@example.com');
  const steps = allPaths.filter((path) => /^\/register.*-(phone|email|questions)(\/remove|\/1)?$/.test(path));
  expect(steps.length).toBeGreaterThanOrEqual(8);
  await house.newMessages();
  const before = (await contentsOf(house)).registrations;
  // The codes just typed stand for half an hour; a session stolen later holds nothing any more.
  for (let passed = 0; passed < 3; passed += 1) {
    house.wait(10 * minute);
    await jan.open('/register');
  }

  const thieves = [thiefWith(house, jan.cookies), await signIn(house, 'jan')];
  for (const thief of thieves) {
    for (const path of steps) {
      await thief.open('/register');
      const fields = {
        csrf: thief.csrf,
        number: '0687654321',
        channel: 'text',
        address: 'thief@example.com',
      };
      const posted = await thief.send('post', path, { fields });
      if (posted.status === 303 && posted.get('Location') === '/register') continue;
      if (formPaths.includes(path) && path !== '/register/security-questions/1')
        expect(posted.get('Location'), `POST ${path}`).toBe('/register/confirm-identity');
      await thief.open(path);
      expect(['/register', '/register/confirm-identity'], `GET ${path}`).toContain(thief.path);
    }
    await thief.post('/register/confirm-identity/code', { csrf: thief.csrf, code: '123456' });
    expect((await thief.open('/register/authentication-phone')).path).toBe('/register/confirm-identity');
  }
  const questions = { questionId: 'first-teacher', answer: 'Appeltaart' };
  for (const thief of thieves) {
    await thief.open('/register');
    await thief.post('/register/security-questions/1', { csrf: thief.csrf, ...questions });
  }
  expect(await house.newMessages()).toEqual([]);
  expect((await contentsOf(house)).registrations).toEqual(before);
  expect((await contentsOf(house)).answers).toEqual([]);
});

test('S65 password and code together stand for 30 minutes, not a moment longer', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  await provePhone(house, jan, { number: '+31612345678' });
  await proveMail(house, jan, 'jan@example.com');
  const idle = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 10 * minute) {
      house.wait(Math.min(left, 10 * minute));
      await jan.open('/register');
    }
  };
  await idle(30 * minute);
  const { identity } = wordsOn(jan).register;
  await jan.open('/register/authentication-email');
  expect(jan.text).toContain(identity.password);
  await jan.fill(identity.password, 'not the password').press(identity.passwordSubmit);
  expect(jan.problems.length).toBe(1);
  await jan.fill(identity.password, password).press(identity.passwordSubmit);
  const method = 'authentication-phone';
  await jan.post('/register/confirm-identity', { csrf: jan.csrf, method });
  await typeCode(jan, await house.codeFor('+31612345678'));
  expect(jan.path).toBe('/register/authentication-email');
  await idle(30 * minute - second);
  expect((await jan.open('/register/authentication-email')).path).toBe('/register/authentication-email');
  await askMailCode(jan, 'jan@example.net');
  expect(jan.path).toBe('/register/authentication-email/code');
  const code = await house.codeFor('jan@example.net');
  await idle(second);
  expect((await jan.open('/register/authentication-email')).path).toBe('/register/confirm-identity');
  await jan.open('/register/authentication-email/code');
  await jan.post('/register/authentication-email/code', { csrf: jan.csrf, code });
  expect(jan.path).toBe('/register/confirm-identity');
  expect((await jan.open('/register')).row(wordsOn(jan).methods.names['authentication-email'])).not.toContain(
    'example.net',
  );
});

test('a request that breaks off while a file is on its way is no fault of the house', async () => {
  const house = await openTestHouse();
  const { port } = new URL(house.url);
  const broken = 'GET /htmx.js HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 7\r\n\r\n';
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      socket.end(broken);
      await once(socket.resume(), 'close');
    }),
  );
  expect(house.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  expect((await fetch(`${house.url}/htmx.js`)).status).toBe(200);
});
