import { describe, expect, test } from 'vitest';
import { askMailCode, openStep, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { hour, minute, openTestHouse, password, second } from '../helpers/test-house.ts';

describe('signing in', () => {
  test('a wrong password and an unknown name are told in the same words, the name kept and the password not', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const told: string[] = [];
    for (const userName of ['jan', 'nobody']) {
      const browser = await house.browser().open('/sign-in');
      browser.fill('Gebruikersnaam', userName).fill('Wachtwoord', 'not the password');
      await browser.press('Aanmelden');
      expect(browser.path).toBe('/sign-in');
      expect(browser.title).toMatch(/^Fout: Aanmelden – /);
      expect(browser.html).toContain(`value="${userName}"`);
      expect(browser.html).not.toContain('not the password');
      told.push(browser.problems.join());
    }
    expect(told).toEqual(
      Array(2).fill(
        'De gebruikersnaam of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.',
      ),
    );
  });

  test('empty fields are told at their fields', async () => {
    const house = await openTestHouse();
    const browser = await house.browser({ language: 'en' }).open('/sign-in');
    await browser.press('Sign in');
    const { problems } = wordsOn(browser);
    expect(browser.problems).toEqual([problems['user-name-empty'], problems['password-empty']]);
    expect(browser.document.querySelectorAll('[aria-invalid=true]').length).toBe(2);
  });

  test('after ten wrong passwords the name rests, in words that say how long, and the right one works afterwards', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = house.browser();
    const tryOnce = async (typed: string) => {
      await browser.open('/sign-in');
      return browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', typed).press('Aanmelden');
    };
    for (let count = 0; count < 10; count += 1) await tryOnce('wrong password');
    await tryOnce(password);
    expect(browser.problems).toEqual([
      'Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het opnieuw over 60 seconden. Niet wachten? Kies onderaan “Wachtwoord vergeten of geblokkeerd?”.',
    ]);
    house.wait(60 * second);
    await tryOnce('wrong password');
    await tryOnce(password);
    expect(browser.problems.join()).toContain('over 2 minuten');
    house.wait(2 * minute);
    await tryOnce(password);
    expect(browser.path).toBe('/register');
  });

  test('the user name is taken however it is written', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan.devries');
    for (const typed of ['Jan.DeVries', ' jan.devries ', 'ＪＡＮ.devries', 'jan.devries.']) {
      const browser = await signIn(house, typed);
      expect(browser.text, typed).toContain('U bent aangemeld als jan.devries.');
    }
  });

  test('leads back to the page that was asked for, also when the language is changed on the way', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await house.browser().open('/register/authentication-phone');
    expect(browser.path).toBe('/sign-in?return=%2Fregister%2Fauthentication-phone');
    await browser.click('English');
    expect(browser.heading).toBe('Sign in');
    browser.fill('User name', 'jan').fill('Password', 'wrong password');
    await browser.press('Sign in');
    browser.fill('Password', password);
    await browser.press('Sign in');
    expect(browser.path).toBe('/register/authentication-phone');
    expect(browser.heading).toBe('Your own phone');
  });

  test('whoever is signed in is not asked again, and a disabled person is not let in', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open('/sign-in');
    expect(browser.path).toBe('/register');
    await house.deps.db
      .updateTable('people')
      .set({ disabled_at: house.clock.now })
      .where('id', '=', personId)
      .execute();
    await browser.open('/register');
    expect(browser.path).toContain('/sign-in');
    browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', password);
    await browser.press('Aanmelden');
    expect(browser.problems).toEqual([wordsOn(browser).signIn.wrong]);
  });
});

