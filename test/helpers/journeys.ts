import { expect } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { type Words, wordsOf } from '../../src/words/words.ts';
import { addAdministrator, sessionOf } from './administrators.ts';
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

/** The catalogue of the language of the page that the browser shows. */
export function wordsOn(browser: Browser): Words {
  return wordsOf(browser.document.documentElement.getAttribute('lang') === 'en' ? 'en' : 'nl');
}

/** Opens a step of registration; who is able to reset proves first that it is them. */
export async function openStep(house: TestHouse, browser: Browser, path: string): Promise<Browser> {
  await browser.open(path);
  return proveIdentity(house, browser);
}

/** Types the password and a code to the first method offered, if that is what the page asks for; else does nothing. */
export async function proveIdentity(house: TestHouse, browser: Browser): Promise<Browser> {
  const asks = () => browser.path === '/register/confirm-identity';
  const { identity } = wordsOn(browser).register;
  if (asks() && browser.document.querySelector('input[type=password]'))
    await browser.fill(identity.password, password).press(identity.passwordSubmit);
  if (!asks()) return browser;
  house.wait(60_000);
  const id = browser.document.querySelector('input[name=method]')?.id;
  const label = browser.document.querySelector(`label[for="${id}"]`)?.textContent ?? '';
  await browser.fill(label.trim()).press(identity.chooseSubmit);
  return typeCode(browser, await house.codeFor(''));
}

/** Types a number on the page of the own phone and asks for a code. */
export async function askPhoneCode(
  browser: Browser,
  number: string,
  channel: 'text' | 'call' = 'text',
): Promise<Browser> {
  if (browser.path !== '/register/authentication-phone') await browser.open('/register/authentication-phone');
  const { register, methods } = wordsOn(browser);
  browser.fill(register.phone.number, number).fill(methods.channelChoices[channel]);
  return browser.press(register.phone.submit);
}

/** Types an address on the page of the own e-mail and asks for a code. */
export async function askMailCode(browser: Browser, address: string): Promise<Browser> {
  if (browser.path !== '/register/authentication-email') await browser.open('/register/authentication-email');
  const { email } = wordsOn(browser).register;
  return browser.fill(email.address, address).press(email.submit);
}

/** Types a code on the page that the browser shows. */
export async function typeCode(browser: Browser, code: string): Promise<Browser> {
  const words = wordsOn(browser).register.code;
  return browser.fill(words.label, code).press(words.submit);
}

/** A code that is certainly not this one. */
export function wrongCode(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

/** Registers an own phone: number, code, done. */
export async function provePhone(
  house: TestHouse,
  browser: Browser,
  phone: { number: string; channel?: 'text' | 'call' },
): Promise<void> {
  await openStep(house, browser, '/register/authentication-phone');
  await askPhoneCode(browser, phone.number, phone.channel);
  await typeCode(browser, await house.codeFor(phone.number));
  expect(browser.path, browser.text).toBe('/register');
}

/** Registers an own e-mail address: address, code, done. */
export async function proveMail(house: TestHouse, browser: Browser, address: string): Promise<void> {
  await openStep(house, browser, '/register/authentication-email');
  await askMailCode(browser, address);
  await typeCode(browser, await house.codeFor(address));
  expect(browser.path, browser.text).toBe('/register');
}

/** Registers the office phone: the call, code, done. */
export async function proveOfficePhone(house: TestHouse, browser: Browser, number: string): Promise<void> {
  await openStep(house, browser, '/register/office-phone');
  await browser.press(wordsOn(browser).register.office.submit);
  await typeCode(browser, await house.codeFor(number));
  expect(browser.path, browser.text).toBe('/register');
}

/** Chooses the question with this place in the list shown (the first is 1) and answers it. */
export async function answerQuestion(browser: Browser, choice: number, answer: string): Promise<Browser> {
  const { questions } = wordsOn(browser).register;
  const option = browser.document.querySelectorAll('option')[choice]?.textContent?.trim() ?? '';
  return browser.fill(questions.question, option).fill(questions.answer, answer).press(questions.submit);
}

/** Answers every question that is asked, one step after the other. */
export async function answerQuestions(
  house: TestHouse,
  browser: Browser,
  answers: readonly string[],
): Promise<void> {
  await openStep(house, browser, '/register/security-questions');
  for (const answer of answers) {
    await answerQuestion(browser, 1, answer);
    expect(browser.problems, answer).toEqual([]);
    await proveIdentity(house, browser);
  }
}

/** Five answers that are all different. */
export const fiveAnswers = ['Appeltaart', 'Robin Smit', 'Snoepwinkel Van Dam', 'Bobo de beer', 'Zeedijk'];

/** Asks the administrators' door, with its token. */
export async function administer(
  house: TestHouse,
  method: 'POST' | 'PATCH',
  asked: { path: string; body: object },
): Promise<Response> {
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const init = { method, headers, body: JSON.stringify(asked.body) };
  const response = await adminApi(house.deps).request(asked.path, init);
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return response;
}
