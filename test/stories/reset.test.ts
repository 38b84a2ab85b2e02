import { describe, expect, test } from 'vitest';
import { addAdministrator } from '../helpers/administrators.ts';
import type { Browser } from '../helpers/browser.ts';
import { fiveAnswers, proveOfficePhone, provePhone, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
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
import { minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

test('a person who forgot the password proves two methods, chooses a new one, and signs in with it', async () => {
  const house = await openTestHouse();
  const { browser: old } = await addRegistered(house, 'jan', { person: { workMailbox: 'jan@example.org' } });
  await house.newMessages();

  const browser = await startReset(house, 'Jan');
  expect(browser.path).toBe('/reset/methods');
  expect(browser.heading).toBe('Bewijs dat u het bent');
  expect(browser.text).toContain('Bewijs op 2 verschillende manieren dat u het bent.');
  await browser.click('Gebruik uw eigen telefoon');
  await passPhone(house, browser);
  expect(browser.path).toBe('/reset/methods');
  expect(browser.text).toContain('U hebt nog 1 manier nodig.');
  expect(browser.text, 'what was used drops out').not.toContain('Gebruik uw eigen telefoon');
  await passMail(house, browser);
  expect(browser.path).toBe('/reset/new-password');
  await choosePassword(browser);
  expect(browser.path).toBe('/reset/done');
  expect(browser.heading).toBe('Uw wachtwoord is gewijzigd');
  expect(browser.text).toContain('Wij hebben dit gemeld op al uw bekende adressen.');

  expect(await canSignIn(house, 'jan', password)).toBe(false);
  await browser.click('Aanmelden');
  browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', newPassword);
  await browser.press('Aanmelden');
  expect(browser.path).toBe('/register');
  await old.open('/register');
  expect(old.path, 'the session there was has ended').toContain('/sign-in');
  const told = (await house.newMessages()).filter(({ body }) => !/\d{3} \d{3}/.test(body));
  expect(told.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());
  const events = (await house.audit()).map(({ event }) => event);
  expect(events.filter((event) => event === 'password-reset')).toHaveLength(1);
});

test('the short address leads to the page where a reset begins, and signing in links to it', async () => {
  const house = await openTestHouse();
  const browser = await house.browser({ language: 'en' }).open('/sspr');
  expect(browser.path).toBe('/reset');
  expect(browser.heading).toBe('Get back in by yourself');
  await browser.open('/sign-in');
  await browser.click(wordsOn(browser).signIn.forgotten);
  expect(browser.path).toBe('/reset');
});

test('with one method asked one is enough', async () => {
  const house = await openTestHouse({ policy: { methodsToReset: 1, methodsToRegister: 1 } });
  await addRegistered(house, 'jan', { mail: '' });
  const browser = await startReset(house, 'jan');
  expect(browser.text).toContain('Bewijs op één manier dat u het bent.');
  await passPhone(house, browser);
  expect(browser.path).toBe('/reset/new-password');
  await choosePassword(browser);
  expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
});

test('the phone can call instead, and the office phone is called with its extension', async () => {
  const house = await openTestHouse();
  const officePhone = { number: '+31207940000', extension: '12' };
  await house.addPerson('jan', { officePhone });
  const registered = await signIn(house, 'jan');
  await provePhone(house, registered, { number: ownPhone });
  await proveOfficePhone(house, registered, officePhone.number);
  house.wait(20 * minute);

  const browser = await startReset(house, 'jan');
  await browser.open('/reset/authentication-phone');
  browser.fill('Telefoonnummer', '06 12345678').fill('Bel mij en lees de code voor');
  await browser.press('Stuur een code');
  expect(browser.text).toContain('Hoort +31 6 12345678 bij uw account, dan bellen wij nu');
  await typeCode(browser, await house.codeFor(ownPhone));
  await browser.click('Gebruik uw kantoortelefoon');
  await browser.fill('Nummer van uw kantoortelefoon', '020 7940000').press('Bel dit nummer nu');
  const calls = (await house.messages()).filter(({ channel }) => channel === 'call').slice(-2);
  expect(calls.map(({ to }) => to)).toEqual([ownPhone, expect.stringContaining('+31207940000')]);
  expect(calls[1]?.to).toContain('12');
  await typeCode(browser, await house.codeFor(officePhone.number));
  expect(browser.path).toBe('/reset/new-password');
});

describe('questions', () => {
  async function walkToQuestions(house: TestHouse): Promise<Browser> {
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    await browser.click('Beantwoord uw vragen');
    return browser;
  }

  /** Types the answers that belong to the questions shown, the last one wrong if asked. */
  async function answerAll(browser: Browser, answers: Map<string, string>, wrong = false): Promise<Browser> {
    const labels = [...browser.document.querySelectorAll('main label')].map(
      (label) => label.textContent?.trim() ?? '',
    );
    for (const [n, label] of labels.entries())
      browser.fill(label, wrong && n === labels.length - 1 ? 'iets anders' : (answers.get(label) ?? ''));
    return browser.press('Controleer de antwoorden');
  }

  /** Registers five answers and remembers which belongs to which question. */
  async function addAnswered(house: TestHouse): Promise<Map<string, string>> {
    const { browser } = await addRegistered(house, 'jan', { mail: '', answers: fiveAnswers });
    await signIn(house, 'jan', browser);
    await browser.open('/register/security-questions');
    const questions = [...browser.document.querySelectorAll('ol > li > p:first-child')];
    return new Map(questions.map((p, n) => [p.textContent?.trim() ?? '', fiveAnswers[n] ?? '']));
  }

  test('are asked after another method, the same three each time, and all must be right', async () => {
    const house = await openTestHouse();
    const answers = await addAnswered(house);
    const first = await startReset(house, 'jan');
    expect(first.text).toContain('Uw vragen kunt u pas beantwoorden');
    await first.open('/reset/security-questions');
    expect(first.path, 'not the first').toBe('/reset/methods');

    const browser = await walkToQuestions(house);
    const asked = () => [...browser.document.querySelectorAll('main label')].map((l) => l.textContent);
    const drawn = asked();
    expect(drawn).toHaveLength(3);
    await answerAll(browser, answers, true);
    expect(browser.problems).toEqual([
      'Niet alle antwoorden kloppen. Kijk ze allemaal na en probeer het opnieuw.',
    ]);
    expect(asked()).toEqual(drawn);
    expect(browser.html).not.toContain('iets anders');
    await answerAll(browser, answers);
    expect(browser.path).toBe('/reset/new-password');
    await choosePassword(browser);
    expect(browser.text).toContain('U kunt ze alleen niet meer bekijken');
    expect(await house.deps.db.selectFrom('answers').select('sealed').distinct().execute()).toEqual([
      { sealed: null },
    ]);
  });

  test('can be shown while they are typed, by a link', async () => {
    const house = await openTestHouse();
    await addAnswered(house);
    const browser = await walkToQuestions(house);
    const type = () => browser.document.querySelector('main input:not([type=hidden])')?.getAttribute('type');
    expect(type()).toBe('password');
    await browser.click('Laat zien wat ik typ');
    expect(type()).toBe('text');
    await browser.press('Controleer de antwoorden');
    expect(browser.problems).toHaveLength(3);
    expect(type(), 'as it was chosen').toBe('text');
    await browser.click('Verberg wat ik typ');
    expect(type(), 'also after a refusal').toBe('password');
  });
});

describe('a new password', () => {
  test('is refused with the reason in plain words, and kept whole', async () => {
    const house = await openTestHouse({ policy: { organisationName: 'Zonnehof' } });
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    const refused: [string, string][] = [
      ['', 'Vul uw wachtwoord in.'],
      ['kort', 'Kies een wachtwoord van minstens 8 tekens.'],
      ['x'.repeat(257), 'Kies een wachtwoord van hooguit 256 tekens.'],
      [
        'password123',
        'Dit wachtwoord staat op een lijst van veelgebruikte wachtwoorden. Kies een ander wachtwoord.',
      ],
      ['bij-zonnehof-2026', 'Uw wachtwoord mag uw gebruikersnaam'],
      ['mijnheer de Vries', 'Uw wachtwoord mag uw gebruikersnaam'],
    ];
    for (const [typed, words] of refused) {
      await choosePassword(browser, typed);
      expect(browser.problems[0], typed.slice(0, 20)).toContain(words);
      if (typed !== '') expect(browser.html).not.toContain(`"${typed}"`);
    }
    browser.fill('Nieuw wachtwoord', newPassword).fill('Nieuw wachtwoord nog een keer', 'zeven vogels');
    await browser.press('Wachtwoord bewaren');
    expect(browser.problems).toEqual([
      'De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde wachtwoord.',
    ]);
    const long = `${'é'.normalize('NFD')}`.repeat(128) + 'z'.repeat(128);
    await choosePassword(browser, long);
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', long.normalize('NFC'))).toBe(true);
    expect(await canSignIn(house, 'jan', long.normalize('NFC').slice(0, 255))).toBe(false);
  });

  test('can be shown while it is typed, and is then typed once', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    await browser.click('Laat zien wat ik typ');
    expect(browser.text).not.toContain('nog een keer');
    await browser.fill('Nieuw wachtwoord', 'kort').press('Wachtwoord bewaren');
    const type = () => browser.document.querySelector('#page-password')?.getAttribute('type');
    expect(type()).toBe('text');
    await browser.click('Verberg wat ik typ');
    expect(type(), 'also after a refusal').toBe('password');
    await browser.click('Laat zien wat ik typ');
    expect(type()).toBe('text');
    await browser.fill('Nieuw wachtwoord', newPassword).press('Wachtwoord bewaren');
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });
});

describe('who cannot meet the policy', () => {
  test('learns so at the end, with whom to ask', async () => {
    const house = await openTestHouse({ policy: { helpContact: 'https://help.example.org/' } });
    await addRegistered(house, 'jan', { mail: '' });
    const browser = await startReset(house, 'jan');
    expect(browser.text).toContain('Gebruik uw eigen e-mailadres');
    await passPhone(house, browser);
    expect(browser.path).toBe('/reset/not-possible');
    expect(browser.heading).toBe('Dit lukt zo niet');
    const link = [...browser.document.querySelectorAll('main a')].map((a) => a.getAttribute('href'));
    expect(link).toContain('https://help.example.org/');
    await browser.open('/reset/new-password');
    expect(browser.path).toBe('/reset/not-possible');
  });

  test('is never told before a gate of possession: a name that is not there goes the same way', async () => {
    const house = await openTestHouse();
    const browser = await startReset(house, 'nobody');
    expect(browser.path).toBe('/reset/methods');
    await askResetText(browser);
    expect(browser.path).toBe('/reset/authentication-phone/code');
    for (let n = 1; n <= 5; n += 1) await typeCode(browser, '123456');
    expect(browser.problems).toEqual(['Deze code is te vaak geprobeerd. Vraag een nieuwe code.']);
    expect(await house.messages()).toEqual([]);
  });
});

test('nobody can reset where the policy lets nobody', async () => {
  const house = await openTestHouse({ policy: { enabledFor: { who: 'nobody' } } });
  const browser = await house.browser().open('/reset');
  expect(browser.text).toContain('Uw organisatie laat dit nu niet toe.');
  expect(browser.document.querySelector('main form')).toBeNull();
});

test('“send again” says how long to wait, sends the same code while it is young, and then a new one', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const browser = await askResetText(await startReset(house, 'jan'));
  const first = await house.codeFor(ownPhone);
  await browser.press('Stuur de code opnieuw');
  expect(browser.text).toContain('Er is net een code gestuurd.');
  house.wait(minute);
  await browser.press('Stuur de code opnieuw');
  expect(browser.text).toContain('Wij sturen de sms nog een keer, als het nummer klopt.');
  expect(await house.codeFor(ownPhone)).toBe(first);
  house.wait(9 * minute);
  await browser.press('Stuur de code opnieuw');
  const second = await house.codeFor(ownPhone);
  expect(second).not.toBe(first);
  await typeCode(browser, first);
  expect(browser.path).toBe('/reset/authentication-phone/code');
  await typeCode(browser, second);
  expect(browser.path).toBe('/reset/methods');
});

