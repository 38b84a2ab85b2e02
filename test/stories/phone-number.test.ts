import { describe, expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import {
  askPhoneCode,
  openStep,
  provePhone,
  signIn,
  typeCode,
  wordsOn,
  wrongCode,
} from '../helpers/journeys.ts';
import { hour, minute, openTestHouse, second } from '../helpers/test-house.ts';

const page = '/register/authentication-phone';
const mobile = '+31612345678';

/** What is wrong, at which fields. */
function faultsOf(browser: Browser): Record<string, string> {
  const wrong = [...browser.document.querySelectorAll('.field.wrong')];
  return Object.fromEntries(
    wrong.map((field) => [
      field.querySelector('input')?.getAttribute('name') ?? '',
      (field.querySelector('.problem')?.textContent ?? '').replace(/^(Fout|Error): /, ''),
    ]),
  );
}

test('a number is read as people type it', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  for (const typed of [
    '0612345678',
    '06-12 34 56 78',
    '06 – 12345678',
    '0031612345678',
    '+31 (0)6 12 34 56 78',
    '(+31) 612345678',
    '  +31 6 12345678 ',
    '٠٦١٢٣٤٥٦٧٨',
  ]) {
    house.wait(6 * minute);
    await openStep(house, browser, page);
    await askPhoneCode(browser, typed);
    expect(browser.path, typed).toBe(`${page}/code`);
    expect(browser.text, typed).toContain('nummer dat eindigt op 78');
    expect(
      (await house.newMessages()).map(({ to }) => to),
      typed,
    ).toEqual([mobile]);
  }
});

test('the country of a number without code is the first of the policy', async () => {
  const house = await openTestHouse({ policy: { phoneCountries: ['BE', 'NL'] } });
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '0470 12 34 56');
  expect((await house.newMessages()).map(({ to }) => to)).toEqual(['+32470123456']);
});

test.each(['nl', 'en'] as const)(
  'a number that cannot be used is refused at its field, with the reason and what was typed (%s)',
  async (language) => {
    const house = await openTestHouse({ policy: { phoneCountries: ['NL', 'GB', 'DE'] } });
    await house.addPerson('jan', { language, officePhone: { number: '+31207940000', extension: '12' } });
    const browser = await signIn(house, 'jan');
    const { problems, register } = wordsOn(browser);
    await browser.open(page);
    await browser.fill(register.phone.number, '06 12345678').press(register.phone.submit);
    expect(faultsOf(browser)).toEqual({ channel: problems['channel-missing'] });
    const cases: [string, 'text' | 'call', string, keyof typeof problems][] = [
      ['', 'text', 'number', 'phone-empty'],
      ['call me', 'text', 'number', 'phone-unreadable'],
      ['112', 'text', 'number', 'phone-too-short'],
      ['06 12345678 90123', 'text', 'number', 'phone-too-long'],
      ['+44 7700 900123', 'text', 'number', 'phone-not-existing'],
      ['+32 470 12 34 56', 'text', 'number', 'phone-country-not-allowed'],
      ['0900 1234', 'call', 'number', 'phone-premium'],
      ['+49 180 5 123456', 'call', 'number', 'phone-shared-cost'],
      ['088 123 4567', 'call', 'number', 'phone-unknown-kind'],
      ['020 794 0001 toestel 5', 'call', 'number', 'phone-has-extension'],
      ['020 794 0000', 'call', 'number', 'phone-equals-office-phone'],
      ['+31 (0)20-7940000', 'call', 'number', 'phone-equals-office-phone'],
      ['020 794 0001', 'text', 'channel', 'phone-no-text'],
    ];
    for (const [typed, channel, field, problem] of cases) {
      await browser.open(page);
      await askPhoneCode(browser, typed, channel);
      expect(browser.path).toBe(page);
      expect(faultsOf(browser), typed).toEqual({ [field]: problems[problem] });
      expect(browser.problems, typed).toEqual([problems[problem]]);
      const input = browser.document.querySelector('input[name=number]');
      expect(input?.getAttribute('value')).toBe(typed);
      const checked = browser.document.querySelector('input[name=channel][checked]');
      expect(checked?.getAttribute('value')).toBe(channel);
    }
    await browser.fill(register.phone.number, '06 12345678').press(register.phone.submit);
    expect(browser.path).toBe(`${page}/code`);
    expect(await house.newMessages()).toHaveLength(1);
  },
);

test('a landline is proven by a call that reads the code twice', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '020 794 0001', 'call');
  expect(browser.text).toContain(wordsOn(browser).register.said.sent.call('nummer dat eindigt op 01'));
  const [call] = await house.newMessages();
  expect(call).toMatchObject({ channel: 'call', to: '+31207940001' });
  const code = await house.codeFor('+31207940001');
  expect(call?.body.replace(/\D/g, '')).toBe(code + code);
  await typeCode(browser, code);
  expect(browser.row('Eigen telefoon')).toContain('nummer dat eindigt op 01');
});

