import { describe, expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, signIn, typeCode, wrongCode } from '../helpers/journeys.ts';
import {
  addRegistered,
  askResetMail,
  askResetText,
  canSignIn,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  passMail,
  passPhone,
  startReset,
} from '../helpers/resets.ts';
import { day, hour, minute, openTestHouse, second, type TestHouse } from '../helpers/test-house.ts';
import { countEvents, postTo } from './attack.ts';

const oneMethod = { methodsToReset: 1, methodsToRegister: 1 } as const;

/** Wrong codes that were compared with the code of somebody. */
async function countGuesses(house: TestHouse, personId: string): Promise<number> {
  const rows = await house.audit();
  return rows.filter(({ event, subject }) => event === 'code-refused' && subject === personId).length;
}

/** Types wrong codes until the page says the code is spent, or the method rests. */
async function spend(browser: Browser, code: string): Promise<void> {
  for (let n = 0; n < 5; n += 1) await typeCode(browser, wrongCode(code));
}

/** Posts without looking at pages: for attacks of many requests. */
async function send(browser: Browser, path: string, fields: Record<string, string>): Promise<string> {
  const answer = await browser.send('post', path, { fields: { csrf: browser.csrf, ...fields } });
  expect(answer.status, answer.text).toBe(303);
  return answer.get('Location') ?? '';
}

/** Starts a reset without looking at pages, and takes up the token of its forms. */
async function sendStart(browser: Browser, userName: string): Promise<boolean> {
  await browser.open('/reset');
  const path = await send(browser, '/reset', { userName, wish: 'forgot' });
  await browser.open('/reset');
  return path === '/reset/methods';
}

describe('codes', () => {
  test('S27 a thousand flows give no more tries than one: ten in an hour for a name and method', async () => {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan');
    for (let flow = 0; flow < 5; flow += 1) {
      const browser = await askResetText(await startReset(house, 'jan'));
      const code = await house.codeFor(ownPhone);
      if (browser.path.endsWith('/code')) await spend(browser, code);
      house.wait(4 * minute);
    }
    expect(await countGuesses(house, personId)).toBe(10);
    const browser = await askResetText(await startReset(house, 'jan'));
    expect(browser.problems[0], 'the method rests').toContain('te veel verkeerde codes');
    await askResetMail(browser);
    expect(browser.path, 'another method does not').toBe('/reset/authentication-email/code');
  });

  test('S29 fifty wrong codes at once are five tries, and the right one behind them is refused', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    const { personId } = await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    const fields = { csrf: browser.csrf, code: wrongCode(code) };
    await Promise.all(
      Array.from({ length: 50 }, () => browser.send('post', '/reset/authentication-phone/code', { fields })),
    );
    expect(await countGuesses(house, personId)).toBe(5);
    await typeCode(browser, code);
    expect(browser.path).toBe('/reset/authentication-phone/code');
  });

  test('S30 the limits hold alike by “send again”, by typing anew and by htmx', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await house.newMessages();
    const browser = await askResetText(await startReset(house, 'jan'));
    const headers = { 'HX-Request': 'true', 'HX-Target': 'main#main' };
    const fields = { csrf: browser.csrf, number: ownPhone, channel: 'text' };
    for (const how of [{}, headers])
      for (const path of ['', '/code/again'])
        await browser.send('post', `/reset/authentication-phone${path}`, { fields, headers: how });
    expect(await house.newMessages()).toHaveLength(1);
    for (const how of [{}, headers, headers, {}, headers, {}])
      await browser.send('post', '/reset/authentication-phone/code', {
        fields: { ...fields, code: '000000' },
        headers: how,
      });
    expect(await countEvents(house, 'code-refused')).toBe(5);
  });

  test('S32 neither a success by another method nor signing in clears the failures of a month', async () => {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    await spend(browser, await house.codeFor(ownPhone));
    await passMail(house, browser);
    await signIn(house, 'jan');
    const { state } = await house.deps.db
      .selectFrom('limits')
      .select('state')
      .where('key', '=', `failures-30-days:${personId}`)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(state)).toHaveLength(1);
    expect(state).toMatch(/,5\]\]$/);
  });

  test('S33 a patient guesser gets at most ninety tries in thirty days over all methods, and the person can lift that', async () => {
    const house = await openTestHouse({ policy: { ...oneMethod } });
    const { personId, browser: own } = await addRegistered(house, 'jan');
    const guesses: number[] = [];
    for (let today = 0; today < 29; today += 1) {
      for (let flow = 0; flow < 4; flow += 1) {
        const thief = house.browser();
        await sendStart(thief, 'jan');
        await send(thief, '/reset/authentication-phone', { number: ownPhone, channel: 'text' });
        await send(thief, '/reset/authentication-email', { address: ownMail });
        await house.house.delivery.drain();
        const before = await countGuesses(house, personId);
        for (const kind of ['authentication-phone', 'authentication-email'])
          for (let n = 0; n < 5; n += 1) await send(thief, `/reset/${kind}/code`, { code: `00000${n}` });
        guesses.push((await countGuesses(house, personId)) - before);
        house.wait(65 * minute);
      }
      house.wait(day - 4 * 65 * minute);
    }
    const all = guesses.reduce((sum, n) => sum + n, 0);
    expect(all).toBeGreaterThan(50);
    expect(all).toBeLessThanOrEqual(90);

    await house.newMessages();
    await askResetText(await startReset(house, 'jan'));
    expect(await house.newMessages(), 'no code goes out any more').toEqual([]);
    await signIn(house, 'jan', own);
    await postTo(own, '/register/confirm-identity', { method: 'authentication-phone' });
    await typeCode(await own.open('/register/confirm-identity/code'), await house.codeFor(ownPhone));
    expect(await countEvents(house, 'identity-confirmed')).toBe(1);
    house.wait(day);
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    expect(browser.path).toBe('/reset/new-password');
  }, 120_000);

  test('only codes that were really sent count: tries at numbers that are not the person’s cost nothing', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    const { personId } = await addRegistered(house, 'jan');
    for (let flow = 0; flow < 10; flow += 1) {
      const stranger = house.browser();
      await sendStart(stranger, 'jan');
      await send(stranger, '/reset/authentication-phone', { number: '+31687654321', channel: 'text' });
      await house.house.delivery.drain();
      for (let n = 0; n < 5; n += 1)
        await send(stranger, '/reset/authentication-phone/code', { code: '123456' });
      house.wait(hour);
    }
    expect(await countGuesses(house, personId)).toBe(0);
    const row = await house.deps.db
      .selectFrom('limits')
      .select('state')
      .where('key', '=', `failures-30-days:${personId}`)
      .executeTakeFirst();
    expect(row?.state ?? '[]').toBe('[]');
  });
});

