import { describe, expect, test } from 'vitest';
import { addQuestion } from '../../src/questions/questions.ts';
import type { Browser } from '../helpers/browser.ts';
import {
  answerQuestions,
  fiveAnswers,
  proveMail,
  proveOfficePhone,
  provePhone,
  signIn,
  wordsOn,
} from '../helpers/journeys.ts';
import { day, openTestHouse } from '../helpers/test-house.ts';

const officePhone = { number: '+31207940000', extension: '12' };
const rowsOf = (browser: Browser) =>
  [...browser.document.querySelectorAll('section.row h2')].map((heading) => heading.textContent?.trim());
const progressOf = (browser: Browser) => browser.document.getElementById('progress')?.textContent ?? '';

const phone = 'Eigen telefoon';
const mail = 'Eigen e-mailadres';
const office = 'Kantoortelefoon';
const questions = 'Beveiligingsvragen';

describe('the checklist', () => {
  test('has a short address', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await house.browser().open('/ssprsetup');
    expect(browser.path).toBe('/sign-in?return=%2Fregister');
    await signIn(house, 'jan', browser);
    await browser.open('/ssprsetup');
    expect(browser.path).toBe('/register');
  });

  test('has one row for each method that the policy enables, and no other', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { officePhone });
    const browser = await signIn(house, 'jan');
    const off = { officePhone: false, phoneText: false, phoneCall: false, authenticationEmail: false };
    const none = { ...off, securityQuestions: false, methodsToReset: 1, methodsToRegister: 1 };
    const cases: [Parameters<typeof house.setPolicy>[0], string[]][] = [
      [{}, [phone, mail, office, questions]],
      [{ ...none, phoneText: true }, [phone]],
      [{ ...none, phoneCall: true }, [phone]],
      [{ ...none, authenticationEmail: true }, [mail]],
      [{ ...none, officePhone: true }, [office]],
      [{ ...none, authenticationEmail: true, securityQuestions: true }, [mail, questions]],
      [{ ...none, officePhone: true, phoneText: true, phoneCall: true }, [phone, office]],
    ];
    for (const [policy, rows] of cases) {
      await house.setPolicy(policy);
      await browser.open('/register');
      expect(rowsOf(browser), JSON.stringify(policy)).toEqual(rows);
      for (const [name, path] of [
        [phone, 'authentication-phone'],
        [mail, 'authentication-email'],
        [office, 'office-phone'],
        [questions, 'security-questions'],
      ] as const) {
        await browser.open(`/register/${path}`);
        expect(browser.path.startsWith(`/register/${path}`), path).toBe(rows.includes(name));
      }
    }
  });

  test('offers only the channels that the policy enables', async () => {
    const house = await openTestHouse({ policy: { phoneText: false } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open('/register/authentication-phone');
    expect(browser.document.querySelectorAll('input[type=radio]').length).toBe(0);
    browser.fill('Telefoonnummer', '06 12345678');
    await browser.press('Stuur een code');
    expect(await house.newMessages()).toMatchObject([{ channel: 'call', to: '+31612345678' }]);
  });

  test('asks nothing of people whom the policy does not enable', async () => {
    const enabledFor = { who: 'groups', groups: ['Staff'], except: ['Interns'] } as const;
    const house = await openTestHouse({
      policy: { enabledFor: { ...enabledFor, groups: ['Staff'], except: ['Interns'] } },
    });
    await house.addPerson('in', { groups: ['Staff'] });
    await house.addPerson('out', { groups: ['Guests'] });
    await house.addPerson('except', { groups: ['Staff', 'Interns'] });
    expect(rowsOf(await signIn(house, 'in'))).toHaveLength(4);
    for (const userName of ['out', 'except']) {
      const browser = await signIn(house, userName);
      expect(browser.text).toContain(wordsOn(browser).register.notAsked);
      expect(rowsOf(browser)).toEqual([]);
      expect(browser.text).not.toContain(wordsOn(browser).register.progress.finish);
      await browser.open('/register/authentication-phone');
      expect(browser.path).toBe('/register');
    }
  });

  test('shows the office phone with its extension, and gives no way to change it', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { officePhone });
    await house.addPerson('sam');
    const browser = await signIn(house, 'jan');
    expect(browser.row(office)).toContain('+31 20 794 0000, toestel 12');
    await browser.open('/register/office-phone');
    expect(browser.text).toContain('+31 20 794 0000, toestel 12');
    const typed = [...browser.document.querySelectorAll('main input')].map((one) => one.getAttribute('name'));
    expect(typed).toEqual(['csrf']);
    await browser.press(wordsOn(browser).register.office.submit, {
      number: '+31612345678',
      officePhone: '+31612345678',
    });
    expect(await house.newMessages()).toMatchObject([{ channel: 'call', to: '+31207940000' }]);

    const other = await signIn(house, 'sam');
    expect(other.row(office)).toContain(wordsOn(other).register.states['no-office-phone']);
    await other.open('/register/office-phone');
    expect(other.path).toBe('/register');
  });

  test.each(['nl', 'en'] as const)('says exactly what is missing (%s)', async (language) => {
    const house = await openTestHouse({ policy: { methodsToRegister: 3 } });
    await house.addPerson('jan', { language });
    const browser = await signIn(house, 'jan');
    const { progress, missingToFinish } = wordsOn(browser).register;
    expect(progressOf(browser)).toContain(progress.methods(3));
    await browser.press(progress.finish);
    expect(browser.path).toBe('/register');
    expect(browser.problems).toEqual([missingToFinish, progress.methods(3)]);

    await provePhone(house, browser, { number: '+31612345678' });
    expect(progressOf(browser)).toContain(progress.methods(2));
    expect(browser.problems, 'what was missing before').toEqual([]);

    await answerQuestions(house, browser, fiveAnswers.slice(0, 4));
    await browser.open('/register');
    expect(progressOf(browser)).toContain(progress.questions(1));
    expect(browser.text).toContain(wordsOn(browser).register.states.partly(4, 5));
    await answerQuestions(house, browser, ['Nachtegaal']);
    expect(progressOf(browser)).toContain(progress.methods(1));
    await proveMail(house, browser, 'jan@example.com');
    expect(progressOf(browser)).toContain(progress.met);
  });

  test('says that questions alone are not enough', async () => {
    const house = await openTestHouse({ policy: { methodsToReset: 1, methodsToRegister: 1 } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    const { progress } = wordsOn(browser).register;
    expect(progressOf(browser)).toContain(progress.needsPossession);
    await browser.press(progress.finish);
    expect(browser.problems).toContain(progress.needsPossession);
  });
});

