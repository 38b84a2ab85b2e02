import { describe, expect, test } from 'vitest';
import { answerQuestions, fiveAnswers, signIn, wordsOn } from '../helpers/journeys.ts';
import { changePassword } from '../helpers/notices.ts';
import { addRegistered, canSignIn, newPassword, ownMail, ownPhone } from '../helpers/resets.ts';
import { minute, openTestHouse, password } from '../helpers/test-house.ts';

test('a person changes the known password: other browsers are signed out, everybody known is told', async () => {
  const house = await openTestHouse();
  const { browser } = await addRegistered(house, 'jan');
  await signIn(house, 'jan', browser);
  const other = await signIn(house, 'jan');
  await house.newMessages();
  await browser.click('Uw account');
  await browser.click('Uw wachtwoord wijzigen');
  await changePassword(browser, newPassword);
  expect(browser.path).toBe('/account');
  expect(browser.text).toContain('Uw nieuwe wachtwoord is bewaard. Andere browsers zijn afgemeld.');
  expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  expect(await canSignIn(house, 'jan', password)).toBe(false);
  await other.open('/register');
  expect(other.path).toContain('/sign-in');
  expect((await house.newMessages()).map(({ to }) => to).toSorted()).toEqual([ownPhone, ownMail].toSorted());
  expect((await house.audit()).filter(({ event }) => event === 'password-changed')).toHaveLength(1);
});

describe('a new password', () => {
  test('is refused with the reason, and a slip there costs no try at the old one', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    const { problems, changePassword: words, signIn: choose } = wordsOn(browser);
    for (let n = 0; n < 12; n += 1) await changePassword(browser, 'kort', 'a wrong password');
    expect(browser.problems).toEqual([problems['password-too-short']]);
    await changePassword(browser, 'wachtwoord');
    expect(browser.problems).toEqual([problems['password-common']]);
    await changePassword(browser, 'ik ben jan en dat is alles');
    expect(browser.problems).toEqual([problems['password-own-name']]);
    await changePassword(browser, password);
    expect(browser.problems).toEqual([words.same]);
    browser.fill(words.current, password).fill(choose.newPassword.label, newPassword);
    await browser.fill(choose.newPassword.repeat, `${newPassword}!`).press(choose.newPassword.submit);
    expect(browser.problems).toEqual([choose.newPassword.notEqual]);
    await changePassword(browser, newPassword, 'a wrong password');
    expect(browser.problems).toEqual([words.wrong]);
    expect(browser.html).not.toContain('a wrong password');
    await changePassword(browser, newPassword);
    expect(browser.problems).toEqual([]);
  });

  test('is typed once when it is shown', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open('/change-password');
    await browser.click('Laat zien wat ik typ als nieuw wachtwoord');
    expect(browser.document.querySelector('[name=password]')?.getAttribute('type')).toBe('text');
    expect(browser.document.querySelector('[name=repeat]')).toBeNull();
    browser.fill('Wachtwoord dat u nu hebt', password).fill('Nieuw wachtwoord', newPassword);
    await browser.press('Wachtwoord bewaren');
    expect(browser.path).toBe('/account');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });

  test('S36 tries at the old password are held to the limit of signing in', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    for (let n = 0; n < 10; n += 1) await changePassword(browser, newPassword, `wrong password ${n}`);
    await changePassword(browser, newPassword);
    expect(browser.problems[0]).toContain('te vaak een verkeerd wachtwoord');
    house.wait(2 * minute);
    await changePassword(browser, newPassword);
    expect(browser.path).toBe('/account');
  });
});

test('S46 a password is changed at most ten times a day, for each change sends messages', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  const nth = (n: number) => (n === 0 ? password : `zeven vogels zingen ${n}`);
  for (let n = 0; n < 11; n += 1) {
    expect(browser.problems).toEqual([]);
    await changePassword(browser, nth(n + 1), nth(n));
  }
  expect(browser.problems[0]).toContain('vandaag te vaak gewijzigd');
  expect(await canSignIn(house, 'jan', nth(10))).toBe(true);
});

test('the answers can still be shown after a change, with the new password', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await answerQuestions(house, browser, fiveAnswers);
  await changePassword(browser, newPassword);
  await browser.click('Laat mijn antwoorden zien');
  await browser.fill('Uw wachtwoord', newPassword).press('Laat zien');
  for (const answer of fiveAnswers) expect(browser.text).toContain(answer);
});
