import { expect, test } from 'vitest';
import { pages } from '../../src/web-app.ts';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';
import { allPaths, contentsOf, formPaths, htmxHeaders } from './house-contents.ts';

/** A house with somebody halfway: a phone proven, an address filled in, a challenge open. */
async function openBusyHouse(env: Record<string, string> = {}): Promise<{ house: TestHouse; jan: Browser }> {
  const house = await openTestHouse({ env });
  await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: '12' } });
  const jan = await signIn(house, 'jan');
  await provePhone(house, jan, { number: '+31612345678' });
  await jan.open('/register/authentication-email');
  await jan.fill(wordsOn(jan).register.email.address, 'jan@example.com');
  await jan.press(wordsOn(jan).register.email.submit);
  await jan.open('/register');
  // What is on its way arrives now, not between two looks at the database.
  await house.newMessages();
  return { house, jan };
}

/** What forms would really send, so that only the CSRF check stands between them and an effect. */
const filled = {
  userName: 'jan',
  password,
  number: '+31612345679',
  channel: 'text',
  address: 'thief@example.com',
  code: '123456',
  method: 'authentication-phone',
  questionId: 'first-teacher',
  answer: 'Appeltaart',
};

test('S52 every form refuses a missing, foreign or forged token and a request from elsewhere', async () => {
  const { house, jan } = await openBusyHouse({ BASE_URL: 'https://id.example.org' });
  const other = await house.browser().open('/sign-in');
  const stranger = await house.browser().open('/sign-in');
  const own = jan.csrf;
  const forgeries: [string, Record<string, string>, Record<string, string>][] = [
    ['no token', {}, {}],
    ['an empty token', { csrf: '' }, {}],
    ['a made-up token', { csrf: '1.abc.def' }, {}],
    ['the visit cookie itself as token', { csrf: jan.cookies.get('__Host-visit') ?? '' }, {}],
    ['a token of another browser', { csrf: other.csrf }, {}],
    ['a token in another case', { csrf: own.toUpperCase() }, {}],
    ['another origin', { csrf: own }, { Origin: 'https://evil.example' }],
    ['the origin without TLS', { csrf: own }, { Origin: 'http://id.example.org' }],
    ['an origin that begins the same', { csrf: own }, { Origin: 'https://id.example.org.evil.example' }],
    ['an opaque origin', { csrf: own }, { Origin: 'null' }],
    ['an origin that names the Host', { csrf: own }, { Origin: house.url }],
    ['a cross-site request', { csrf: own }, { 'Sec-Fetch-Site': 'cross-site' }],
    ['a same-site request', { csrf: own }, { 'Sec-Fetch-Site': 'same-site' }],
  ];
  const before = await contentsOf(house);
  expect(formPaths.length).toBeGreaterThan(20);
  for (const path of formPaths) {
    for (const [what, fields, headers] of forgeries) {
      for (const extra of [{}, htmxHeaders('row-authentication-phone')]) {
        const answer = await jan.send('post', path, {
          fields: { ...filled, ...fields },
          headers: { ...headers, ...extra },
        });
        expect(answer.status, `${path} with ${what}`).toBe(403);
      }
    }
    const signedOut = await stranger.send('post', path, { fields: { ...filled, csrf: own } });
    expect(signedOut.status, `${path}, signed out with somebody’s token`).toBe(403);
  }
  expect(await contentsOf(house)).toEqual(before);
  await jan.open('/register');
  expect(jan.path).toBe('/register');
});

test('S52 with its own token, from its own origin, every form is read', async () => {
  const { jan } = await openBusyHouse({ BASE_URL: 'https://id.example.org' });
  const headers = { Origin: 'https://id.example.org', 'Sec-Fetch-Site': 'same-origin' };
  const last = ['/sign-out'];
  for (const path of [...formPaths.filter((one) => !last.includes(one)), ...last]) {
    await jan.open('/register');
    const answer = await jan.send('post', path, { fields: { csrf: jan.csrf }, headers });
    expect(answer.status, path).toBe(303);
  }
});

