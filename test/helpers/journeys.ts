import { expect } from 'vitest';
import type { Browser } from './browser.ts';
import { password, type TestHouse } from './test-house.ts';

/** Signs a person in with a fresh browser (or the one given), by typing name and password. */
export async function signIn(
  house: TestHouse,
  userName: string,
  browser: Browser = house.browser(),
): Promise<Browser> {
  await browser.open('/sign-in');
  const words = browser.document.documentElement.getAttribute('lang') === 'nl' ? dutch : english;
  browser.fill(words.userName, userName).fill(words.password, password);
  await browser.press(words.signIn);
  expect(browser.problems, 'problems at sign-in').toEqual([]);
  return browser;
}

const dutch = { userName: 'Gebruikersnaam', password: 'Wachtwoord', signIn: 'Aanmelden' };
const english = { userName: 'User name', password: 'Password', signIn: 'Sign in' };
