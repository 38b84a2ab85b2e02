import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { freshKeys, writeKeys } from '../../src/commands/fresh-keys.ts';
import { writeKeyRing } from '../../src/secrets/key-ring.ts';
import { chooseWithCode, issueAccessCode, typeAccessCode } from '../helpers/access-codes.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, signIn, wordsOn } from '../helpers/journeys.ts';
import { addRegistered, canSignIn, newPassword } from '../helpers/resets.ts';
import { day, hour, minute, openTestHouse, password, second, type TestHouse } from '../helpers/test-house.ts';
import { countEvents } from './attack.ts';
import { contentsOf, sessionsOf } from './house-contents.ts';

/** Every byte under the data folder but the keys: database, write-ahead log and all. */
async function rawFiles(house: TestHouse): Promise<string> {
  const { dataDir } = house.deps.config;
  const names = await readdir(dataDir, { recursive: true });
  const contents = await Promise.all(
    names.map(async (name) => {
      const file = join(dataDir, name);
      return name.startsWith('keys') || !(await stat(file)).isFile() ? '' : readFile(file, 'latin1');
    }),
  );
  return contents.join('\n');
}

/** What an administrator can read through every door, by GET and by reveal. */
async function everythingAdministratorsSee(house: TestHouse): Promise<string> {
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const api = adminApi(house.deps);
  const paths = [
    '/people',
    '/people/jan',
    '/audit',
    '/audit/export',
    '/overview',
    '/overdue',
    '/questions',
    '/policy',
  ];
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await api.request(path, { headers });
      expect(response.status, path).toBe(200);
      return response.text();
    }),
  );
  return answers.join('\n');
}

describe('S61 the answers', () => {
  test('are nowhere: not in the files, the log, the audit or the administrators’ door, nor what opens them', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.open('/account/answers');
    await browser.fill('Uw wachtwoord', password).press('Laat zien');
    for (const answer of fiveAnswers) expect(browser.text).toContain(answer);

    const sessions = await sessionsOf(house);
    expect(sessions).not.toEqual([]);
    const seen = [
      await rawFiles(house),
      JSON.stringify(await contentsOf(house)),
      ...sessions,
      house.log.join(''),
      await everythingAdministratorsSee(house),
    ].join('\n');
    for (const secret of [...fiveAnswers, ...fiveAnswers.map((answer) => answer.toLowerCase()), password]) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(Buffer.from(secret).toString('base64url'));
      expect(seen).not.toContain(Buffer.from(secret).toString('hex'));
    }
    const pair = await house.deps.db.selectFrom('key_pairs').selectAll().executeTakeFirstOrThrow();
    const { openPrivateKey } = house.deps.secrets.answerSeal;
    for (const guess of ['', 'jan', personId, pair.public_key])
      expect(await openPrivateKey(pair.wrapped_private_key, guess)).toEqual({ result: 'wrong-password' });
  });

  test('are never kept in a session, a form or an address on the way to the page', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.open('/account/answers');
    const fields = { csrf: browser.csrf, password };
    const response = await browser.send('post', '/account/answers', { fields });
    expect(response.status).toBe(200);
    expect(response.get('Cache-Control')).toBe('no-store');
    const sessions = await house.deps.sessionList.list(
      (await house.deps.db.selectFrom('people').select('id').executeTakeFirstOrThrow()).id,
    );
    for (const answer of fiveAnswers) expect(JSON.stringify(sessions)).not.toContain(answer);
    const refused = await browser.send('post', '/account/answers', {
      fields: { ...fields, password: 'wrong' },
    });
    expect(refused.status).toBe(303);
    expect(JSON.stringify(refused.headers)).not.toContain('wrong');
  });

  test('do not open for another person who gives an own password', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const jan = await signIn(house, 'jan');
    await answerQuestions(house, jan, fiveAnswers);
    await house.addPerson('tom');
    const tom = await signIn(house, 'tom');
    await tom.open('/account/answers');
    await tom.fill('Uw wachtwoord', password).press('Laat zien');
    expect(tom.text).toContain('U hebt geen vragen beantwoord.');
    for (const answer of fiveAnswers) expect(tom.text).not.toContain(answer);
  });
});