describe('finishing', () => {
  test.each([
    [1, 1, ['phone']],
    [1, 2, ['phone', 'mail']],
    [2, 3, ['phone', 'mail', 'questions']],
  ] as const)('needs %i to reset and %i to finish: %j', async (methodsToReset, methodsToRegister, given) => {
    const house = await openTestHouse({ policy: { methodsToReset, methodsToRegister } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    const { progress, missingToFinish } = wordsOn(browser).register;
    for (const method of given) {
      await browser.open('/register');
      await browser.press(progress.finish);
      expect(browser.problems, method).toContain(missingToFinish);
      await browser.open('/register/finished');
      expect(browser.path).toBe('/register');
      if (method === 'phone') await provePhone(house, browser, { number: '+31612345678' });
      if (method === 'mail') await proveMail(house, browser, 'jan@example.com');
      if (method === 'questions') await answerQuestions(house, browser, fiveAnswers);
    }
    await browser.press(progress.finish);
    expect(browser.path).toBe('/register/finished');
    expect((await house.audit()).filter(({ event }) => event === 'registration-finished')).toHaveLength(1);
  });

  test('with four methods says what is ready and when the next check is', async () => {
    const house = await openTestHouse({ policy: { methodsToRegister: 4 } });
    await house.addPerson('jan', { officePhone });
    const browser = await signIn(house, 'jan');
    await provePhone(house, browser, { number: '+31612345678', channel: 'call' });
    await proveMail(house, browser, 'jan@example.com');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.press('Registratie afronden');
    expect(browser.problems).toEqual([
      'U kunt nog niet afronden.',
      wordsOn(browser).register.progress.methods(1),
    ]);
    await proveOfficePhone(house, browser, '+31207940000');
    const words = wordsOn(browser).register;
    await browser.press(words.progress.finish);
    expect(browser.heading).toBe(words.finished.title);
    expect([...browser.document.querySelectorAll('main li')].map((line) => line.textContent)).toEqual([
      `${phone}: nummer dat eindigt op 78`,
      `${mail}: adres dat begint met j, bij example.com`,
      `${office}: +31 20 794 0000, toestel 12`,
      questions,
    ]);
    expect(browser.text).toContain('1 mei 2027');
  });

  test('for members of a privileged group takes two methods, and never questions', async () => {
    const house = await openTestHouse({
      policy: { methodsToReset: 1, methodsToRegister: 1, privilegedGroups: ['Admins'] },
    });
    await house.addPerson('root', { groups: ['Admins', 'Staff'] });
    const browser = await signIn(house, 'root');
    expect(rowsOf(browser)).toEqual([phone, mail, office]);
    await browser.open('/register/security-questions/1');
    expect(browser.path).toBe('/register');
    await provePhone(house, browser, { number: '+31612345678' });
    const { progress } = wordsOn(browser).register;
    expect(progressOf(browser)).toContain(progress.methods(1));
    await proveMail(house, browser, 'root@example.com');
    await browser.press(progress.finish);
    expect(browser.path).toBe('/register/finished');
  });

  test('a method counts as soon as it is proven, and leaving keeps it', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await provePhone(house, browser, { number: '+31612345678' });
    await browser.press(wordsOn(browser).register.progress.leave);
    const again = await signIn(house, 'jan');
    expect(again.row(phone)).toContain(wordsOn(again).register.states.ready);
    expect(again.row(phone)).toContain('nummer dat eindigt op 78');
  });
});

describe('putting it off', () => {
  test('is possible for the days of the policy, and then no longer', async () => {
    const house = await openTestHouse({ policy: { postponeDays: 3 } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    const { later, progress } = wordsOn(browser).register;
    expect(progressOf(browser)).toContain('5 november 2026');
    await browser.press(progress.later);
    expect(browser.heading).toBe(later.title);
    expect(browser.text).toContain('5 november 2026');

    house.wait(2 * day);
    const second = await signIn(house, 'jan');
    expect(progressOf(second)).toContain('5 november 2026');
    const stale = await signIn(house, 'jan', house.browser());
    house.wait(day);
    await signIn(house, 'jan', second);
    await second.open('/register');
    expect(progressOf(second)).not.toContain(progress.later);

    await signIn(house, 'jan', stale);
    await stale.post('/register/later', { csrf: stale.csrf });
    expect(stale.path).toBe('/register');
    expect(stale.text).toContain(later.notPossible);
  });

  test('is not offered with no days to postpone, nor where registration is not required, nor once registered', async () => {
    const house = await openTestHouse({
      policy: { postponeDays: 0, methodsToReset: 1, methodsToRegister: 1 },
    });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    const { later } = wordsOn(browser).register.progress;
    expect(progressOf(browser)).not.toContain(later);
    await house.setPolicy({ postponeDays: 7, registrationRequired: false });
    await browser.open('/register');
    expect(progressOf(browser)).not.toContain(later);
    await house.setPolicy({ registrationRequired: true });
    await browser.open('/register');
    expect(progressOf(browser)).toContain(later);
    await provePhone(house, browser, { number: '+31612345678' });
    expect(progressOf(browser)).not.toContain(later);
  });
});

test('a custom question in one language only is shown as it is', async () => {
  const house = await openTestHouse();
  await addQuestion(house.deps.db, house.clock.now, {
    id: 'own',
    nl: null,
    en: 'Which <b>bike</b> was first?',
  });
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await browser.open('/register/security-questions/1');
  const texts = [...browser.document.querySelectorAll('option')].map((option) => option.textContent);
  expect(texts.at(-1)).toBe('Which <b>bike</b> was first?');
});
