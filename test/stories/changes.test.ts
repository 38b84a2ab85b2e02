import { describe, expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import {
  answerQuestion,
  answerQuestions,
  askPhoneCode,
  fiveAnswers,
  openStep,
  proveMail,
  proveOfficePhone,
  provePhone,
  signIn,
  typeCode,
  wordsOn,
} from '../helpers/journeys.ts';
import { day, minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

const phone = '+31612345678';
const mail = 'jan@example.com';
const rows = { phone: 'Eigen telefoon', mail: 'Eigen e-mailadres', office: 'Kantoortelefoon' };

/** A person able to reset, by phone and e-mail, who has read all messages. */
async function registered(house: TestHouse): Promise<Browser> {
  await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  const browser = await signIn(house, 'jan');
  await provePhone(house, browser, { number: phone });
  await proveMail(house, browser, mail);
  await house.newMessages();
  return browser;
}

/** Whom new messages went to, sorted. */
async function toldTo(house: TestHouse): Promise<string[]> {
  return (await house.newMessages()).map(({ to }) => to).toSorted();
}

describe('S65 whoever is able to reset', () => {
  test('changes the phone by password and a code to a method already proven, and comes back to the same step', async () => {
    const house = await openTestHouse();
    const browser = await registered(house);
    const { register, methods, problems } = wordsOn(browser);
    await browser.open('/register');
    house.wait(10 * minute);
    await browser.open('/register');
    house.wait(10 * minute);
    await browser.open('/register');
    house.wait(10 * minute);

    await browser.click(register.change['authentication-phone']);
    expect(browser.heading).toBe(register.identity.title);
    await browser.press(register.identity.passwordSubmit);
    expect(browser.problems).toEqual([problems['password-empty']]);
    await browser.fill(register.identity.password, 'wrong password').press(register.identity.passwordSubmit);
    expect(browser.problems).toHaveLength(1);
    expect(browser.document.querySelector('.field.wrong input')?.getAttribute('name')).toBe('password');
    await browser.fill(register.identity.password, password).press(register.identity.passwordSubmit);

    expect(browser.path).toBe('/register/confirm-identity');
    await browser.press(register.identity.chooseSubmit);
    expect(browser.problems).toEqual([register.identity.chooseEmpty]);
    const label = `${methods.names['authentication-email']}, ${methods.masks.address('j', 'example.com')}`;
    await browser.fill(label).press(register.identity.chooseSubmit);
    expect(await toldTo(house)).toEqual([mail]);
    await typeCode(browser, '12345');
    expect(browser.problems).toEqual([problems['code-not-six-digits']]);
    await typeCode(browser, await house.codeFor(mail));
    expect(browser.path).toBe('/register/authentication-phone');
    expect(browser.text).toContain(register.identity.done);

    await askPhoneCode(browser, '06 87654321');
    await typeCode(browser, await house.codeFor('+31687654321'));
    expect(browser.row(rows.phone)).toContain('nummer dat eindigt op 21');
    const told = await house.newMessages();
    const notices = told.filter(({ body }) => body.includes(wordsOn(browser).messages.yours));
    expect(notices.map(({ to }) => to).toSorted()).toEqual(
      ['+31612345678', '+31687654321', 'jan@example.com', 'jan@example.org'].toSorted(),
    );
    for (const { body } of notices) expect(body).not.toMatch(/12345678|87654321|\d{3} \d{3}/);
  });

  test('finds what was typed when the checks ran out on the page itself', async () => {
    const house = await openTestHouse();
    const browser = await registered(house);
    await openStep(house, browser, '/register/authentication-phone');
    for (let passed = 0; passed < 30; passed += 10) {
      house.wait(10 * minute);
      await browser.open('/register/later');
    }
    const { register, methods } = wordsOn(browser);
    const typed = { number: '06 87654321', channel: 'call', csrf: browser.csrf };
    await browser.post('/register/authentication-phone', typed);
    expect(browser.heading).toBe(register.identity.title);
    expect(await toldTo(house)).not.toContain('+31687654321');
    browser.fill(register.identity.password, password);
    await browser.press(register.identity.passwordSubmit);
    await browser
      .fill(`${methods.names['authentication-email']}, ${methods.masks.address('j', 'example.com')}`)
      .press(register.identity.chooseSubmit);
    await typeCode(browser, await house.codeFor(mail));
    expect(browser.path).toBe('/register/authentication-phone');
    const value = browser.document.querySelector('input[name=number]')?.getAttribute('value');
    expect(value).toBe('06 87654321');
    const checked = browser.document.querySelector('input[name=channel][checked]');
    expect(checked?.getAttribute('value')).toBe('call');
    await browser.press(register.phone.submit);
    expect(browser.path).toBe('/register/authentication-phone/code');
  });

  test('is asked only for the password, after half an hour, while not yet able to reset', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await provePhone(house, browser, { number: phone });
    for (let passed = 0; passed < 30; passed += 10) {
      house.wait(10 * minute);
      await browser.open('/register');
    }
    const { register } = wordsOn(browser);
    await browser.click(register.setUp['authentication-email']);
    expect(browser.heading).toBe(register.identity.title);
    await browser.fill(register.identity.password, password).press(register.identity.passwordSubmit);
    expect(browser.path).toBe('/register/authentication-email');
  });

  test('types a code whose checks ran out while it was on its way, and gets no further without new ones', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    house.wait(14 * minute);
    await browser.open('/register');
    house.wait(14 * minute);
    await askPhoneCode(browser, phone);
    house.wait(3 * minute);
    const { register } = wordsOn(browser);
    await typeCode(browser, await house.codeFor(phone));
    expect(browser.heading).toBe(register.identity.title);
    await browser.fill(register.identity.password, password).press(register.identity.passwordSubmit);
    expect(browser.path).toBe('/register/authentication-phone/code');
    await browser.press(register.code.again);
    await typeCode(browser, await house.codeFor(phone));
    expect(browser.row(rows.phone)).toContain(register.states.ready);
  });
});