describe('S65 the slow way', () => {
  async function lostPage(browser: Browser): Promise<Browser> {
    return browser.open('/register/lost-methods');
  }

  test('asks for the password first: a stolen session alone starts and uses nothing', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await signIn(house, 'jan');
    for (let n = 0; n < 3; n += 1) {
      house.wait(11 * minute);
      await browser.open('/register');
    }
    await lostPage(browser);
    expect(browser.path).toBe('/register/confirm-identity');
    for (const act of ['ask', 'go-on', 'cancel'])
      await browser.post('/register/lost-methods', { csrf: browser.csrf, act });
    expect(await house.deps.db.selectFrom('waiting_changes').selectAll().execute()).toEqual([]);
  });

  test('with a stolen password changes nothing before 72 hours are over, whatever is posted', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const thief = await signIn(house, 'jan');
    await lostPage(thief);
    await thief.post('/register/lost-methods', { csrf: thief.csrf });
    expect(await countEvents(house, 'change-announced'), 'an empty form asks nothing (S03)').toBe(0);
    await thief.post('/register/lost-methods', { csrf: thief.csrf, act: 'ask' });
    expect(await countEvents(house, 'change-announced')).toBe(1);
    await thief.post('/register/lost-methods', { csrf: thief.csrf, act: 'go-on' });
    await thief.open('/register/authentication-phone');
    expect(thief.path).toBe('/register/confirm-identity');
    house.wait(72 * hour - second);
    const later = await lostPage(await signIn(house, 'jan'));
    await later.post('/register/lost-methods', { csrf: later.csrf, act: 'go-on' });
    await later.open('/register/authentication-phone/remove');
    expect(later.path).toBe('/register/confirm-identity');
    expect(await countEvents(house, 'change-admitted')).toBe(0);
  });

  test('is used once, of two browsers at the same time too, and asked at most three times a day', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const first = await lostPage(await signIn(house, 'jan'));
    await first.post('/register/lost-methods', { csrf: first.csrf, act: 'ask' });
    house.wait(72 * hour);
    const two = [await lostPage(await signIn(house, 'jan')), await lostPage(await signIn(house, 'jan'))];
    await Promise.all(two.map((one) => one.post('/register/lost-methods', { csrf: one.csrf, act: 'go-on' })));
    expect(await countEvents(house, 'change-admitted')).toBe(1);
    const [again] = two.filter(({ path }) => path === '/register/lost-methods');
    if (!again) throw new Error('both went on');
    for (let n = 0; n < 4; n += 1) {
      await again.post('/register/lost-methods', { csrf: again.csrf, act: 'ask' });
      if (n < 3) await again.post('/register/lost-methods', { csrf: again.csrf, act: 'cancel' });
    }
    expect(again.problems[0]).toContain('te vaak');
    expect(await countEvents(house, 'change-announced')).toBe(4);
  });
});

