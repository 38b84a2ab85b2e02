import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SessionData } from 'express-session';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { openRedisSessions } from '../../src/sessions/redis-store.ts';
import { SessionsAway } from '../../src/sessions/sessions-away.ts';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { askPhoneCode, signIn, typeCode } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { type RedisHelper, startRedis } from '../helpers/redis-server.ts';
import { findFreePort } from '../helpers/server.ts';
import { minute, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const nl = wordsOf('nl');
const phone = '+31612345678';

async function openHouseOnRedis(redis: RedisHelper): Promise<TestHouse> {
  const house = await openTestHouse({ env: { REDIS_URL: redis.url } });
  await house.addPerson('jan', { displayName: 'Jan de Vries' });
  return house;
}

/** The sessions in Redis; beside them stand only which are one person’s, and the marks of those that ended. */
async function sessionsIn(redis: RedisHelper): Promise<Map<string, string>> {
  const all = [...(await redis.dump())];
  for (const [key] of all) expect(key).toMatch(/^sparekey:(session|ended|person):/);
  return new Map(all.filter(([key]) => key.startsWith('sparekey:session:')));
}

/** Takes the one line that the log has of Redis being away, so that it is no surprise at the end. */
function takeAwayLines(house: TestHouse): string[] {
  const lines = house.log.filter((line) => line.includes('Redis is away'));
  const others = house.log.filter((line) => !line.includes('Redis is away'));
  house.log.splice(0, house.log.length, ...others);
  return lines;
}

/** How long opening a page takes. */
async function timed(browser: Browser, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  expect(browser.text).not.toContain('Jan de Vries');
  return performance.now() - began;
}

/** Nothing else goes on in this process for so many milliseconds. */
function holdUp(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function expectAway(browser: Browser): void {
  expect(browser.status).toBe(503);
  expect(Number(browser.headers['retry-after'])).toBeGreaterThan(0);
  expect(browser.heading).toBe(nl.common.errors.away.heading);
  expect(browser.text).toContain(nl.common.errors.away.mend);
}

async function untilSaidAway(house: TestHouse): Promise<void> {
  await expect
    .poll(() => house.log.filter((line) => line.includes('Redis is away')).length, {
      timeout: 10_000,
      interval: 20,
    })
    .toBe(1);
}

async function untilBack(house: TestHouse): Promise<void> {
  await expect
    .poll(() => house.log.filter((line) => line.includes('Redis is back')).length, {
      timeout: 10_000,
      interval: 20,
    })
    .toBe(1);
}

needs('redis-server')('sessions in Redis', () => {
  test('a phone is registered while sessions are in Redis, none in the database', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '06 12345678');
    await typeCode(browser, await house.codeFor(phone));
    expect(browser.row(nl.methods.names['authentication-phone'])).toContain(nl.register.states.ready);
    expect(await house.deps.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect((await sessionsIn(redis)).size).toBe(1);

    await browser.press(nl.common.signOut);
    expect((await sessionsIn(redis)).size).toBe(0);
    await browser.open('/register');
    expect(browser.path).toMatch(/^\/sign-in/);
  });

  test('S23 what Redis holds is sealed: no name, number, id or code can be read in it, and none can be replayed', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '06 12345678');
    browser.fill(nl.register.code.label, '12');
    await browser.press(nl.register.code.submit);
    const [[key = '', value = ''] = []] = await sessionsIn(redis);
    const person = await house.deps.db.selectFrom('people').select('id').executeTakeFirstOrThrow();
    const opened = Buffer.from(value.split('.').at(-1) ?? '', 'base64url').toString('latin1');
    for (const [name, held] of await redis.dump()) expect(`${name} ${held}`).not.toContain(person.id);
    for (const secret of ['jan', 'Vries', '61234', person.id, 'personId', 'challenges', 'problems']) {
      expect(value.toLowerCase()).not.toContain(secret.toLowerCase());
      expect(opened.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    const thief = house.browser();
    for (const id of [key, key.split(':').at(-1) ?? '']) {
      for (const cookie of [
        id,
        encodeURIComponent(`s:${id}`),
        encodeURIComponent(`s:${id}.${'A'.repeat(43)}`),
      ]) {
        thief.cookies.set('session', cookie);
        await thief.open('/register');
        expect(thief.path).toMatch(/^\/sign-in/);
      }
    }
  });

  test('while Redis is stopped pages say so at once and let nobody in; back again, all goes on', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '06 12345678');
    const code = await house.codeFor(phone);
    const typing = house.browser();
    await typing.open('/sign-in');
    typing.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', 'correct horse battery');

    await redis.stop();
    expect(await timed(browser, () => browser.open('/register'))).toBeLessThan(2000);
    expectAway(browser);
    expect(await timed(browser, () => browser.open('/register/authentication-phone'))).toBeLessThan(2000);
    expectAway(browser);
    expect(await timed(typing, () => typing.press('Aanmelden'))).toBeLessThan(2000);
    expectAway(typing);
    expect((await house.browser().send('get', '/readyz')).text).toBe('not ok');
    expect((await house.browser().send('get', '/healthz')).text).toBe('ok');
    expect((await house.browser().open('/sign-in')).status).toBe(200);

    await untilSaidAway(house);
    await redis.start();
    await untilBack(house);
    expect((await house.browser().send('get', '/readyz')).text).toBe('ok');
    expect(takeAwayLines(house)).toHaveLength(1);
    // This Redis keeps nothing on disk: everybody is signed out, and nothing else is lost.
    await browser.open('/register');
    expect(browser.path).toMatch(/^\/sign-in/);
    await signIn(house, 'jan', browser);
    house.wait(minute);
    await askPhoneCode(browser, '06 12345678');
    const fresh = await house.codeFor(phone);
    expect(fresh).not.toBe(code);
    await typeCode(browser, fresh);
    expect(browser.row(nl.methods.names['authentication-phone'])).toContain(nl.register.states.ready);
  });

  test('while Redis hangs, every page answers within two seconds; when it goes on, the session is still there', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    const others = await Promise.all([1, 2, 3].map(async () => signIn(house, 'jan')));
    redis.freeze();
    for (const one of [browser, browser]) {
      expect(await timed(one, () => one.open('/register'))).toBeLessThan(2000);
      expectAway(one);
    }
    const times = await Promise.all(others.map((one) => timed(one, () => one.open('/register'))));
    expect(Math.max(...times)).toBeLessThan(2000);
    await untilSaidAway(house);
    redis.thaw();
    await untilBack(house);
    expect(takeAwayLines(house)).toHaveLength(1);
    await browser.open('/register');
    expect(browser.path).toBe('/register');
    expect(browser.text).toContain('Jan de Vries');
  });

  test('Redis that goes away between the page and its form: the form is refused in words and nothing is half done', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await browser.open('/register/authentication-phone');
    browser.fill(nl.register.phone.number, '06 12345678').fill(nl.methods.channelChoices.text);
    await redis.stop();
    await browser.press(nl.register.phone.submit);
    expectAway(browser);
    expect(await house.newMessages()).toEqual([]);
    expect(await house.deps.db.selectFrom('challenges').selectAll().execute()).toEqual([]);
    takeAwayLines(house);
  });

  test('a process that is held up itself does not take Redis for away, nor drop the answer that has come meanwhile', async () => {
    const house = await openHouseOnRedis(await startRedis());
    const browser = await signIn(house, 'jan');
    const store = house.deps.sessions;
    for (let time = 0; time < 3; time += 1) {
      const asked = new Promise((resolve) => store.get('nobody', (error) => resolve(error)));
      await nextTurn();
      holdUp(1500);
      expect(await asked).toBeNull();
      expect((await browser.open('/register')).path).toBe('/register');
    }
    expect(house.log.filter((line) => line.includes('Redis is'))).toEqual([]);
  });

  test('a connection that is dropped is made anew; Redis was not away for that', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await redis.drop();
    await expect.poll(async () => (await browser.open('/register')).status, { timeout: 10_000 }).toBe(200);
    expect(browser.path).toBe('/register');
    expect(house.log.filter((line) => line.includes('Redis is'))).toEqual([]);
  });

  test('S71 FLUSHALL signs everybody out, revives no session, and loses nothing that was proven', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '06 12345678');
    const code = await house.codeFor(phone);
    await typeCode(browser, code);
    await redis.flush();
    await browser.open('/register');
    expect(browser.path).toMatch(/^\/sign-in/);
    await signIn(house, 'jan', browser);
    expect(browser.row(nl.methods.names['authentication-phone'])).toContain(nl.register.states.ready);
    await browser.post('/register/authentication-phone/code', { csrf: browser.csrf, code });
    expect((await house.audit()).filter(({ event }) => event === 'code-accepted')).toHaveLength(1);
  });

  test('a session’s expiry is put off at most once a minute, and it ends 15 minutes after that', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    expect(await redis.timeLeft()).toBeGreaterThan(890);
    expect(await redis.timeLeft()).toBeLessThanOrEqual(900);
    await redis.setTimeLeft(700);
    const before = await redis.count('expire');
    for (let page = 0; page < 5; page += 1) await browser.open('/register');
    expect((await redis.count('expire')) - before).toBe(0);
    expect(await redis.timeLeft()).toBeLessThanOrEqual(700);
    house.wait(minute);
    for (let page = 0; page < 5; page += 1) await browser.open('/register');
    expect((await redis.count('expire')) - before).toBe(1);
    expect(await redis.timeLeft()).toBeGreaterThan(890);
    await redis.setTimeLeft(0);
    await browser.open('/register');
    expect(browser.path).toMatch(/^\/sign-in/);
  });

  test('a session sealed by keys that are gone is no session, and no fault', async () => {
    const redis = await startRedis();
    const house = await openHouseOnRedis(redis);
    const browser = await signIn(house, 'jan');
    const other = await openTestHouse();
    const { tokens } = other.deps.secrets;
    const parts = { tokens, now: () => 0, onAway: () => {}, onBack: () => {} };
    const settings = readConfig({ REDIS_URL: redis.url }).redis;
    if (!settings) throw new Error('no settings');
    const sessions = await openRedisSessions(settings, parts);
    onTestFinished(() => sessions.close());
    const [key = ''] = [...(await sessionsIn(redis)).keys()];
    const read = await new Promise((resolve, reject) => {
      sessions.store.get(key.split(':').at(-1) ?? '', (error, data) =>
        error ? reject(error) : resolve(data),
      );
    });
    expect(read).toBeNull();
    expect((await browser.open('/register')).path).toBe('/register');
  });

  test('a start without Redis fails within seconds and says where Redis was looked for, without its password', async () => {
    const port = await findFreePort();
    const url = `redis://sparekey:very-secret@127.0.0.1:${port}`;
    const opening = openTestHouse({ env: { REDIS_URL: url } });
    await expect(opening).rejects.toThrow(SessionsAway);
    await expect(opening).rejects.toThrow(`Redis does not answer at 127.0.0.1:${port}:`);
    await expect(opening).rejects.not.toThrow('very-secret');
  });

  test('a person sees where they are signed in, ends one session, and then all others', async () => {
    const house = await openHouseOnRedis(await startRedis());
    await house.addPerson('eva');
    const eva = await signIn(house, 'eva');
    const others = [await signIn(house, 'jan'), await signIn(house, 'jan'), await signIn(house, 'jan')];
    const browser = await signIn(house, 'jan');
    await browser.open('/account');
    const words = nl.account.sessions;
    expect(browser.document.querySelectorAll('ol li')).toHaveLength(4);
    await browser.press(words.end(2));
    expect(browser.text).toContain(nl.account.said.ended);
    expect(browser.document.querySelectorAll('ol li')).toHaveLength(3);
    const isIn = async (one: Browser) => (await one.open('/register')).path === '/register';
    const left = await Promise.all(others.map(isIn));
    expect(left.filter(Boolean)).toHaveLength(2);
    await (await browser.open('/account')).press(words.endOthers);
    expect(browser.document.querySelectorAll('ol li')).toHaveLength(1);
    expect(await Promise.all(others.map(isIn))).toEqual([false, false, false]);
    expect([await isIn(browser), await isIn(eva)]).toEqual([true, true]);
  });

  test('S51 an answer still under way when a session ended does not bring it back', async () => {
    const house = await openHouseOnRedis(await startRedis());
    const store = house.deps.sessions;
    const browser = await signIn(house, 'jan');
    const cookie = decodeURIComponent(browser.cookies.get('session') ?? '');
    const id = /^s:([^.]+)\./.exec(cookie)?.[1] ?? '';
    const read = () =>
      new Promise<unknown>((resolve, reject) =>
        store.get(id, (error, data) => (error ? reject(error) : resolve(data))),
      );
    const held = await new Promise<SessionData>((resolve, reject) =>
      store.get(id, (error, data) => (data ? resolve(data) : reject(error))),
    );
    await browser.press(nl.common.signOut);
    expect(await read()).toBeNull();
    await new Promise<void>((resolve, reject) =>
      store.set(id, held, (error) => (error ? reject(error) : resolve())),
    );
    expect(await read()).toBeNull();
  });
});
