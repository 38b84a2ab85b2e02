import { expect } from 'vitest';
import type { Browser } from './browser.ts';
import {
  answerQuestions,
  fiveAnswers,
  proveMail,
  provePhone,
  signIn,
  typeCode,
  wordsOn,
} from './journeys.ts';
import { minute, type TestHouse } from './test-house.ts';

/** The phone and mailbox of the person who resets. */
export const ownPhone = '+31612345678';
export const ownMail = 'jan@example.com';

/** The password that a reset chooses. */
export const newPassword = 'zeven vogels zingen';

type PersonWanted = Parameters<TestHouse['addPerson']>[1];

/** What is typed at the start of a reset. */
export interface Start {
  wish?: 'forgot' | 'locked';
  browser?: Browser;
}

/** Adds a person who has proven a phone and a mailbox, and waits until messages may be sent to them again. */
export async function addRegistered(
  house: TestHouse,
  userName: string,
  { phone = ownPhone, mail = ownMail, person = {} as PersonWanted, answers = [] as readonly string[] } = {},
): Promise<{ personId: string; browser: Browser }> {
  const { personId } = await house.addPerson(userName, { displayName: 'Jan de Vries', ...person });
  const browser = await signIn(house, userName);
  if (phone !== '') await provePhone(house, browser, { number: phone });
  if (mail !== '') await proveMail(house, browser, mail);
  if (answers.length > 0) await answerQuestions(house, browser, answers);
  house.wait(20 * minute);
  return { personId, browser };
}

/** Five different answers, in the order of the questions chosen. */
export { fiveAnswers };

/** Starts a reset by typing a name, with a fresh browser unless one is given. */
export async function startReset(house: TestHouse, userName: string, start: Start = {}): Promise<Browser> {
  const { wish = 'forgot', browser = house.browser() } = start;
  await browser.open('/reset');
  const words = wordsOn(browser).reset;
  return browser.fill(words.userName, userName).fill(words.wishes[wish]).press(words.submit);
}

/** Types a phone number in a reset and asks for a text. */
export async function askResetText(browser: Browser, number = ownPhone): Promise<Browser> {
  await browser.open('/reset/authentication-phone');
  const { reset, methods } = wordsOn(browser);
  return browser.fill(reset.phone.number, number).fill(methods.channelChoices.text).press(reset.phone.submit);
}

/** Types an address in a reset and asks for a mail. */
export async function askResetMail(browser: Browser, address = ownMail): Promise<Browser> {
  await browser.open('/reset/authentication-email');
  const { email } = wordsOn(browser).reset;
  return browser.fill(email.address, address).press(email.submit);
}

/** Passes the gate of the phone. */
export async function passPhone(house: TestHouse, browser: Browser, number = ownPhone): Promise<Browser> {
  await askResetText(browser, number);
  expect(browser.path, browser.text).toBe('/reset/authentication-phone/code');
  return typeCode(browser, await house.codeFor(number));
}

/** Passes the gate of the mailbox. */
export async function passMail(house: TestHouse, browser: Browser, address = ownMail): Promise<Browser> {
  await askResetMail(browser, address);
  expect(browser.path, browser.text).toBe('/reset/authentication-email/code');
  return typeCode(browser, await house.codeFor(address));
}

/** Chooses the new password. */
export async function choosePassword(browser: Browser, password = newPassword): Promise<Browser> {
  const words = wordsOn(browser).reset.password;
  return browser.fill(words.label, password).fill(words.repeat, password).press(words.submit);
}

/** A reset from its start to where the password is chosen. */
export async function walkToPassword(
  house: TestHouse,
  userName = 'jan',
  start: Start = {},
): Promise<Browser> {
  const browser = await startReset(house, userName, start);
  await passPhone(house, browser);
  return passMail(house, browser);
}

/** Types a wrong password, as somebody who knows only the name, until the account is locked. */
export async function lockOut(house: TestHouse, userName: string): Promise<void> {
  const stranger = await house.browser().open('/sign-in');
  const words = wordsOn(stranger).signIn;
  for (let n = 0; n < 10; n += 1)
    await stranger.fill(words.userName, userName).fill(words.password, 'wrong').press(words.submit);
}

/** Signs in with a password and tells whether it led in. */
export async function canSignIn(house: TestHouse, userName: string, password: string): Promise<boolean> {
  return (await house.deps.directory.checkPassword(userName, password)) === 'right';
}