describe('S66 an access code', () => {
  test('works once: of two who hold it, one chooses the password', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const code = await issueAccessCode(house, 'jan');
    const [one, two] = [house.browser(), house.browser()];
    for (const browser of [one, two]) {
      await typeAccessCode(browser, 'jan', code);
      expect(browser.path).toBe('/redeem/password');
    }
    await Promise.all([chooseWithCode(one, newPassword), chooseWithCode(two, 'acht heldere sterren')]);
    const words = [newPassword, 'acht heldere sterren'];
    const works = await Promise.all(words.map((typed) => canSignIn(house, 'jan', typed)));
    expect(works.filter(Boolean)).toHaveLength(1);
    expect(await countEvents(house, 'access-code-redeemed')).toBe(1);
    await typeAccessCode(house.browser(), 'jan', code);
    expect(await countEvents(house, 'access-code-refused')).toBe(1);
  });

  test('S19 is accepted a second before 24 hours, and refused a second after, at either step', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const code = await issueAccessCode(house, 'jan');
    house.wait(day - second);
    const browser = await typeAccessCode(house.browser(), 'jan', code);
    expect(browser.path).toBe('/redeem/password');
    house.wait(2 * second);
    expect((await typeAccessCode(house.browser(), 'jan', code)).problems).toHaveLength(1);
    await chooseWithCode(browser, newPassword);
    expect(browser.path).toBe('/redeem');
    expect(await canSignIn(house, 'jan', password)).toBe(true);
  });

  test('is nobody else’s, and says the same for a wrong code and a name that is not there', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await house.addPerson('eva');
    const code = await issueAccessCode(house, 'jan');
    const seen = new Set<string>();
    for (const [userName, typed] of [
      ['eva', code],
      ['jan', 'abcd-efgh-2345-mnpq'],
      ['nobody', code],
      ['nobody', 'abcd-efgh-2345-mnpq'],
    ] as const) {
      const browser = await typeAccessCode(house.browser(), userName, typed);
      expect(browser.path).toBe('/redeem');
      expect(browser.html).not.toContain(typed);
      seen.add(browser.html.replaceAll(/name="csrf" value="[^"]*"|value="(eva|jan|nobody)"/g, ''));
    }
    expect(seen.size).toBe(1);
  });

  test('S29 wrong codes are counted before they are compared: fifty at once do not get past ten', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const code = await issueAccessCode(house, 'jan');
    const browser = await house.browser().open('/redeem');
    const fields = { csrf: browser.csrf, userName: 'jan', code: 'abcd-efgh-2345-mnpq' };
    await Promise.all(Array.from({ length: 50 }, () => browser.send('post', '/redeem', { fields })));
    expect(await countEvents(house, 'access-code-refused')).toBe(10);
    expect((await typeAccessCode(house.browser(), 'jan', code)).problems[0]).toContain('te vaak');
    house.wait(hour);
    expect((await typeAccessCode(house.browser(), 'jan', code)).path).toBe('/redeem/password');
  });

  test('S35 strangers’ tries do not keep the person out at a browser used before', async () => {
    const house = await openTestHouse();
    const { browser } = await addRegistered(house, 'jan');
    await browser.press(wordsOn(browser).common.signOut);
    const code = await issueAccessCode(house, 'jan');
    for (let n = 0; n < 11; n += 1) await typeAccessCode(house.browser(), 'jan', 'abcd-efgh-2345-mnpq');
    await typeAccessCode(browser, 'jan', code);
    expect(browser.path).toBe('/redeem/password');
  });

  test('S51 gives the browser a new session, and S01 without one nothing can be chosen', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const code = await issueAccessCode(house, 'jan');
    const browser = await signIn(house, 'jan');
    const before = browser.cookies.get('session');
    await typeAccessCode(browser, 'jan', code);
    expect(browser.cookies.get('session')).not.toBe(before);
    const other = await signIn(house, 'jan');
    await other.post('/redeem/password', { csrf: other.csrf, password: newPassword, repeat: newPassword });
    expect(other.path).toBe('/register');
    const stranger = await house.browser().open('/redeem');
    await stranger.post('/redeem/password', {
      csrf: stranger.csrf,
      password: newPassword,
      repeat: newPassword,
    });
    expect(stranger.path).toContain('/sign-in');
    expect(await canSignIn(house, 'jan', password)).toBe(true);
  });

  test('S71 issued before a backup was taken is nothing after it is restored: the code key is another', async () => {
    const before = await openTestHouse();
    await addRegistered(before, 'jan');
    const code = await issueAccessCode(before, 'jan');
    const { folder, deps } = before;
    const { only } = await freshKeys(deps.config, deps.now);
    await writeKeys(deps.db, only, deps.now());
    await before.close();
    await writeKeyRing(deps.config.keyRingFile, only);
    const house = await openTestHouse({ folder });
    const browser = await typeAccessCode(house.browser(), 'jan', code);
    expect(browser.path).toBe('/redeem');
    expect(browser.problems).toHaveLength(1);
  });
});
