import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Language, type Words, wordsOf } from '../../src/words/words.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered, canSignIn, newPassword } from '../helpers/resets.ts';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { startEdbrowse } from './edbrowse.ts';
import { startLynx } from './lynx.ts';
import type { TextBrowser } from './text-browser.ts';
import { startW3m } from './w3m.ts';

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

/** Adds a person who has proven a phone and a mailbox. */
async function register({ name, number }: Person): Promise<string> {
  const address = `${name}@example.com`;
  await addRegistered(house, name, { phone: number, mail: address, person: { displayName: 'Zoë' } });
  return address;
}

/** Types a name, proves phone and mailbox, and chooses a password that is shown while it is typed. */
async function resetInText(browser: TextBrowser, t: Words, person: Person & { address: string }) {
  const { reset } = t;
  const { code } = t.register;
  await browser.see(reset.intro.slice(0, 30));
  await browser.fill(reset.userName, person.name);
  await browser.choose(reset.wishes.forgot);
  await browser.press(reset.submit);
  await browser.see(reset.methods.needed(2).slice(0, 30));
  await browser.follow(reset.methods.choose['authentication-phone']);
  await browser.see(reset.phone.channel);
  await browser.fill(reset.phone.number, person.number);
  await browser.choose(t.methods.channelChoices.text);
  await browser.press(reset.phone.submit);
  await browser.see(reset.code.title['authentication-phone']);
  await browser.fill(code.label, await house.codeFor(person.number));
  await browser.press(code.submit);
  await browser.see(reset.methods.more(1));
  await browser.follow(reset.methods.choose['authentication-email']);
  await browser.see(reset.email.title);
  await browser.fill(reset.email.address, person.address);
  await browser.press(reset.email.submit);
  await browser.see(reset.code.title['authentication-email']);
  await browser.fill(code.label, await house.codeFor(person.address));
  await browser.press(code.submit);
  await browser.see(reset.password.title);
  await browser.follow(reset.password.show);
  await browser.see(reset.password.hide);
  await browser.fill(reset.password.label, newPassword);
  await browser.press(reset.password.submit);
  await browser.see(reset.done.titles.reset);
}

const browsers = [
  { name: 'edbrowse', programs: ['edbrowse'], start: startEdbrowse, language: 'nl', number: '+31612345621' },
  { name: 'w3m', programs: ['w3m', 'tmux'], start: startW3m, language: 'nl', number: '+31612345622' },
  { name: 'lynx', programs: ['lynx', 'tmux'], start: startLynx, language: 'en', number: '+31612345623' },
] as const satisfies readonly (Person & { language: Language; [more: string]: unknown })[];

for (const { name, programs, start, language, number } of browsers) {
  needs(...programs)(name, () => {
    test(`a person resets by phone and e-mail, in language ${language}`, async () => {
      const address = await register({ name, number });
      const browser = await start(`${house.url}/reset?lang=${language}`);
      onTestFinished(browser.close);
      await resetInText(browser, wordsOf(language), { name, number, address });
      expect(await canSignIn(house, name, newPassword)).toBe(true);
    });
  });
}
