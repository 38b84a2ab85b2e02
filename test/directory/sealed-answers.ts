import { expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, signIn, wordsOn } from '../helpers/journeys.ts';
import { newPassword } from '../helpers/resets.ts';
import { password, type TestHouse } from '../helpers/test-house.ts';

/** A house on a directory in which others set passwords too. */
export interface Sealed {
  house: TestHouse;
  addPerson(userName: string): Promise<void>;
  /** Sets a password as another program of the organisation would, for good. */
  setPassword(userName: string, password: string): Promise<void>;
}

/** Asks to see the answers, by a password. */
export async function showAnswers(browser: Browser, typed: string): Promise<Browser> {
  await browser.open('/account/answers');
  return browser.fill('Uw wachtwoord', typed).press('Laat zien');
}

async function signInWith(house: TestHouse, userName: string, typed: string): Promise<Browser> {
  const browser = await house.browser().open('/sign-in');
  const words = wordsOn(browser).signIn;
  return browser.fill(words.userName, userName).fill(words.password, typed).press(words.submit);
}

function expectAnswers(browser: Browser): void {
  for (const answer of fiveAnswers) expect(browser.text).toContain(answer);
}

function expectRefused(browser: Browser): void {
  expect(browser.problems).toHaveLength(1);
  for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
}

/** What becomes of sealed answers, alike whatever directory keeps the passwords. */
export function tellSealedAnswers(sealed: () => Sealed): void {
  test('sealed answers open with the directory’s password; after a change made elsewhere with the one before it', async () => {
    const { house, addPerson, setPassword } = sealed();
    await addPerson('ulla');
    const browser = await signIn(house, 'ulla');
    await answerQuestions(house, browser, fiveAnswers);
    expectRefused(await showAnswers(browser, 'niet het goede'));
    expectAnswers(await showAnswers(browser, password));

    await setPassword('ulla', newPassword);
    // The password before opens nothing: the directory does not take it any more.
    expectRefused(await showAnswers(browser, password));
    const later = await signInWith(house, 'ulla', newPassword);
    await showAnswers(later, newPassword);
    expect(later.text).toContain('Uw wachtwoord is ergens anders gewijzigd');
    const both = (old: string) =>
      later.fill('Wachtwoord dat u nu hebt', newPassword).fill('Vorig wachtwoord', old).press('Laat zien');
    expectRefused(await both('not that one'));
    expectAnswers(await both(password));
    expectAnswers(await showAnswers(later, newPassword));
  });
}