describe('questions', () => {
  async function houseWithAnswers(): Promise<{ house: TestHouse; personId: string; browser: Browser }> {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan', { mail: '', answers: fiveAnswers });
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    await browser.open('/reset/security-questions');
    return { house, personId, browser };
  }

  function asked(browser: Browser): string[] {
    return [...browser.document.querySelectorAll('main label')].map((l) => l.textContent?.trim() ?? '');
  }

  async function answerWrong(browser: Browser): Promise<Browser> {
    for (const label of asked(browser)) browser.fill(label, 'een verkeerd antwoord');
    return browser.press('Controleer de antwoorden');
  }

  test('S31 wrong sets count, the same questions stay, and five in an hour are enough', async () => {
    const { house, browser } = await houseWithAnswers();
    const first = asked(browser);
    const said = new Set<string>();
    for (let n = 0; n < 5; n += 1) {
      await answerWrong(browser);
      expect(asked(browser)).toEqual(first);
      said.add(browser.problems.join());
    }
    expect([...said]).toEqual(['Niet alle antwoorden kloppen. Kijk ze allemaal na en probeer het opnieuw.']);
    await answerWrong(browser);
    expect(browser.problems[0]).toContain('te veel verkeerde antwoorden');
    expect(await countEvents(house, 'answers-refused')).toBe(5);
    house.wait(5 * minute);
    const next = await startReset(house, 'jan');
    await passPhone(house, next);
    await next.open('/reset/security-questions');
    expect(asked(next), 'the same in another reset').toEqual(first);
    await answerWrong(next);
    expect(next.problems[0]).toContain('te veel verkeerde antwoorden');
  });

  test('S31 twenty sets in thirty days are enough, however slowly', async () => {
    const { house } = await houseWithAnswers();
    for (let n = 0; n < 25; n += 1) {
      const browser = house.browser();
      await sendStart(browser, 'jan');
      await askResetText(browser);
      if (browser.path.endsWith('/code')) await typeCode(browser, await house.codeFor(ownPhone));
      await browser.open('/reset/security-questions');
      if (browser.path === '/reset/security-questions') await answerWrong(browser);
      house.wait(5 * hour);
    }
    expect(await countEvents(house, 'answers-refused')).toBe(20);
  });

  test('S29 S31 thirty sets at once are five tries', async () => {
    const { house, browser } = await houseWithAnswers();
    const wrong = { answer1: 'fout een', answer2: 'fout twee', answer3: 'fout drie' };
    const fields = { csrf: browser.csrf, ...wrong };
    await Promise.all(
      Array.from({ length: 30 }, () => browser.send('post', '/reset/security-questions', { fields })),
    );
    expect(await countEvents(house, 'answers-refused')).toBe(5);
  });

  test('S31 other questions are drawn once the person has changed them', async () => {
    const { house, personId } = await houseWithAnswers();
    const drawn = () =>
      house.deps.db.selectFrom('drawn_questions').selectAll().where('person_id', '=', personId).execute();
    expect(await drawn()).toHaveLength(1);
    const own = await signIn(house, 'jan');
    await postTo(own, '/register/confirm-identity', { method: 'authentication-phone' });
    house.wait(2 * minute);
    await postTo(own, '/register/confirm-identity', { method: 'authentication-phone' });
    await typeCode(await own.open('/register/confirm-identity/code'), await house.codeFor(ownPhone));
    await postTo(own, '/register/security-questions/remove');
    expect(await drawn()).toEqual([]);
    await answerQuestions(house, own, fiveAnswers);
    expect(await drawn()).toEqual([]);
  });
});

