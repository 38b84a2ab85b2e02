import { describe, expect, test } from 'vitest';
import { createChallenge } from '../../src/challenges/create.ts';
import { verifyChallenge } from '../../src/challenges/verify.ts';
import { readPerson } from '../../src/people/person.ts';
import { readPolicy } from '../../src/policy/versions.ts';
import { networkOf } from '../../src/web/password-check.ts';
import { addAdministrator } from '../helpers/administrators.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { day, hour, minute, openTestHouse, password, second, type TestHouse } from '../helpers/test-house.ts';
import {
  askAgain,
  askMailbox,
  askPhone,
  countEvents,
  countRequested,
  houseWithJan,
  mailbox,
  otherThan,
  phone,
  postTo,
  proveMailbox,
  provenOfPerson,
  provePhone,
  spend,
  typeCode,
} from './attack.ts';

interface Try {
  userName: string;
  password: string;
  headers?: Record<string, string>;
}

/** One try to sign in, by a browser out of the box unless one is given; whether it led on to registration. */
async function trySignIn(house: TestHouse, tried: Try, browser = house.browser()): Promise<boolean> {
  if (browser.csrf === '') await browser.open('/sign-in');
  const { headers = {}, ...typed } = tried;
  const answer = await browser.send('post', '/sign-in', {
    fields: { csrf: browser.csrf, ...typed },
    headers,
  });
  expect(answer.status, answer.text).toBe(303);
  return answer.get('Location') === '/register';
}

/** How many passwords were compared and found wrong. */
function countCompared(house: TestHouse): Promise<number> {
  return countEvents(house, 'sign-in-refused');
}

/** Types wrong passwords at sign-in, one after the other. */
async function guess(
  house: TestHouse,
  names: readonly string[],
  headers: (n: number) => Record<string, string>,
) {
  const browser = house.browser();
  for (const [n, userName] of names.entries())
    await trySignIn(house, { userName, password: 'wrong', headers: headers(n) }, browser);
}

const names = (count: number, name: (n: number) => string = () => 'jan') =>
  Array.from({ length: count }, (_, n) => name(n));