describe('removing a method', () => {
  test('is reviewed first, told at every address, and says when one can no longer reset', async () => {
    const house = await openTestHouse();
    const browser = await registered(house);
    const { register } = wordsOn(browser);
    await openStep(house, browser, '/register/authentication-phone/remove');
    await house.newMessages();
    expect(browser.heading).toBe(register.removal.title['authentication-phone']);
    expect(browser.text).toContain('nummer dat eindigt op 78');
    expect(browser.text).toContain(register.removal.stopsReset);
    await browser.click(register.removal.keep);
    expect(browser.row(rows.phone)).toContain(register.states.ready);

    await browser.click(register.remove['authentication-phone']);
    await browser.press(register.removal.submit);
    expect(browser.path).toBe('/register');
    expect(browser.text).toContain(register.said.removed['authentication-phone']);
    expect(browser.row(rows.phone)).toContain(register.states['not-set-up']);
    expect(await toldTo(house)).toEqual([phone, mail, 'jan@example.org'].toSorted());
    expect((await house.audit()).map(({ event }) => event)).toContain('method-removed');
  });

  test('goes for every method, the questions too, and does nothing where there is nothing', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: null } });
    const browser = await signIn(house, 'jan');
    const { register, methods } = wordsOn(browser);
    await browser.open('/register/security-questions/remove');
    expect(browser.path).toBe('/register');
    await answerQuestions(house, browser, fiveAnswers);
    await proveOfficePhone(house, browser, '+31207940000');
    for (const kind of ['security-questions', 'office-phone'] as const) {
      await openStep(house, browser, `/register/${kind}/remove`);
      await browser.press(register.removal.submit);
      expect(browser.row(methods.names[kind]), kind).toContain(register.states['not-set-up']);
    }
    expect(browser.text).toContain(register.progress.methods(2));
  });

  test('does not warn where enough remains', async () => {
    const house = await openTestHouse({ policy: { methodsToReset: 1 } });
    const browser = await registered(house);
    await openStep(house, browser, '/register/authentication-email/remove');
    expect(browser.text).not.toContain(wordsOn(browser).register.removal.stopsReset);
  });
});

describe('S49 every change is told', () => {
  test('adding a phone, adding an address, completing and changing the questions', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { workMailbox: 'jan@example.org', language: 'en' });
    const browser = await signIn(house, 'jan', house.browser({ language: 'nl' }));
    await provePhone(house, browser, { number: phone });
    const added = (await house.newMessages()).filter(({ to, channel }) => to !== phone || channel === 'text');
    expect(added.map(({ to }) => to).toSorted()).toEqual([phone, phone, 'jan@example.org'].toSorted());
    expect(added.at(-1)?.body, 'in the person’s own language').toContain('If you did this yourself');
    await proveMail(house, browser, mail);
    expect(await toldTo(house)).toEqual([phone, mail, mail, 'jan@example.org'].toSorted());

    await openStep(house, browser, '/register/security-questions');
    await house.newMessages();
    for (const answer of fiveAnswers.slice(0, 4)) await answerQuestion(browser, 1, answer);
    expect(await toldTo(house), 'nothing while the set is not complete').toEqual([]);
    await answerQuestion(browser, 1, fiveAnswers[4] ?? '');
    expect(await toldTo(house)).toEqual([phone, mail, 'jan@example.org'].toSorted());
    await browser.open('/register/security-questions/1');
    await answerQuestion(browser, 1, 'Nachtegaal');
    expect(await toldTo(house)).toEqual([phone, mail, 'jan@example.org'].toSorted());
  });

  test('changing the address tells the old and the new one', async () => {
    const house = await openTestHouse();
    const browser = await registered(house);
    await openStep(house, browser, '/register/authentication-email');
    await house.newMessages();
    await proveMail(house, browser, 'new@example.com');
    expect(await toldTo(house)).toEqual(
      [phone, mail, 'jan@example.org', 'new@example.com', 'new@example.com'].toSorted(),
    );
  });
});