describe('starts', () => {
  test('S27 resets of a name are started ten times a day, names that are not there alike', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    for (const name of ['jan', 'nobody']) {
      const started = [];
      for (let n = 0; n < 11; n += 1) started.push(await sendStart(house.browser(), name));
      expect(started.filter(Boolean), name).toHaveLength(10);
    }
    house.wait(day);
    expect(await sendStart(house.browser(), 'jan')).toBe(true);
  });

  test('S28 one guess each at many names: thirty starts of an address in an hour, and administrators are told', async () => {
    const house = await openTestHouse();
    let started = 0;
    for (let n = 0; n < 35; n += 1) if (await sendStart(house.browser(), `name${n}`)) started += 1;
    expect(started).toBe(30);
    expect(await countEvents(house, 'guessing-noticed')).toBe(1);
  });

  test('S28 wrong codes at many names from as many addresses are told to administrators', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    for (let n = 0; n < 35; n += 1) {
      const stranger = house.browser({ headers: { 'X-Forwarded-For': `198.18.1.${n}` } });
      await sendStart(stranger, `name${n}`);
      await send(stranger, '/reset/authentication-phone', { number: ownPhone, channel: 'text' });
      for (const code of ['111111', '222222', '333333'])
        await send(stranger, '/reset/authentication-phone/code', { code });
    }
    expect(await countEvents(house, 'code-refused')).toBe(105);
    expect(await countEvents(house, 'spray-noticed')).toBe(1);
  });

  test('S34 a header that names another address starts no more', async () => {
    const house = await openTestHouse();
    let started = 0;
    for (let n = 0; n < 33; n += 1) {
      const headers = { 'X-Forwarded-For': `198.51.100.${n}`, Forwarded: `for=198.51.100.${n}` };
      if (await sendStart(house.browser({ headers }), `name${n}`)) started += 1;
    }
    expect(started).toBe(30);
    const addresses = await house.deps.db.selectFrom('audit').select('address').distinct().execute();
    expect(addresses.map(({ address }) => address).join()).not.toContain('198.51.100');
  });

  test('S35 whatever strangers try, a browser the person has signed in with can reset', async () => {
    const house = await openTestHouse();
    const { browser: own } = await addRegistered(house, 'jan');
    for (let n = 0; n < 11; n += 1) {
      const stranger = house.browser();
      await sendStart(stranger, 'jan');
      await send(stranger, '/reset/authentication-phone', { number: '+31687654321', channel: 'text' });
      for (let m = 0; m < 5; m += 1)
        await send(stranger, '/reset/authentication-phone/code', { code: '123456' });
    }
    for (let n = 0; n < 25; n += 1) await sendStart(house.browser(), `name${n}`);
    expect(await sendStart(house.browser(), 'jan')).toBe(false);
    await startReset(house, 'jan', { browser: own });
    expect(own.path).toBe('/reset/methods');
    await passPhone(house, own);
    await passMail(house, own);
    await choosePassword(own);
    expect(own.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });
});

describe('messages', () => {
  test('S45 a destination gets one a minute, three in ten minutes and ten a day, and nobody is told otherwise', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await house.newMessages();
    const said = new Set<string>();
    let sent = 0;
    for (let n = 0; n < 40; n += 1) {
      const browser = house.browser({ headers: { 'X-Forwarded-For': `198.51.100.${n}` } });
      if (n % 10 === 0) await house.deps.db.deleteFrom('limits').where('key', 'like', 'resets-%').execute();
      await sendStart(browser, 'jan');
      said.add(await send(browser, '/reset/authentication-email', { address: ownMail }));
      sent += (await house.newMessages()).length;
      house.wait(30 * second);
    }
    expect([...said]).toEqual(['/reset/authentication-email/code']);
    expect(sent).toBeLessThanOrEqual(8);
    expect(sent).toBeGreaterThanOrEqual(4);
  });

  test('S45 no stranger’s number or address ever gets a message', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await house.newMessages();
    const browser = house.browser();
    await sendStart(browser, 'jan');
    for (let n = 10; n < 25; n += 1)
      await send(browser, '/reset/authentication-phone', { number: `+316876543${n}`, channel: 'text' });
    await send(browser, '/reset/authentication-email', { address: 'victim@example.net' });
    await send(browser, '/reset/office-phone', { number: '+31207940000' });
    expect(await house.newMessages()).toEqual([]);
    expect(
      await house.deps.db.selectFrom('messages').select('id').where('state', '=', 'waiting').execute(),
    ).toEqual([]);
  });

  test.each(['+31909123456', '0900 1234', '+12125550100', '+882161234567'])(
    'S46 a number that costs more, or of a country that is not allowed, is refused: %s',
    async (number) => {
      const house = await openTestHouse();
      const browser = await askResetText(await startReset(house, 'jan'), number);
      expect(browser.path).toBe('/reset/authentication-phone');
      expect(browser.problems).toHaveLength(1);
    },
  );
});