describe('codes', () => {
  test('S27 opening the flow again and again gives no more than ten tries in an hour', async () => {
    const { house, jan, personId } = await houseWithJan();
    let refused = 0;
    for (let flow = 0; flow < 8; flow += 1) {
      const browser = flow % 2 === 0 ? jan : await signIn(house, 'jan');
      await askPhone(browser);
      if (browser.problems.length === 0)
        await spend(browser, 'authentication-phone', await house.codeFor(phone));
      refused = await countEvents(house, 'code-refused');
      house.wait(4 * minute);
    }
    expect(refused).toBe(10);
    const last = await signIn(house, 'jan');
    await askPhone(last);
    expect(last.problems, 'the method rests').toHaveLength(1);
    await proveMailbox(house, last);
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-email']);
  });

  test('S29 fifty parallel wrong codes are five tries, and the right one behind them is refused', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const post = (typed: string) =>
      jan.send('post', '/register/authentication-phone/code', { fields: { csrf: jan.csrf, code: typed } });
    await Promise.all(Array.from({ length: 50 }, () => post(otherThan(code))));
    expect(await countEvents(house, 'code-refused')).toBe(5);
    await typeCode(jan, 'authentication-phone', code);
    expect(jan.problems).toHaveLength(1);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S29 a code is not had by guessing different ones at once', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const code = Number(await house.codeFor(phone));
    const guesses = Array.from({ length: 40 }, (_, n) => String((code + n + 1) % 1_000_000).padStart(6, '0'));
    await Promise.all(
      guesses.map((typed) =>
        jan.send('post', '/register/authentication-phone/code', { fields: { csrf: jan.csrf, code: typed } }),
      ),
    );
    expect(await countEvents(house, 'code-refused')).toBe(5);
  });

  test('S30 “send again” by the page, by htmx and by giving the number anew is held to one limit', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const htmx = { 'HX-Request': 'true', 'HX-Target': 'section#row-authentication-phone' };
    const fields = { csrf: jan.csrf, number: phone, channel: 'text' };
    for (const headers of [{}, htmx]) {
      await jan.send('post', '/register/authentication-phone/code/again', { fields, headers });
      await jan.send('post', '/register/authentication-phone', { fields, headers });
    }
    expect(await countRequested(house)).toBe(1);
    house.wait(59 * second);
    await askAgain(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(1);
    house.wait(second);
    await jan.send('post', '/register/authentication-phone/code/again', { fields, headers: htmx });
    expect(await countRequested(house)).toBe(2);
    await askAgain(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(2);
  });

  test('S30 wrong codes by htmx and by the plain form are counted together', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const fields = { csrf: jan.csrf, code: otherThan(code) };
    const htmx = { 'HX-Request': 'true', 'HX-Target': 'section#row-authentication-phone' };
    for (let n = 0; n < 4; n += 1)
      for (const headers of [htmx, {}])
        await jan.send('post', '/register/authentication-phone/code', { fields, headers });
    expect(await countEvents(house, 'code-refused')).toBe(5);
    await typeCode(jan, 'authentication-phone', code);
    expect(jan.path).toBe('/register/authentication-phone/code');
  });

  test('S32 a good sign-in and a success with another method clear no counter of a method', async () => {
    const { house, jan } = await houseWithJan();
    for (let n = 0; n < 2; n += 1) {
      await askPhone(jan);
      await spend(jan, 'authentication-phone', await house.codeFor(phone));
      house.wait(2 * minute);
    }
    const again = await signIn(house, 'jan');
    await proveMailbox(house, again);
    await askPhone(again);
    expect(again.problems).toHaveLength(1);
    expect(await countEvents(house, 'code-refused')).toBe(10);
    house.wait(hour);
    const later = await signIn(house, 'jan');
    await askPhone(later);
    expect(later.problems).toEqual([]);
  });

  test('S32 S33 a patient guesser gets 90 tries in 30 days over all methods, and successes in between give no more', async () => {
    const { house, personId } = await houseWithJan();
    const { deps } = house;
    const read = { db: deps.db, sealing: deps.secrets.sealing };
    let failures = 0;
    let successes = 0;
    const step = async (method: { kind: 'authentication-phone'; number: string; channel: 'text' }) => {
      const person = await readPerson(read, personId);
      if (!person) throw new Error('no person');
      const wanted = {
        purpose: 'register' as const,
        method,
        language: 'nl' as const,
        policy: await readPolicy(deps.db),
        authorisedUntil: Number.MAX_SAFE_INTEGER,
        address: '192.0.2.1',
      };
      const created = await createChallenge(deps, person, wanted);
      if (created.result !== 'created') return;
      await house.house.delivery.drain();
      const { key_id } = await deps.db
        .selectFrom('challenges')
        .select('key_id')
        .where('id', '=', created.challengeId)
        .executeTakeFirstOrThrow();
      const right = deps.secrets.codes.codeOf(created.challengeId, key_id);
      const answer = (code: string) =>
        verifyChallenge(deps, person, {
          challengeId: created.challengeId,
          purpose: 'register',
          code,
          address: '',
          keep: async () => {},
        });
      for (let n = 0; n < 4; n += 1) {
        const verified = await answer(otherThan(right));
        if (verified.result === 'incorrect') failures += 1;
      }
      if ((await answer(right)).result === 'verified') successes += 1;
    };
    for (let half = 0; half < 59; half += 1) {
      await step({ kind: 'authentication-phone', number: phone, channel: 'text' });
      house.wait(12 * hour);
    }
    expect(failures).toBe(90);
    expect(successes).toBe(22);
    house.wait(2 * day);
    await step({ kind: 'authentication-phone', number: phone, channel: 'text' });
    expect(failures, 'the oldest failures are forgotten after 30 days').toBeGreaterThan(90);
  });

  test('S33 codes that were never sent use up nothing of the 90', async () => {
    const { house, jan, personId } = await houseWithJan();
    await house.house.delivery.stop();
    await askPhone(jan);
    for (let n = 0; n < 5; n += 1) await typeCode(jan, 'authentication-phone', '000000');
    const rows = await house.deps.db.selectFrom('limits').selectAll().execute();
    const month = rows.find(({ key }) => key === `failures-30-days:${personId}`);
    expect(month).toBeUndefined();
    expect(rows.some(({ key }) => key.startsWith(`wrong-codes-hour:${personId}`))).toBe(true);
  });
});

