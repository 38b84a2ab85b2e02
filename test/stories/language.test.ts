import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { lockOut } from '../helpers/resets.ts';
import { openTestHouse } from '../helpers/test-house.ts';

const languageOf = (browser: Browser) => browser.document.documentElement.getAttribute('lang');

describe('the language of a page', () => {
  test.each([
    ['en-GB,en;q=0.9,nl;q=0.5', 'en'],
    ['nl-BE, en;q=0.3', 'nl'],
    ['fr, en;q=0.4', 'en'],
    ['fr', 'nl'],
    ['', 'nl'],
    ['*;;;q=', 'nl'],
  ])('follows the browser that asks for %j: %s', async (asked, language) => {
    const house = await openTestHouse();
    const browser = await house.browser({ headers: { 'Accept-Language': asked } }).open('/sign-in');
    expect(languageOf(browser)).toBe(language);
  });

  test('is the house’s own where nobody asks for one', async () => {
    const house = await openTestHouse({ policy: { defaultLanguage: 'en' } });
    expect(languageOf(await house.browser().open('/sign-in'))).toBe('en');
  });

  test('follows the link before everything else, and the browser remembers it', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { language: 'nl' });
    const browser = await house.browser({ language: 'nl' }).open('/sign-in');
    await browser.click('English');
    expect(browser.heading).toBe('Sign in');
    await signIn(house, 'jan', browser);
    expect(languageOf(browser)).toBe('en');
    await browser.open('/register/authentication-phone');
    expect(languageOf(browser)).toBe('en');
    await browser.click('Nederlands');
    expect(browser.path).toBe('/register/authentication-phone?lang=nl');
    expect(languageOf(browser)).toBe('nl');
  });

  test('is the person’s own once signed in, whatever the browser asks for', async () => {
    const house = await openTestHouse();
    await house.addPerson('sam', { language: 'en' });
    const browser = await signIn(house, 'sam', house.browser({ language: 'nl' }));
    expect(languageOf(browser)).toBe('en');
  });

  test('can be changed in the middle of a step without losing what the address says', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await browser.open('/register/security-questions/1?answers=hidden');
    await browser.click('English');
    expect(browser.document.querySelector('input[name=answer]')?.getAttribute('type')).toBe('password');
  });

  test('can be changed on a page with problems, which are then said in it', async () => {
    const house = await openTestHouse();
    const browser = await house.browser({ language: 'nl' }).open('/sign-in');
    await browser.fill('Gebruikersnaam', 'jan').press('Aanmelden');
    expect(browser.problems).toEqual([wordsOf('nl').problems['password-empty']]);
    await browser.click('English');
    expect(browser.problems).toEqual([wordsOf('en').problems['password-empty']]);
    expect(browser.document.querySelector('input[name=userName]')?.getAttribute('value')).toBe('jan');
  });

  test('of a problem that cannot be said in another is named', async () => {
    const house = await openTestHouse();
    await lockOut(house, 'jan');
    const browser = await house.browser({ language: 'nl' }).open('/sign-in');
    await browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', 'wrong').press('Aanmelden');
    const [problem = ''] = browser.problems;
    expect(problem).toContain('te vaak een verkeerd wachtwoord');
    await browser.click('English');
    expect(browser.problems).toEqual([problem]);
    expect(browser.document.querySelector('.problems [lang=nl]')?.textContent).toBe(problem);
  });

  test('can be changed on a page that does not exist, without leaving the house', async () => {
    const house = await openTestHouse();
    const browser = house.browser();
    for (const path of ['/nowhere', '//example.org/x', '/nowhere/..%2f..']) {
      await browser.open(path);
      expect(browser.status).toBe(404);
      const link = browser.document.querySelector('a[hreflang=en]')?.getAttribute('href') ?? '';
      expect(new URL(link, house.url).origin, path).toBe(house.url);
    }
    await browser.open('/nowhere?lang=en');
    expect(browser.heading).toBe('This page does not exist');
  });
});
