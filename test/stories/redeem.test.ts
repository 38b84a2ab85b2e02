import { describe, expect, test } from 'vitest';
import { chooseWithCode, issueAccessCode, typeAccessCode } from '../helpers/access-codes.ts';
import { answerQuestions, fiveAnswers, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { addRegistered, canSignIn, newPassword, ownMail, ownPhone } from '../helpers/resets.ts';
import { hour, openTestHouse, password } from '../helpers/test-house.ts';

const otherPhone = '+31687654321';

test('a person who lost everything chooses a password with an access code, and then registers anew', async () => {
  const house = await openTestHouse();
  const { browser: old, personId } = await addRegistered(house, 'jan', {
    person: { workMailbox: 'jan@example.org' },
  });
  await answerQuestions(house, await signIn(house, 'jan', old), fiveAnswers);
  await house.newMessages();
  const code = await issueAccessCode(house, 'jan');
  expect(code).toMatch(/^([a-z0-9]{4}-){3}[a-z0-9]{4}$/);
  const announced = await house.newMessages();
  expect(announced.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());
  expect(announced.every(({ body }) => !body.includes(code))).toBe(true);

  const browser = await typeAccessCode(
    house.browser(),
    'Jan',
    ` ${code.toUpperCase().replaceAll('-', ' ')} `,
  );
  expect(browser.path).toBe('/redeem/password');
  expect(browser.heading).toBe('Kies een nieuw wachtwoord');
  expect(browser.text).toContain('Gebruikersnaam: jan');
  await chooseWithCode(browser, 'kort');
  expect(browser.problems).toEqual([wordsOn(browser).problems['password-too-short']]);
  await chooseWithCode(browser, newPassword);
  expect(browser.path).toBe('/register');
  expect(browser.text).toContain('Uw nieuwe wachtwoord is bewaard.');
  expect(browser.row('Eigen telefoon')).toContain('Nog niet ingesteld');
  expect(browser.row('Beveiligingsvragen')).toContain('Nog niet ingesteld');

  expect(await canSignIn(house, 'jan', password)).toBe(false);
  expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  await old.open('/register');
  expect(old.path).toContain('/sign-in');
  const told = (await house.newMessages()).filter(({ body }) => body.includes('met een toegangscode'));
  expect(told.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());

  house.wait(hour);
  const again = house.browser();
  await again.open('/sign-in');
  again.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', newPassword);
  await again.press('Aanmelden');
  await provePhone(house, again, { number: otherPhone });
  const answers = await house.deps.db
    .selectFrom('answers')
    .selectAll()
    .where('person_id', '=', personId)
    .execute();
  expect(answers).toEqual([]);
  const events = (await house.audit()).map(({ event }) => event);
  for (const event of ['access-code-accepted', 'access-code-redeemed', 'password-reset'])
    expect(
      events.filter((one) => one === event),
      event,
    ).toHaveLength(1);
});

describe('S66 the session of an access code', () => {
  test('leads from every other page to the one thing it can do, before and after the password is chosen', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await typeAccessCode(house.browser(), 'jan', await issueAccessCode(house, 'jan'));
    const elsewhere = ['/account', '/account/answers', '/change-password', '/register', '/sign-in'];
    for (const path of [...elsewhere, '/register/authentication-phone']) {
      await browser.open(path);
      expect(browser.path, path).toBe('/redeem/password');
    }
    await browser.post('/register/authentication-phone', {
      csrf: browser.csrf,
      number: otherPhone,
      channel: 'text',
    });
    expect(browser.path).toBe('/redeem/password');
    expect(browser.text).not.toContain('Uw account');
    await chooseWithCode(browser, newPassword);
    for (const path of elsewhere) {
      await browser.open(path);
      expect(browser.path, path).toBe('/register');
    }
    await provePhone(house, browser, { number: otherPhone });
    expect(browser.row('Eigen telefoon')).toContain('Klaar');
  });

  test('counts nothing until the password is chosen: the old password and methods still work', async () => {
    const house = await openTestHouse();
    const { browser } = await addRegistered(house, 'jan');
    await typeAccessCode(house.browser(), 'jan', await issueAccessCode(house, 'jan'));
    expect(await canSignIn(house, 'jan', password)).toBe(true);
    await signIn(house, 'jan', browser);
    expect(browser.row('Eigen telefoon')).toContain('Klaar');
  });
});