describe('passwords', () => {
  test('S29 fifty parallel wrong passwords are ten tries, and the right one behind them waits', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = house.browser();
    await browser.open('/sign-in');
    const tried = { userName: 'jan', password: 'wrong' };
    await Promise.all(Array.from({ length: 50 }, () => trySignIn(house, tried, browser)));
    expect(await countCompared(house)).toBe(10);
    expect(await trySignIn(house, { userName: 'jan', password })).toBe(false);
    house.wait(minute);
    expect(await trySignIn(house, { userName: 'jan', password })).toBe(true);
  });

  test('S29 fifty parallel wrong passwords in a stolen session are ten tries', async () => {
    const { house, jan } = await houseWithJan();
    await provePhone(house, jan);
    house.wait(14 * minute);
    await jan.open('/register');
    house.wait(14 * minute);
    await jan.open('/register');
    house.wait(14 * minute);
    await jan.open('/register/authentication-phone');
    expect(jan.path).toBe('/register/confirm-identity');
    const fields = { csrf: jan.csrf, password: 'wrong' };
    await Promise.all(
      Array.from({ length: 50 }, () => jan.send('post', '/register/confirm-identity', { fields })),
    );
    expect(await countCompared(house)).toBe(10);
    await postTo(jan, '/register/confirm-identity', { password });
    expect(jan.problems, 'the right one waits').toHaveLength(1);
    house.wait(minute);
    await postTo(jan, '/register/confirm-identity', { password });
    expect(jan.path).toBe('/register/authentication-phone');
  });

  test('S28 one guess each at many accounts from one address stops at thirty', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await guess(
      house,
      names(40, (n) => (n % 10 === 0 ? 'jan' : `person${n}`)),
      () => ({}),
    );
    expect(await countCompared(house)).toBe(30);
    // Administrators are told, once.
    expect((await house.audit()).filter(({ event }) => event === 'guessing-noticed')).toHaveLength(1);
    await house.addPerson('piet');
    expect(await trySignIn(house, { userName: 'piet', password })).toBe(false);
    house.wait(10 * minute);
    expect(await trySignIn(house, { userName: 'piet', password })).toBe(true);
  });

  test('S28 one guess each at many names from as many addresses is told to administrators, once an hour', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
    await house.addPerson('jan');
    const told = () => countEvents(house, 'spray-noticed');
    const spray = (count: number, round: number) =>
      guess(
        house,
        names(count, (n) => (n % 50 === 0 ? 'jan' : `person${n}`)),
        (n) => ({ 'X-Forwarded-For': `198.18.${round}.${n}` }),
      );
    await spray(100, 1);
    expect(await told()).toBe(0);
    await spray(20, 2);
    expect(await told()).toBe(1);
    expect(await countEvents(house, 'guessing-noticed'), 'no network had thirty').toBe(0);
    const [mail] = (await house.newMessages()).filter(({ to }) => to.includes('anna@example.org'));
    expect(mail?.subject).toContain('Many wrong tries');
    expect(await trySignIn(house, { userName: 'jan', password }), 'nobody is held up by it').toBe(true);
    house.wait(hour + 2 * minute);
    await spray(100, 3);
    expect(await told(), 'an hour later it begins anew').toBe(1);
    await spray(2, 4);
    expect(await told()).toBe(2);
    expect((await house.newMessages()).filter(({ to }) => to.includes('anna@example.org'))).toHaveLength(1);
  });

  test('S28 S36 from many addresses, an account still meets ten guesses and then a rising delay', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    await house.addPerson('jan');
    const from = (n: number) => ({ 'X-Forwarded-For': `198.51.100.${n + 1}` });
    await guess(house, names(25), from);
    expect(await countCompared(house)).toBe(10);
    const waits: number[] = [];
    for (const expected of [1, 2, 4, 8, 15, 15]) {
      house.wait(expected * minute - second);
      await guess(house, names(2), (n) => from(50 + n));
      const before = await countCompared(house);
      house.wait(second);
      await guess(house, names(2), (n) => from(100 + n));
      waits.push((await countCompared(house)) - before);
      expect(before, `held for ${expected} minutes`).toBe(9 + waits.length);
    }
    expect(waits).toEqual([1, 1, 1, 1, 1, 1]);
    house.wait(15 * minute);
    expect(await trySignIn(house, { userName: 'jan', password, headers: from(200) })).toBe(true);
  });

  test('S35 tries at a name that is locked already use up nothing of what others have at the same address', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await house.addPerson('piet');
    await guess(house, names(60), () => ({}));
    expect(await countCompared(house)).toBe(10);
    expect(await trySignIn(house, { userName: 'piet', password })).toBe(true);
  });

  test('S28 whole IPv6 networks and ports that a proxy adds count as one address', () => {
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2::ffff'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('192.0.2.1:40001')).toBe(networkOf('192.0.2.1:40002'));
  });

  test('S34 unless a proxy is trusted, no header changes the limiter’s key or the audited address', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await guess(
      house,
      names(40, (n) => `person${n}`),
      (n) => ({
        'X-Forwarded-For': `198.51.100.${n}`,
        Forwarded: `for=198.51.100.${n}`,
        'X-Real-IP': `198.51.100.${n}`,
        'X-Client-IP': `198.51.100.${n}`,
        'CF-Connecting-IP': `198.51.100.${n}`,
        'True-Client-IP': `198.51.100.${n}`,
      }),
    );
    expect(await countCompared(house)).toBe(30);
    const rows = await house.deps.db
      .selectFrom('audit')
      .select('address')
      .where('address', 'is not', null)
      .execute();
    expect([...new Set(rows.map(({ address }) => networkOf(address ?? '')))]).toEqual(['127.0.0.1']);
  });

  test('S34 behind one trusted proxy, only what that proxy wrote counts', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    await house.addPerson('jan');
    await guess(
      house,
      names(40, (n) => `person${n}`),
      (n) => ({
        'X-Forwarded-For': `198.51.100.${n}, 203.0.113.7`,
        Forwarded: `for=198.51.100.${n}`,
        'X-Real-IP': `198.51.100.${n}`,
      }),
    );
    expect(await countCompared(house)).toBe(30);
    const rows = await house.deps.db
      .selectFrom('audit')
      .select('address')
      .where('address', 'is not', null)
      .execute();
    expect([...new Set(rows.map(({ address }) => address))]).toEqual(['203.0.113.7']);
  });

  test('S35 strangers who know a name do not hold up a browser used before, not even from the same address', async () => {
    const { house, jan } = await houseWithJan();
    await postTo(jan, '/sign-out');
    await guess(
      house,
      names(40, (n) => (n < 20 ? 'jan' : `person${n}`)),
      () => ({}),
    );
    expect(await trySignIn(house, { userName: 'jan', password }), 'a new browser waits').toBe(false);
    jan.cookies.delete('session');
    await signIn(house, 'jan', jan);
    expect(jan.path).toBe('/register');
    expect(await house.deps.directory.checkPassword('jan', password)).toBe('right');
  });

  test('S35 a browser used before meets ten guesses of its own, and a planted or stranger’s mark gives none', async () => {
    const { house, jan } = await houseWithJan();
    await house.addPerson('piet');
    const mark = jan.cookies.get('browser') ?? '';
    const planted = house.browser();
    await planted.open('/sign-in');
    planted.cookies.set('browser', mark);
    for (let n = 0; n < 12; n += 1) await trySignIn(house, { userName: 'jan', password: 'wrong' }, planted);
    expect(await countCompared(house)).toBe(10);
    for (let n = 0; n < 12; n += 1) await trySignIn(house, { userName: 'piet', password: 'wrong' }, planted);
    expect(await countCompared(house), 'Jan’s mark is nothing for Piet').toBe(20);
    const forged = house.browser();
    await forged.open('/sign-in');
    forged.cookies.set('browser', `${mark.slice(0, -4)}AAAA`);
    await trySignIn(house, { userName: 'piet', password: 'wrong' }, forged);
    expect(await countCompared(house)).toBe(20);
  });

  test('S36 wrong passwords lock nobody out for good: the longest wait is fifteen minutes', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    for (let n = 0; n < 40; n += 1) {
      await trySignIn(house, { userName: 'jan', password: 'wrong' });
      house.wait(15 * minute);
    }
    expect(await countCompared(house)).toBe(40);
    expect(await trySignIn(house, { userName: 'jan', password })).toBe(true);
  });

  test('S36 a right password gives back what it counted', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    for (let n = 0; n < 35; n += 1) expect(await trySignIn(house, { userName: 'jan', password })).toBe(true);
  });
});

