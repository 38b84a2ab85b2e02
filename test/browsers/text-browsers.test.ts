import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Language } from '../../src/words/languages.ts';
import { wordsOf } from '../../src/words/words.ts';
import { needs } from '../helpers/needs.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import type { TextBrowser } from './text-browser.ts';
import { textBrowsers } from './text-browsers.ts';

let house: TestHouse;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ house, stop } = await startTestHouse());
});
afterAll(() => stop?.());

/** Signs in, registers a phone (a wrong code first) and an address, finishes, signs out. */
async function register(browser: TextBrowser, language: Language, person: { name: string; number: string }) {
  const t = wordsOf(language);
  const { setUp, phone, email, code, progress, finished, said } = t.register;
  const address = `${person.name}@example.com`;
  await browser.see(t.signIn.intro);
  await browser.fill(t.signIn.userName, person.name);
  await browser.fill(t.signIn.password, password);
  await browser.press(t.signIn.submit);
  await browser.see(t.register.greeting(person.name));

  await browser.follow(setUp['authentication-phone']);
  await browser.see(phone.private.slice(0, 40));
  await browser.fill(phone.number, person.number);
  await browser.choose(t.methods.channelChoices.text);
  await browser.press(phone.submit);
  await browser.see(said.sent.text(t.methods.masks.number(person.number.slice(-2))));
  await browser.fill(code.label, '12');
  await browser.press(code.submit);
  await browser.see(t.problems['code-not-six-digits']);
  const texted = await house.codeFor(person.number);
  await browser.fill(code.label, `${texted.slice(0, 3)} ${texted.slice(3)}`);
  await browser.press(code.submit);
  await browser.see(said.ready(t.methods.names['authentication-phone']));
  await browser.see(progress.methods(1));

  await browser.follow(setUp['authentication-email']);
  await browser.see(email.submit);
  await browser.fill(email.address, address);
  await browser.press(email.submit);
  await browser.see(t.register.code.title['authentication-email']);
  await browser.fill(code.label, await house.codeFor(address));
  await browser.press(code.submit);
  await browser.see(progress.met);
  await browser.press(progress.finish);
  const page = await browser.see(finished.title);
  expect(page).toContain(t.methods.names['authentication-email']);
  await browser.press(t.common.signOut);
  await browser.see(t.signIn.signedOut.title);
  expect(
    (await house.audit()).filter(({ event }) => event === 'registration-finished').length,
  ).toBeGreaterThan(0);
}

for (const { name, programs, start, language, number } of textBrowsers) {
  needs(...programs)(name, () => {
    test(`a person registers by phone and e-mail, in language ${language}`, async () => {
      await house.addPerson(name);
      const browser = await start(`${house.url}/register?lang=${language}`);
      onTestFinished(browser.close);
      await register(browser, language, { name, number });
    });
  });
}