describe('the code page', () => {
  test('forgives spaces and hyphens, and tells what is no code, without showing it again', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '0612345678');
    const { problems } = wordsOn(browser);
    const field = browser.document.querySelector('input[name=code]');
    expect(field?.getAttribute('autocomplete')).toBe('one-time-code');
    expect(field?.getAttribute('inputmode')).toBe('numeric');
    await typeCode(browser, '');
    expect(browser.problems).toEqual([problems['code-empty']]);
    await typeCode(browser, '48291');
    expect(browser.problems).toEqual([problems['code-not-six-digits']]);
    expect(browser.html).not.toContain('48291');
    const code = await house.codeFor(mobile);
    await typeCode(browser, ` ${code.slice(0, 2)} ${code.slice(2, 4)}-${code.slice(4)} `);
    expect(browser.path).toBe('/register');
  });

  test('leads to another number, whose code alone counts', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '0612345678');
    const first = await house.codeFor(mobile);
    await browser.click(wordsOn(browser).register.code.another['authentication-phone']);
    expect(browser.path).toBe(page);
    await askPhoneCode(browser, '06 87654321');
    const second = await house.codeFor('+31687654321');
    if (first !== second) {
      await typeCode(browser, first);
      expect(browser.problems).toEqual([wordsOn(browser).register.code.incorrect(4)]);
    }
    await typeCode(browser, second);
    expect(browser.row('Eigen telefoon')).toContain('nummer dat eindigt op 21');
  });

  test('refuses an expired code and sends a new one', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '0612345678');
    const first = await house.codeFor(mobile);
    house.wait(10 * minute);
    await typeCode(browser, first);
    const { code: words, said } = wordsOn(browser).register;
    expect(browser.problems).toEqual([words.expired]);
    await browser.press(words.again);
    expect(browser.text).toContain(said.sent.text('nummer dat eindigt op 78'));
    expect(browser.problems).toEqual([]);
    const [, again] = await house.newMessages();
    expect(again?.to).toBe(mobile);
    await typeCode(browser, await house.codeFor(mobile));
    expect(browser.path).toBe('/register');
  });

  test('refuses a code in whose place a newer one was sent from another browser', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const old = await signIn(house, 'jan');
    await askPhoneCode(old, '0612345678');
    const first = await house.codeFor(mobile);
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '0687654321');
    await typeCode(old, first);
    expect(old.problems).toEqual([wordsOn(old).register.code.replaced]);
    await typeCode(browser, await house.codeFor('+31687654321'));
    expect(browser.path).toBe('/register');
  });

  test('after five wrong tries asks for a new code, and after ten lets the method rest', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, '0612345678');
    const { code: words } = wordsOn(browser).register;
    const wrong = wrongCode(await house.codeFor(mobile));
    for (const left of [4, 3, 2, 1]) {
      await typeCode(browser, wrong);
      expect(browser.problems).toEqual([words.incorrect(left)]);
    }
    await typeCode(browser, wrong);
    expect(browser.problems).toEqual([words.spent]);
    const right = await house.codeFor(mobile);
    await typeCode(browser, right);
    expect(browser.problems).toEqual([words.spent]);

    house.wait(minute);
    await askPhoneCode(await browser.open(page), '0612345678');
    const next = await house.codeFor(mobile);
    for (let count = 0; count < 5; count += 1) await typeCode(browser, wrongCode(next));
    await askPhoneCode(await browser.open(page), '0687654321');
    expect(browser.path).toBe(page);
    expect(browser.problems.join()).toBe(words.resting('59 minuten'));
    expect(browser.document.querySelector('input[name=number]')?.getAttribute('value')).toBe('0687654321');
    house.wait(hour);
    await signIn(house, 'jan', browser);
    await provePhone(house, browser, { number: mobile });
  });

  test('is not there without a code under way', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open(`${page}/code`);
    expect(browser.path).toBe(page);
    await provePhone(house, browser, { number: mobile });
    await browser.open(`${page}/code`);
    expect(browser.path).toBe(page);
  });
});

describe('the limits of messages', () => {
  test('are said in words: one a minute, three in ten minutes, ten a day for one number', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    const { wait } = wordsOn(browser).register.code;
    let messages = 0;
    // Read at once: a code that is not out before the next one is asked for has lost its point.
    const ask = async () => {
      await askPhoneCode(await browser.open(page), '0612345678');
      messages += (await house.newMessages()).length;
    };
    await ask();
    await ask();
    expect(browser.problems).toEqual([wait('60 seconden')]);
    house.wait(30 * second);
    await ask();
    expect(browser.problems).toEqual([wait('30 seconden')]);
    house.wait(30 * second);
    await ask();
    house.wait(minute);
    await ask();
    expect(browser.path).toBe(`${page}/code`);
    house.wait(minute);
    await ask();
    expect(browser.problems).toEqual([wait('7 minuten')]);
    expect(messages).toBe(3);
    for (let sent = 3; sent < 11; sent += 1) {
      house.wait(10 * minute);
      await openStep(house, browser, page);
      await ask();
    }
    expect(browser.problems).toEqual([wait('23 uur')]);
    expect(messages).toBe(10);
  });

  test('count twenty messages a day for one person, whatever the numbers', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    for (let sent = 0; sent < 20; sent += 1) {
      await askPhoneCode(await browser.open(page), `06123456${10 + sent}`);
      expect(await house.newMessages()).toHaveLength(1);
    }
    expect(browser.path).toBe(`${page}/code`);
    await askPhoneCode(await browser.open(page), '0612345690');
    expect(browser.problems).toEqual([wordsOn(browser).register.code.wait('24 uur')]);
    expect(await house.newMessages()).toEqual([]);
  });

  test('hold for the whole house: texts and calls have a budget, mails have none', async () => {
    const house = await openTestHouse({ policy: { messagesPerDay: 1 } });
    await house.addPerson('jan');
    await house.addPerson('sam');
    await askPhoneCode(await signIn(house, 'jan'), '0612345678');
    const browser = await signIn(house, 'sam');
    await askPhoneCode(browser, '0687654321');
    expect(browser.path).toBe(page);
    await browser.open('/register/authentication-email');
    await browser.fill('E-mailadres', 'sam@example.com').press('Stuur een code');
    expect(browser.path).toBe('/register/authentication-email/code');
  });
});

test('where nothing can carry a text, the page says so and names another way', async () => {
  const house = await openTestHouse({ env: { DELIVERY: 'live' } });
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '0612345678');
  expect(browser.problems).toEqual([wordsOn(browser).register.code.noTransport]);
});