describe('checking again', () => {
  test('is asked after the days of the policy; each is still right, or changed, before finishing', async () => {
    const house = await openTestHouse({ policy: { checkAgainAfterDays: 90 } });
    await registered(house);
    house.wait(90 * day - 1);
    const before = await signIn(house, 'jan');
    const { register } = wordsOn(before);
    expect(before.row(rows.phone)).toContain(register.states.ready);
    house.wait(minute);
    const browser = await signIn(house, 'jan');
    expect(browser.row(rows.phone)).toContain(register.states.check);
    expect(browser.row(rows.mail)).toContain(register.states.check);
    expect(browser.text).toContain(register.progress.check);
    await browser.press(register.progress.finish);
    expect(browser.problems).toEqual([register.checkToFinish]);

    await browser.press(register.stillRight['authentication-phone']);
    expect(browser.text).toContain(register.said.checked);
    expect(browser.row(rows.phone)).toContain(register.states.ready);
    expect(browser.row(rows.mail)).toContain(register.states.check);
    await proveMail(house, browser, 'new@example.com');
    expect(browser.row(rows.mail)).toContain(register.states.ready);
    await browser.press(register.progress.finish);
    expect(browser.path).toBe('/register/finished');
    expect(browser.text).toContain(
      new Intl.DateTimeFormat('nl', { dateStyle: 'long' }).format(house.clock.now + 90 * day),
    );
    expect((await house.audit()).map(({ event }) => event)).toContain('method-checked');
  });

  test('is never asked where the policy says never', async () => {
    const house = await openTestHouse({ policy: { checkAgainAfterDays: 0 } });
    await registered(house);
    house.wait(5000 * day);
    const browser = await signIn(house, 'jan');
    const { register } = wordsOn(browser);
    expect(browser.row(rows.phone)).toContain(register.states.ready);
    await browser.press(register.progress.finish);
    expect(browser.path).toBe('/register/finished');
    expect(browser.text).not.toContain('20');
  });

  test('is asked on demand at once, of the questions too, and done once each is confirmed', async () => {
    const house = await openTestHouse({ policy: { checkAgainAfterDays: 0 } });
    const browser = await registered(house);
    await answerQuestions(house, browser, fiveAnswers);
    house.wait(minute);
    await house.deps.db.updateTable('people').set({ demanded_at: house.clock.now }).execute();
    house.wait(minute);
    await browser.open('/register');
    const { register } = wordsOn(browser);
    for (const kind of ['authentication-phone', 'authentication-email', 'security-questions'] as const) {
      await browser.press(register.progress.finish);
      expect(browser.problems).toEqual([register.checkToFinish]);
      await browser.press(register.stillRight[kind]);
    }
    await browser.press(register.progress.finish);
    expect(browser.path).toBe('/register/finished');
    const { demanded_at } = await house.deps.db
      .selectFrom('people')
      .select('demanded_at')
      .executeTakeFirstOrThrow();
    expect(demanded_at).toBeNull();
  });

  test('“still right” for what is not there changes nothing', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.post('/register/authentication-phone/still-right', { csrf: browser.csrf });
    expect(browser.path).toBe('/register');
    expect(browser.row(rows.phone)).toContain(wordsOn(browser).register.states['not-set-up']);
    expect((await house.audit()).map(({ event }) => event)).not.toContain('method-checked');
  });
});

describe('a method whose value no key opens any more', () => {
  test('is said so on the checklist and the account, and is set up again by a code to another method', async () => {
    const house = await openTestHouse();
    const browser = await registered(house);
    const { register, methods } = wordsOn(browser);
    const query = house.deps.db.updateTable('registrations').set({ value: '1.gone.AAAA' });
    await query.where('method', '=', 'authentication-phone').execute();
    await browser.open('/register');
    expect(browser.text).toContain(register.states.unreadable);
    await browser.open('/account');
    expect(browser.text).toContain(`${rows.phone}, ${methods.masks.unreadable}`);
    for (let passed = 0; passed < 40; passed += 10) {
      house.wait(10 * minute);
      await browser.open('/register/later');
    }
    await openStep(house, browser, '/register/authentication-phone');
    expect(browser.path).toBe('/register/authentication-phone');
    await askPhoneCode(browser, '06 87654321');
    await typeCode(browser, await house.codeFor('+31687654321'));
    expect(browser.row(rows.phone)).toContain('nummer dat eindigt op 21');
    expect(browser.text).not.toContain(register.states.unreadable);
    const kept = (await house.audit()).filter(({ event }) => /^method-(changed|registered)$/.test(event));
    expect(kept.at(-1)).toMatchObject({ event: 'method-changed' });
  });
});

test('a mailbox that no key opens any more keeps nobody from the checklist', async () => {
  const house = await openTestHouse();
  const browser = await registered(house);
  await house.deps.db.updateTable('people').set({ work_mailbox: '1.gone.AAAA' }).execute();
  await browser.open('/register');
  expect(browser.status).toBe(200);
  expect(browser.row(rows.phone)).toContain(wordsOn(browser).register.states.ready);
});
