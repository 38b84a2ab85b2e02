import { expect, onTestFinished, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, signIn, wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { newPassword } from '../helpers/resets.ts';
import { slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

async function openAnswered(env: Record<string, string> = {}) {
  const slapd = await startSlapd();
  onTestFinished(slapd.close);
  const house = await openTestHouse({ env: { ...slapd.env, ...env } });
  await slapd.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await answerQuestions(house, browser, fiveAnswers);
  return { slapd, house, browser };
}

async function signInWith(house: TestHouse, typed: string): Promise<Browser> {
  const browser = await house.browser().open('/sign-in');
  const words = wordsOn(browser).signIn;
  return browser.fill(words.userName, 'jan').fill(words.password, typed).press(words.submit);
}

async function showAnswers(browser: Browser, typed: string): Promise<Browser> {
  await browser.open('/account/answers');
  return browser.fill('Uw wachtwoord', typed).press('Laat zien');
}

needs(...slapdPrograms)('the sealed answers of people who stand in a directory', () => {
  test('open with the directory’s password; after a change made elsewhere with the one before it', async () => {
    const { slapd, house, browser } = await openAnswered();
    await showAnswers(browser, 'niet het goede');
    expect(browser.problems).toHaveLength(1);
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
    await showAnswers(browser, password);
    for (const answer of fiveAnswers) expect(browser.text).toContain(answer);

    await slapd.setPassword('jan', newPassword);
    // The password before opens nothing: the directory does not take it any more.
    await showAnswers(browser, password);
    expect(browser.problems).toHaveLength(1);
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
    // A password set by others has to be replaced first, where the policy says so.
    await slapd.change(slapd.dnOf('jan'), 'delete', { pwdReset: [] });
    const later = await signInWith(house, newPassword);
    await showAnswers(later, newPassword);
    expect(later.text).toContain('Uw wachtwoord is ergens anders gewijzigd');
    const both = (old: string) =>
      later.fill('Wachtwoord dat u nu hebt', newPassword).fill('Vorig wachtwoord', old).press('Laat zien');
    await both('not that one');
    expect(later.problems).toHaveLength(1);
    await both(password);
    for (const answer of fiveAnswers) expect(later.text).toContain(answer);
    await showAnswers(later, newPassword);
    for (const answer of fiveAnswers) expect(later.text).toContain(answer);
  });

  test('with SEALED_ANSWERS=none no copy is kept', async () => {
    const { house, browser } = await openAnswered({ SEALED_ANSWERS: 'none' });
    const rows = await house.deps.db.selectFrom('answers').select(['sealed']).execute();
    expect(rows).toEqual(fiveAnswers.map(() => ({ sealed: null })));
    await showAnswers(browser, password);
    expect(browser.path).toBe('/account/answers');
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
  });
});
