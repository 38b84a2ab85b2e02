import { describe, expect, test } from 'vitest';
import { signIn, typeCode } from '../helpers/journeys.ts';
import {
  addRegistered,
  askResetText,
  canSignIn,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  passMail,
  passPhone,
  startReset,
  walkToPassword,
} from '../helpers/resets.ts';
import { openTestHouse, password } from '../helpers/test-house.ts';

describe('sessions', () => {
  test('S51 the session has a new id when a reset starts and at each gate passed, and a planted one is not taken up', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = house.browser();
    browser.cookies.set('session', 's%3Aplanted.signature');
    await startReset(house, 'jan', { browser });
    const ids = [browser.cookies.get('session')];
    await passPhone(house, browser);
    ids.push(browser.cookies.get('session'));
    await passMail(house, browser);
    ids.push(browser.cookies.get('session'));
    expect(new Set(ids).size).toBe(3);
    expect(ids.join()).not.toContain('planted');
    const thief = house.browser();
    thief.cookies.set('session', ids[0] ?? '');
    await thief.open('/reset/new-password');
    expect(thief.path).toBe('/reset');
  });

  test('S51 a reset started in a browser that another has prepared is not the other’s', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const thief = await startReset(house, 'jan');
    const victim = house.browser();
    for (const [name, value] of thief.cookies) victim.cookies.set(name, value);
    await startReset(house, 'jan', { browser: victim });
    await passPhone(house, victim);
    await passMail(house, victim);
    await thief.open('/reset/new-password');
    expect(thief.path).not.toBe('/reset/new-password');
  });

  test('S17 who is signed in at the browser of a reset is signed out by it', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await signIn(house, 'jan');
    await startReset(house, 'jan', { browser });
    await passPhone(house, browser);
    await passMail(house, browser);
    await choosePassword(browser);
    expect(browser.path).toBe('/reset/done');
    await browser.open('/register');
    expect(browser.path).toContain('/sign-in');
  });

  test('a reset of one person in the browser where another is signed in touches the other not at all', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await house.addPerson('piet');
    const browser = await signIn(house, 'piet');
    await startReset(house, 'jan', { browser });
    await passPhone(house, browser);
    await passMail(house, browser);
    await choosePassword(browser);
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
    expect(await canSignIn(house, 'piet', password)).toBe(true);
    await browser.open('/register');
    expect(browser.path).toBe('/register');
  });
});

describe('forms', () => {
  const paths = [
    '/reset',
    '/reset/authentication-phone',
    '/reset/authentication-phone/code',
    '/reset/authentication-phone/code/again',
    '/reset/authentication-email',
    '/reset/office-phone',
    '/reset/security-questions',
    '/reset/new-password',
    '/reset/unlock',
  ];

  test.each(paths)('S52 a post to %s without the token, or from elsewhere, is refused', async (path) => {
    const house = await openTestHouse();
    const browser = await (await startReset(house, 'nobody')).open('/reset');
    const { csrf } = browser;
    expect((await browser.send('post', path, { fields: {} })).status).toBe(403);
    expect((await browser.send('post', path, { fields: { csrf: `${csrf}x` } })).status).toBe(403);
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
      expect((await browser.send('post', path, { fields: { csrf }, headers })).status).toBe(403);
    const other = await house.browser().open('/reset');
    expect((await browser.send('post', path, { fields: { csrf: other.csrf } })).status).toBe(403);
  });

  test('S53 no address of another place given along leads there', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = house.browser();
    await browser.open('/reset?return=https://evil.example/');
    for (const evil of ['//evil.example', 'https:evil.example', '\\evil.example']) {
      const fields = { csrf: browser.csrf, userName: 'jan', wish: 'forgot', return: evil };
      const answer = await browser.send('post', `/reset?return=${encodeURIComponent(evil)}`, { fields });
      expect(answer.get('Location')).toBe('/reset/methods');
      await browser.open('/reset');
    }
    expect(browser.html).not.toContain('evil');
  });

  test('S54 pages of a reset are kept nowhere', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    for (const path of ['/reset', '/reset/methods', '/reset/new-password']) {
      const answer = await browser.send('get', path);
      expect(answer.get('Cache-Control'), path).toBe('no-store');
    }
  });
});

test('S49 a reset is told at every known address, without a secret', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan', { person: { workMailbox: 'jan@example.org' } });
  const browser = await walkToPassword(house);
  await house.newMessages();
  await choosePassword(browser);
  const told = await house.newMessages();
  expect(told.map(({ to }) => to.replace(/.*<|>.*/g, '')).toSorted()).toEqual(
    [ownMail, ownPhone, 'jan@example.org'].toSorted(),
  );
  const all = JSON.stringify(told);
  for (const secret of [newPassword, password]) expect(all).not.toContain(secret);
});

test('the database holds neither what was typed nor a code, in the clear', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const browser = await startReset(house, 'mijn-geheime-wachtwoord');
  await askResetText(browser, '+31687654321');
  await typeCode(browser, '123456');
  const rows = [
    await house.deps.db.selectFrom('resets').selectAll().execute(),
    await house.deps.db.selectFrom('reset_asks').selectAll().execute(),
    await house.deps.db.selectFrom('limits').selectAll().execute(),
    await house.audit(),
  ];
  for (const secret of ['mijn-geheime', '87654321', '123456'])
    expect(JSON.stringify(rows)).not.toContain(secret);
});
