import { expect, test } from 'vitest';
import type { Language } from '../../src/words/languages.ts';
import { type Words, wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import {
  answerQuestions,
  fiveAnswers,
  openStep,
  proveMail,
  provePhone,
  signIn,
} from '../helpers/journeys.ts';
import { day, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : [];
}

/** What only the other language says: long enough to be told apart, and not a part of what this one says. */
function foreignTo(language: Language): string[] {
  /** Without the words of the terminal, which nobody reads on a page. */
  const people = ({
    admin: _admin,
    administrators: _administrators,
    imports: _imports,
    people: _people,
    rules: _rules,
    screens: _screens,
    ...rest
  }: Words) => rest;
  const own = textsIn(people(wordsOf(language))).join('\n');
  const other = textsIn(people(wordsOf(language === 'nl' ? 'en' : 'nl')));
  return other.filter((text) => text.length > 5 && !own.includes(text));
}

const smallWords = {
  nl: /\b(the|you|your|and|with|this|which|password|please)\b/i,
  en: /\b(het|een|uw|wij|niet|deze|wachtwoord|vraag|voor|klopt)\b/i,
};

/** The words of a page, without the link to the other language and the names of people. */
function saidOn(browser: Browser): string {
  const { document } = browser;
  for (const link of document.querySelectorAll('a[hreflang]')) link.remove();
  const spoken = [...document.querySelectorAll('[aria-label],[placeholder],[alt]')].map(
    (element) => element.getAttribute('aria-label') ?? element.getAttribute('alt') ?? '',
  );
  return [document.title, document.body.textContent, ...spoken].join('\n').replace(/[ \t]+/g, ' ');
}

/** Where a browser has been, and what it was told there in the wrong language. */
function watch(language: Language) {
  const foreign = foreignTo(language);
  const seen = new Set<string>();
  return {
    seen,
    look(browser: Browser): void {
      const said = saidOn(browser);
      const path = browser.path;
      expect(browser.status, path).toBeLessThan(500);
      seen.add(browser.heading);
      expect(
        foreign.filter((text) => said.includes(text)),
        path,
      ).toEqual([]);
      expect(said, path).not.toMatch(smallWords[language]);
      expect(said, path).not.toMatch(/undefined|\[object|NaN|\bnull\b|\$\{|<%/);
    },
  };
}

async function lookAround(house: TestHouse, language: Language): Promise<Set<string>> {
  const words = wordsOf(language);
  const { look, seen } = watch(language);
  const browser = house.browser({ language });
  const at = async (path: string) => look(await browser.open(path));
  const pressed = async (label: string) => look(await browser.press(label));
  for (const path of ['/nowhere', '/sign-out', '/sign-in', '/redeem', '/stop', '/stop/change'])
    await at(path);
  for (const path of ['/stop/done', '/stop/change/done']) await at(path);
  await browser.open('/sign-in');
  await pressed(words.signIn.submit);
  await signIn(house, 'jan', browser);
  look(browser);
  await pressed(words.register.progress.finish);
  await browser.open('/register');
  await pressed(words.register.progress.later);
  for (const kind of ['authentication-phone', 'authentication-email', 'office-phone'] as const) {
    await at(`/register/${kind}`);
    await pressed(words.register[kind === 'office-phone' ? 'office' : 'phone'].submit);
  }
  await pressed(words.register.code.submit);
  await at('/register/security-questions');
  await pressed(words.register.questions.submit);
  await at('/register/security-questions/1?answers=hidden');
  await answerQuestions(house, browser, fiveAnswers.slice(0, 2));
  await at('/register');
  await answerQuestions(house, browser, ['Bobo de beer', 'Zeedijk', 'Nachtegaal']);
  await at('/register/security-questions');
  await provePhone(house, browser, { number: '+31612345678' });
  look(browser);
  await at('/register/authentication-email');
  await pressed(words.register.identity.chooseSubmit);
  await openStep(house, browser, '/register/authentication-phone/remove');
  look(browser);
  await proveMail(house, browser, 'abc@example.com');
  await at('/register/authentication-phone');
  await at('/register');
  await pressed(words.register.progress.finish);
  for (const path of ['/account', '/account/answers', '/account/download', '/change-password'])
    await at(path);
  house.wait(200 * day);
  await at('/register');
  await signIn(house, 'jan', browser);
  look(browser);
  await pressed(words.register.progress.finish);
  await at('/register/authentication-email');
  await browser.press(words.common.signOut);
  look(browser);
  return seen;
}

test.each(['nl', 'en'] as const)('every page speaks %s and nothing else', async (language) => {
  const house = await openTestHouse();
  await house.addPerson('jan', { language, officePhone: { number: '+31207940000', extension: '12' } });
  const { firstPassword } = await house.addPerson('sam', { oneTime: true });
  const seen = await lookAround(house, language);
  const { look } = watch(language);
  const browser = await house.browser({ language }).open('/sign-in');
  const { signIn: words } = wordsOf(language);
  browser.fill(words.userName, 'sam').fill(words.password, firstPassword);
  look(await browser.press(words.submit));
  expect(browser.heading).toBe(words.newPassword.title);
  look(await browser.press(words.newPassword.submit));
  expect([...seen].length, [...seen].join(', ')).toBeGreaterThanOrEqual(14);
});