test('a reset takes an hour at most, and says so when it is over', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const browser = await walkToPassword(house);
  for (let n = 0; n < 5; n += 1) {
    house.wait(12 * minute);
    await browser.open('/reset/new-password');
  }
  expect(browser.path).toBe('/reset');
  expect(browser.text).toContain('De tijd is om');
  expect(await canSignIn(house, 'jan', password)).toBe(true);
});

test('a person in a privileged group needs two methods and never questions, and administrators are told', async () => {
  const policy = {
    methodsToReset: 1,
    methodsToRegister: 1,
    privilegedGroups: ['Admins'],
    notifyOfReset: false,
  };
  const house = await openTestHouse({ policy });
  const person = { groups: ['Admins'], workMailbox: 'jan@example.org' };
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.com' });
  await addRegistered(house, 'jan', { person });
  const browser = await startReset(house, 'jan');
  await passPhone(house, browser);
  expect(browser.path).toBe('/reset/methods');
  expect(browser.text).toContain('U hebt nog 1 manier nodig.');
  expect(browser.text).not.toContain('Beantwoord uw vragen');
  await browser.open('/reset/security-questions');
  expect(browser.path).toBe('/reset/methods');
  await passMail(house, browser);
  await house.newMessages();
  await choosePassword(browser);
  expect(browser.path).toBe('/reset/done');
  const told = (await house.newMessages()).map(({ to }) => to).join(' ');
  expect(told, 'the person, though the policy is silent').toContain('jan@example.org');
  expect(told, 'and administrators').toContain('anna@example.com');
});