test('S52 a token is worth nothing without the cookie it belongs to, nor in a body of another kind', async () => {
  const { house, jan } = await openBusyHouse();
  const before = await contentsOf(house);
  const session = `session=${jan.cookies.get('session')}`;
  const withoutVisit = await house
    .browser({ headers: { Cookie: session } })
    .send('post', '/sign-out', { fields: { csrf: jan.csrf } });
  expect(withoutVisit.status).toBe(403);

  const bare = await house.browser().send('post', '/sign-in', { fields: { csrf: jan.csrf } });
  expect(bare.status).toBe(400);
  expect(bare.text).toContain(wordsOn(jan).common.errors['no-cookies'].heading);

  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
    const answer = await fetch(`${house.url}/register/later`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': type, Cookie: [...jan.cookies].map((pair) => pair.join('=')).join('; ') },
      body: JSON.stringify({ csrf: jan.csrf }),
    });
    expect(answer.status, type).toBe(403);
  }
  expect(await contentsOf(house)).toEqual(before);
});

test('S52 a visit cookie planted by somebody else leaves a signed-in person’s forms refused, then mended', async () => {
  const { house, jan } = await openBusyHouse();
  const thief = await house.browser().open('/sign-in');
  jan.cookies.set('visit', thief.cookies.get('visit') ?? '');
  const planted = await jan.send('post', '/register/later', { fields: { csrf: thief.csrf } });
  expect(planted.status).toBe(403);

  await jan.open('/register');
  expect(jan.csrf).not.toBe(thief.csrf);
  await jan.press(wordsOn(jan).common.signOut);
  expect(jan.path).toBe('/sign-out');
  expect(jan.status).toBe(200);
});

test('S52 a visit cookie whose signature is damaged is set right by the next page', async () => {
  const { jan } = await openBusyHouse();
  const whole = jan.cookies.get('visit') ?? '';
  jan.cookies.set('visit', whole.replace(/[^.]*$/, 'damaged'));
  await jan.open('/register');
  expect(jan.cookies.get('visit')).toBe(whole);
  await jan.press(wordsOn(jan).common.signOut);
  expect(jan.status).toBe(200);
});

test('S25 S52 no GET and no HEAD has an effect, whoever asks and whatever the query says', async () => {
  const { house, jan } = await openBusyHouse();
  await answerQuestions(house, jan, fiveAnswers.slice(0, 2));
  const stranger = house.browser();
  const before = await contentsOf(house);
  const query = new URLSearchParams({ ...filled, csrf: jan.csrf, _method: 'POST' });
  const override = { 'X-HTTP-Method-Override': 'POST', 'X-HTTP-Method': 'POST', 'X-Method-Override': 'POST' };
  for (const path of allPaths) {
    for (const browser of [jan, stranger]) {
      for (const method of ['get', 'head'] as const) {
        const answer = await browser.send(method, `${path}?${query}`, { headers: override });
        expect(answer.status, `${method} ${path}`).toBeLessThan(400);
      }
      await browser.send('get', path, { headers: htmxHeaders('row-authentication-phone') });
    }
  }
  expect(await contentsOf(house)).toEqual(before);
  expect((await jan.open('/register')).path).toBe('/register');
});

test('S52 no page takes PUT, PATCH or DELETE, and what takes no form refuses POST', async () => {
  const { house, jan } = await openBusyHouse();
  const before = await contentsOf(house);
  for (const path of allPaths) {
    for (const method of ['put', 'patch', 'delete', 'options'] as const) {
      const answer = await jan.send(method, path, { fields: { csrf: jan.csrf } });
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(answer.get('Allow'), path).toMatch(/^GET, HEAD(, POST)?$/);
    }
  }
  for (const { path } of pages.filter(({ takesForms }) => !takesForms))
    expect((await jan.send('post', path, { fields: { csrf: jan.csrf } })).status, path).toBe(405);
  expect(await contentsOf(house)).toEqual(before);
});