describe('a session', () => {
  test('lasts while it is used, ends after fifteen idle minutes, and leads back to the same step with what was typed', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open('/register/authentication-email');
    house.wait(14 * minute);
    await browser.open('/register/authentication-email');
    house.wait(14 * minute);
    await browser.open('/register/authentication-email');
    expect(browser.path).toBe('/register/authentication-email');

    house.wait(15 * minute);
    browser.fill('E-mailadres', 'jan@example.com');
    await browser.press('Stuur een code');
    expect(browser.path).toBe('/sign-in?return=%2Fregister%2Fauthentication-email');
    browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', 'wrong password');
    await browser.press('Aanmelden');
    expect(browser.problems).toHaveLength(1);
    browser.fill('Wachtwoord', password);
    await browser.press('Aanmelden');
    expect(browser.path).toBe('/register/authentication-email');
    expect(browser.document.querySelector('input[name=address]')?.getAttribute('value')).toBe(
      'jan@example.com',
    );
    await browser.press('Stuur een code');
    expect(await house.codeFor('jan@example.com')).toMatch(/^\d{6}$/);
  });

  test('begun anew goes on with the code that is still on its way', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await openStep(house, browser, '/register/authentication-email');
    await askMailCode(browser, 'jan@example.com');
    const code = await house.codeFor('jan@example.com');
    await browser.press('Afmelden');
    const again = await signIn(house, 'jan');
    await again.open('/register/authentication-email/code');
    expect(again.path).toBe('/register/authentication-email/code');
    await typeCode(again, code);
    expect(again.row('Eigen e-mailadres')).toContain('Klaar');
  });

  test('that ended shows what was typed in it to nobody else who signs in at that browser', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await house.addPerson('piet');
    const browser = await signIn(house, 'jan');
    await browser.open('/register/authentication-email');
    house.wait(15 * minute);
    browser.fill('E-mailadres', 'jan@example.com');
    await browser.press('Stuur een code');
    browser.fill('Gebruikersnaam', 'piet').fill('Wachtwoord', password);
    await browser.press('Aanmelden');
    expect(browser.path).toBe('/register/authentication-email');
    expect(browser.html).not.toContain('jan@example.com');
  });

  test('ends after eight hours however much it is used, and leads back to the same step', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    for (let passed = 0; passed < 8 * hour - 10 * minute; passed += 10 * minute) {
      house.wait(10 * minute);
      await browser.open('/register');
      expect(browser.path).toBe('/register');
    }
    house.wait(10 * minute);
    await browser.open('/register/security-questions/1');
    expect(browser.path).toBe('/sign-in?return=%2Fregister%2Fsecurity-questions%2F1');
    browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', password);
    await browser.press('Aanmelden');
    expect(browser.path).toBe('/register/security-questions/1');
  });

  test('ends with signing out, which says so and keeps what was proven', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan', house.browser({ language: 'en' }));
    await browser.press('Sign out');
    expect(browser.path).toBe('/sign-out');
    expect(browser.heading).toBe('You are signed out');
    expect(browser.text).not.toContain('Sign out');
    await browser.click('Sign in again');
    expect(browser.path).toBe('/sign-in');
    await browser.open('/register');
    expect(browser.path).toContain('/sign-in');
    expect((await house.audit()).map(({ event }) => event)).toContain('person-signed-out');
  });
});

describe('a browser without cookies', () => {
  test.each([
    ['nl', 'Uw browser stuurt geen cookies'],
    ['en', 'Your browser sends no cookies'],
  ])('is told so, in the language it asks for (%s)', async (language, heading) => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await house.browser({ cookies: false, language }).open('/sign-in');
    const { signIn: words } = wordsOn(browser);
    await browser.fill(words.userName, 'jan').fill(words.password, password).press(words.submit);
    expect(browser.status).toBe(400);
    expect(browser.heading).toBe(heading);
  });
});

describe('a one-time first password', () => {
  test('must be replaced before anything else; a bad choice is refused with the reason', async () => {
    const house = await openTestHouse();
    const { firstPassword } = await house.addPerson('sam.jansen', {
      displayName: 'Sam Jansen',
      oneTime: true,
    });
    const browser = await house.browser().open('/sign-in');
    browser.fill('Gebruikersnaam', 'sam.jansen').fill('Wachtwoord', firstPassword);
    await browser.press('Aanmelden');
    expect(browser.path).toBe('/sign-in/new-password');
    for (const path of ['/register', '/register/authentication-phone', '/register/finished']) {
      await browser.open(path);
      expect(browser.path).toBe('/sign-in/new-password');
    }
    const words = wordsOn(browser);
    const refused = [
      ['kort', 'kort', words.problems['password-too-short']],
      ['password123', 'password123', words.problems['password-common']],
      ['welkom-jansen-2026', 'welkom-jansen-2026', words.problems['password-own-name']],
      ['x'.repeat(257), 'x'.repeat(257), words.problems['password-too-long']],
      ['negen groene fietsen', 'negen groene fietsn', words.signIn.newPassword.notEqual],
      [firstPassword, firstPassword, words.signIn.newPassword.same],
      ['', '', words.problems['password-too-short']],
    ];
    for (const [typed = '', repeat = '', problem] of refused) {
      browser.fill('Nieuw wachtwoord', typed).fill('Nieuw wachtwoord nog een keer', repeat);
      await browser.press('Wachtwoord bewaren');
      expect(browser.problems).toEqual([problem]);
      if (typed !== '') expect(browser.html).not.toContain(typed);
    }
    browser.fill('Nieuw wachtwoord', password).fill('Nieuw wachtwoord nog een keer', password);
    await browser.press('Wachtwoord bewaren');
    expect(browser.path).toBe('/register');
    expect(browser.text).toContain('Uw nieuwe wachtwoord is bewaard.');

    await browser.press('Afmelden');
    await browser.open('/sign-in');
    browser.fill('Gebruikersnaam', 'sam.jansen').fill('Wachtwoord', firstPassword);
    await browser.press('Aanmelden');
    expect(browser.problems).toEqual([words.signIn.wrong]);
    await signIn(house, 'sam.jansen', browser);
    expect(browser.path).toBe('/register');
  });
});
