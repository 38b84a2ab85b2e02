import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Language } from '../../src/words/languages.ts';
import { wordsOf } from '../../src/words/words.ts';
import { issueAccessCode } from '../helpers/access-codes.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered, canSignIn, lockOut, newPassword } from '../helpers/resets.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { startLynx } from './lynx.ts';
import type { TextBrowser } from './text-browser.ts';
import { textBrowsers } from './text-browsers.ts';

let house: TestHouse;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ house, stop } = await startTestHouse());
});
afterAll(() => stop?.());

interface Person {
  name: string;
  number: string;
}

/** From the sign-in page through the phone (a wrong code first) and the mailbox; nothing but what is on the pages. */
async function proveBoth(
  browser: TextBrowser,
  { name, number }: Person,
  { language, wish }: { language: Language; wish: 'forgot' | 'locked' },
): Promise<void> {
  const t = wordsOf(language);
  const { reset } = t;
  const address = `${name}@example.com`;
  await browser.see(t.signIn.intro);
  await browser.follow(t.signIn.forgotten);
  await browser.see(reset.wish);
  await browser.fill(reset.userName, name);
  await browser.choose(reset.wishes[wish]);
  await browser.press(reset.submit);
  await browser.see(reset.methods.needed(2));

  await browser.follow(reset.methods.choose['authentication-phone']);
  await browser.see(reset.phone.channel);
  await browser.fill(reset.phone.number, number);
  await browser.choose(t.methods.channelChoices.text);
  await browser.press(reset.phone.submit);
  await browser.see(reset.code.title['authentication-phone']);
  await browser.fill(t.register.code.label, '12');
  await browser.press(t.register.code.submit);
  await browser.see(t.problems['code-not-six-digits']);
  const texted = await house.codeFor(number);
  await browser.fill(t.register.code.label, `${texted.slice(0, 3)} ${texted.slice(3)}`);
  await browser.press(t.register.code.submit);
  await browser.see(reset.methods.more(1));

  await browser.follow(reset.methods.choose['authentication-email']);
  await browser.see(reset.email.title);
  await browser.fill(reset.email.address, address);
  await browser.press(reset.email.submit);
  await browser.see(reset.code.title['authentication-email']);
  await browser.fill(t.register.code.label, await house.codeFor(address));
  await browser.press(t.register.code.submit);
}

async function signIn(browser: TextBrowser, language: Language, person: { name: string; password: string }) {
  const t = wordsOf(language);
  await browser.see(t.signIn.intro);
  await browser.fill(t.signIn.userName, person.name);
  await browser.fill(t.signIn.password, person.password);
  await browser.press(t.signIn.submit);
  await browser.see(t.register.progress.title);
}

for (const { name, programs, start, language, number } of textBrowsers) {
  needs(...programs)(name, () => {
    test(`a person who forgot the password chooses a new one, in language ${language}`, async () => {
      await addRegistered(house, name, { phone: number, mail: `${name}@example.com` });
      const browser = await start(`${house.url}/sign-in?lang=${language}`);
      onTestFinished(browser.close);
      const { password: words, done } = wordsOf(language).reset;
      await proveBoth(browser, { name, number }, { language, wish: 'forgot' });
      await browser.see(words.title);
      await browser.fill(words.label, 'kort');
      await browser.fill(words.repeat, 'kort');
      await browser.press(words.submit);
      await browser.see(wordsOf(language).problems['password-too-short']);
      await browser.follow(words.show);
      await browser.see(words.hide);
      await browser.fill(words.label, newPassword);
      await browser.press(words.submit);
      await browser.see(done.titles.reset);
      await browser.follow(done.signIn);
      await signIn(browser, language, { name, password: newPassword });
      expect(await canSignIn(house, name, password)).toBe(false);
    });
  });
}

needs('lynx', 'tmux')('lynx', () => {
  test('a locked account is unlocked and keeps its password', async () => {
    const person = { name: 'locked', number: '+31612345674' };
    await addRegistered(house, person.name, { phone: person.number, mail: 'locked@example.com' });
    await lockOut(house, person.name);
    const browser = await startLynx(`${house.url}/sign-in?lang=nl`);
    onTestFinished(browser.close);
    const { unlock, done } = wordsOf('nl').reset;
    await proveBoth(browser, person, { language: 'nl', wish: 'locked' });
    await browser.see(unlock.title);
    await browser.press(unlock.submit);
    await browser.see(done.titles.unlocked);
    await browser.follow(done.signIn);
    await signIn(browser, 'nl', { name: person.name, password });
  });

  test('a person who lost everything comes in with an access code', async () => {
    await addRegistered(house, 'lost', { phone: '+31612345675', mail: '' });
    const code = await issueAccessCode(house, 'lost');
    const browser = await startLynx(`${house.url}/sign-in?lang=en`);
    onTestFinished(browser.close);
    const { redeem, signIn: words, register } = wordsOf('en');
    await browser.see(words.intro);
    await browser.follow(redeem.link);
    await browser.see(redeem.title);
    await browser.fill(words.userName, 'lost');
    await browser.fill(redeem.code, code);
    await browser.press(redeem.submit);
    await browser.see(redeem.password.title);
    await browser.fill(words.newPassword.label, newPassword);
    await browser.fill(words.newPassword.repeat, newPassword);
    await browser.press(words.newPassword.submit);
    const page = await browser.see(redeem.password.done);
    expect(page).not.toContain(register.states.ready);
    expect(await canSignIn(house, 'lost', newPassword)).toBe(true);
  });
});
