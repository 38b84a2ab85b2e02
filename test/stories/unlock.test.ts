import { expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import {
  addRegistered,
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
import { openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

/** Types a password at sign-in. */
async function trySignIn(browser: Browser, typed: string): Promise<Browser> {
  await browser.open('/sign-in');
  return browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', typed).press('Aanmelden');
}

async function lockOut(house: TestHouse, browser = house.browser()): Promise<void> {
  for (let n = 0; n < 10; n += 1) await trySignIn(browser, 'wrong');
  await trySignIn(browser, password);
  expect(browser.problems[0]).toContain('te vaak een verkeerd wachtwoord');
}

test('a locked account is unlocked at once by two methods, and keeps its password', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  await lockOut(house);
  await house.newMessages();

  const browser = await startReset(house, 'jan', { wish: 'locked' });
  expect(browser.text, 'nothing is told of the lock').not.toContain('geblokkeerd');
  await passPhone(house, browser);
  await passMail(house, browser);
  expect(browser.path).toBe('/reset/unlock');
  expect(browser.text).toContain('Uw account is geblokkeerd na te veel verkeerde wachtwoorden.');
  await browser.press('Deblokkeer mijn account');
  expect(browser.path).toBe('/reset/unlocked');
  expect(browser.heading).toBe('Uw account is gedeblokkeerd');
  await trySignIn(browser, password);
  expect(browser.path).toBe('/register');
  expect(await canSignIn(house, 'jan', password)).toBe(true);
  const events = (await house.audit()).map(({ event }) => event);
  expect(events.filter((event) => event === 'account-unlocked')).toHaveLength(1);
  const told = (await house.newMessages()).filter(({ body }) => !/\d{3} \d{3}/.test(body));
  expect(told.map(({ to }) => to).toSorted()).toEqual([ownMail, ownPhone].toSorted());
});

test('a browser that the person signed in with before, and locked out itself, is let in again too', async () => {
  const house = await openTestHouse();
  const { browser: own } = await addRegistered(house, 'jan');
  await own.open('/register');
  if (own.path === '/register') await own.press('Afmelden');
  await lockOut(house, own);
  const browser = await startReset(house, 'jan', { wish: 'locked' });
  await passPhone(house, browser);
  await passMail(house, browser);
  await browser.press('Deblokkeer mijn account');
  await trySignIn(own, password);
  expect(own.path).toBe('/register');
});

test('who was not locked at all is told so only after proving it, and may choose a new password', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const browser = await walkToPassword(house, 'jan', { wish: 'locked' });
  expect(browser.path).toBe('/reset/new-password');
  expect(browser.text).toContain('Uw account is niet geblokkeerd.');
  await choosePassword(browser);
  expect(browser.path).toBe('/reset/done');
  expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
});

test('choosing a new password lifts the lock too', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  await lockOut(house);
  const browser = await walkToPassword(house, 'jan');
  await choosePassword(browser);
  await trySignIn(browser, newPassword);
  expect(browser.path).toBe('/register');
});

test('the sessions there were end with an unlock, since the password may be known to others', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const other = await signIn(house, 'jan');
  await lockOut(house);
  const browser = await walkToPassword(house, 'jan', { wish: 'locked' });
  await browser.press('Deblokkeer mijn account');
  await other.open('/register');
  expect(other.path).toContain('/sign-in');
});