describe('messages and money', () => {
  async function ask(browser: Browser, house: TestHouse, address: string): Promise<boolean> {
    const before = await countRequested(house);
    await askMailbox(browser, address);
    return (await countRequested(house)) > before;
  }

  test('S45 one mailbox gets one code a minute, three in ten minutes, ten a day, whoever asks and however written', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await house.addPerson('piet');
    const [jan, piet] = [await signIn(house, 'jan'), await signIn(house, 'piet')];
    expect(await ask(jan, house, mailbox)).toBe(true);
    expect(await ask(piet, house, mailbox.toUpperCase()), 'within the minute').toBe(false);
    house.wait(minute);
    expect(await ask(piet, house, mailbox)).toBe(true);
    house.wait(minute);
    expect(await ask(jan, house, mailbox)).toBe(true);
    house.wait(minute);
    expect(await ask(jan, house, mailbox), 'a fourth in ten minutes').toBe(false);
    let sent = 3;
    for (let n = 0; n < 20; n += 1) {
      house.wait(11 * minute);
      if (await ask(n % 2 === 0 ? jan : piet, house, mailbox)) sent += 1;
      if (n % 2 === 0) await piet.open('/register');
      else await jan.open('/register');
      if (jan.path.startsWith('/sign-in')) await signIn(house, 'jan', jan);
      if (piet.path.startsWith('/sign-in')) await signIn(house, 'piet', piet);
      for (const browser of [jan, piet])
        if (browser.path === '/register/confirm-identity') await postTo(browser, browser.path, { password });
    }
    expect(sent).toBeLessThanOrEqual(10);
    expect(await countRequested(house)).toBe(sent);
    expect(sent).toBe(10);
  });

  test('S45 a person gets twenty codes a day, however many addresses are given', async () => {
    const { house, jan } = await houseWithJan();
    let sent = 0;
    for (let n = 0; n < 30; n += 1) if (await ask(jan, house, `jan${n}@example.com`)) sent += 1;
    expect(sent).toBe(20);
    expect(jan.problems).toHaveLength(1);
    house.wait(day);
    expect(await ask(await signIn(house, 'jan'), house, 'jan@example.com')).toBe(true);
  });

  test('S45 wrong codes send nothing', async () => {
    const { house, jan } = await houseWithJan();
    await askMailbox(jan);
    await spend(jan, 'authentication-email', await house.codeFor(mailbox));
    await typeCode(jan, 'authentication-email', '123456');
    expect(await house.messages()).toHaveLength(1);
  });

  test('S46 the answers of a complete set changed over and over send a handful of messages', async () => {
    const { house, jan } = await houseWithJan({ policy: { questionsToRegister: 3, questionsToReset: 3 } });
    await provePhone(house, jan);
    const answer = async (place: number, text: string) => {
      await jan.open(`/register/security-questions/${place}`);
      const option = jan.document.querySelectorAll('option')[place + 3]?.getAttribute('value') ?? '';
      await postTo(jan, jan.path, { questionId: option, answer: text });
      expect(jan.problems).toEqual([]);
    };
    await answer(1, 'Zwaluwstaart');
    await answer(2, 'Bloemenveld');
    await house.newMessages();
    await answer(3, 'Regenboog');
    house.wait(2 * minute);
    await postTo(jan, '/register/confirm-identity', { method: 'authentication-phone' });
    await typeCode(jan, 'confirm-identity', await house.codeFor(phone));
    for (let n = 0; n < 12; n += 1) await answer(3, `Regenboog ${'abcdefghijkl'[n]}`);
    const notices = (await house.newMessages()).filter(({ body }) => !/\d{3} \d{3}/.test(body));
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['a country that is not allowed', '+1 202 555 0123'],
    ['another one', '+870 773 110 001'],
    ['a premium number', '0900 1234567'],
    ['a premium number abroad', '+49 900 1234567'],
    ['a shared-cost number', '+44 843 2071234'],
    ['a free number', '0800 1234567'],
    ['an international premium number', '+979 123 456 789'],
    ['a pager or unknown range', '+44 7640 123456'],
    ['two numbers', '0612345678, 0687654321'],
    ['a number with an extension', '0207940000 x12'],
    ['an emergency number', '112'],
    ['SIP', 'sip:jan@example.com'],
  ])('S46 %s is refused with the reason, and nothing is sent', async (_what, number) => {
    const { house, jan } = await houseWithJan();
    for (const channel of ['text', 'call']) {
      await postTo(jan, '/register/authentication-phone', { number, channel });
      expect(jan.problems.length, jan.text).toBeGreaterThan(0);
    }
    expect(await countRequested(house)).toBe(0);
  });

  test('S46 texts and calls of a day stay within the house’s budget, over all persons; mail goes on', async () => {
    const { house, jan } = await houseWithJan({ policy: { messagesPerDay: 3 } });
    await house.addPerson('piet');
    const piet = await signIn(house, 'piet');
    for (let n = 0; n < 6; n += 1) await askPhone(n % 2 ? jan : piet, `061234567${n}`);
    expect(await countRequested(house)).toBe(3);
    const told = (await house.audit()).filter(({ event }) => event === 'message-budget-nearly-spent');
    expect(told).toHaveLength(1);
    expect(jan.problems).toHaveLength(1);
    expect(await ask(jan, house, mailbox)).toBe(true);
    house.wait(day + 15 * minute);
    await askPhone(await signIn(house, 'jan'));
    expect(await countRequested(house)).toBe(5);
  });

  test('S46 parallel requests do not overrun the budget', async () => {
    const { house, jan } = await houseWithJan({ policy: { messagesPerDay: 2 } });
    await jan.open('/register/authentication-phone');
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        jan.send('post', '/register/authentication-phone', {
          fields: { csrf: jan.csrf, number: `061234567${n}`, channel: 'text' },
        }),
      ),
    );
    expect(await countRequested(house)).toBe(2);
  });
});
