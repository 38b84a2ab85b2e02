/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Words } from '../../src/words/words.ts';
import { codeIn, password, type TestHouse } from '../helpers/test-house.ts';

/** One person at work in a window of Chromium. */
export interface Walk {
  page: Page;
  house: TestHouse;
  t: Words;
  /** Whether steps open in their row, by htmx. */
  inPlace: boolean;
}

type Kind = keyof Words['register']['setUp'];

/** What becomes so within seconds. */
export function eventually<T>(look: () => Promise<T>) {
  return expect.poll(look, { timeout: 60_000, interval: 20 });
}

/** The text field with this label. */
export function field({ page }: Walk, label: string): Locator {
  return page.getByRole('textbox', { name: label, exact: true });
}

/** Presses the button with these words. */
export async function press({ page }: Walk, words: string, within?: Locator): Promise<void> {
  await (within ?? page).getByRole('button', { name: words, exact: true }).click();
}

/** The row of the checklist of a method, open or closed. */
export function row({ page }: Walk, kind: Kind): Locator {
  return page.locator(`#row-${kind}`);
}

/** The name of the focused field, `problems` for the summary, or what else has the focus. */
export async function focused({ page }: Walk): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('name') ?? activeElement?.className ?? '';
  });
}

/** What the status, the one region that is there before and after, says. */
export async function said({ page }: Walk): Promise<string> {
  return ((await page.locator('#status').textContent()) ?? '').trim();
}

/** Signs in from the registration page, in whose place the sign-in page comes. */
export async function signIn(walk: Walk, userName: string): Promise<void> {
  const { page, house, t } = walk;
  await page.goto(`${house.url}/register`);
  await eventually(() => focused(walk)).toBe('userName');
  await field(walk, t.signIn.userName).fill(userName);
  await page.getByLabel(t.signIn.password, { exact: true }).fill(password);
  await press(walk, t.signIn.submit);
  await eventually(() => page.title()).toContain(t.register.title);
}

/** Opens a step of a row: in place with htmx, else as a page of its own; the focus lands on its first field. */
export async function openStep(walk: Walk, kind: Kind, first: string): Promise<void> {
  const { page, t, inPlace } = walk;
  // A mark that only a new document would lose.
  await page.locator('#status').evaluate((status) => status.setAttribute('data-kept', 'yes'));
  await row(walk, kind).getByRole('link', { name: t.register.setUp[kind], exact: true }).click();
  await eventually(() => focused(walk)).toBe(first);
  expect(await page.locator('#status').getAttribute('data-kept')).toBe(inPlace ? 'yes' : null);
  const { pathname } = new URL(page.url());
  if (inPlace) expect(pathname).toBe('/register');
  else expect(pathname).toContain(`/register/${kind}`);
}

/** Types the code that was delivered, a wrong one first. */
export async function proveByCode(walk: Walk, kind: Kind, to: string): Promise<void> {
  const { house, t, inPlace, page } = walk;
  const code = await house.codeFor(to);
  await eventually(() => focused(walk)).toBe('code');
  await field(walk, t.register.code.label).fill(code === '111111' ? '222222' : '111111');
  await press(walk, t.register.code.submit);
  await eventually(() => focused(walk)).toBe('problems');
  const summary = page.getByRole('group', { name: t.common.problemsTitle });
  expect(await summary.textContent()).toContain(t.register.code.incorrect(4));
  expect(await page.title()).toMatch(new RegExp(`^${t.common.error}: `));
  expect(await field(walk, t.register.code.label).inputValue()).toBe('');

  await field(walk, t.register.code.label).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await press(walk, t.register.code.submit);
  await expectReady(walk, kind);
  if (inPlace) expect(await page.locator('#status').getAttribute('data-kept')).toBe('yes');
}

/** The row says that the method is ready, and the status says it too. */
export async function expectReady(walk: Walk, kind: Kind): Promise<void> {
  const { t, page } = walk;
  await eventually(() => row(walk, kind).textContent()).toContain(t.register.states.ready);
  await eventually(() => said(walk)).toBe(t.register.said.ready(t.methods.names[kind]));
  expect(new URL(page.url()).pathname).toBe('/register');
  expect(await page.title()).not.toContain(t.common.error);
}

/** Registers a phone of one's own by text message. */
export async function registerPhone(walk: Walk, number: string): Promise<void> {
  const { page, t } = walk;
  const { phone, said: words } = t.register;
  const kind = 'authentication-phone';
  await openStep(walk, kind, 'number');
  await press(walk, phone.submit);
  await eventually(() => focused(walk)).toBe('problems');
  await page.getByRole('link', { name: t.problems['phone-empty'] }).click();
  await eventually(() => focused(walk)).toBe('number');
  await field(walk, phone.number).fill(number);
  await page.getByLabel(t.methods.channelChoices.text).check();
  await press(walk, phone.submit);
  await eventually(() => said(walk)).toBe(words.sent.text(t.methods.masks.number(number.slice(-2))));
  await proveByCode(walk, kind, number.slice(-8));
}

/** Registers an e-mail address of one's own. */
export async function registerEmail(walk: Walk, address: string): Promise<void> {
  const { t } = walk;
  const kind = 'authentication-email';
  await openStep(walk, kind, 'address');
  await field(walk, t.register.email.address).fill(address);
  await press(walk, t.register.email.submit);
  await proveByCode(walk, kind, address);
}

/** Proves the phone at the office, by the code of a call. */
export async function proveOfficePhone(walk: Walk, number: string): Promise<void> {
  const { t, house, page } = walk;
  const kind = 'office-phone';
  await row(walk, kind).getByRole('link', { name: t.register.setUp[kind], exact: true }).click();
  await press(walk, t.register.office.submit, page.getByRole('main'));
  await eventually(() => said(walk)).toBe(
    t.register.said.sent.call(t.methods.masks.number(number.slice(-2))),
  );
  const call = (await house.messages()).findLast(({ channel, to }) => channel === 'call' && to === number);
  expect(call).toBeDefined();
  await field(walk, t.register.code.label).fill(call ? codeIn(call) : '');
  await press(walk, t.register.code.submit);
  await expectReady(walk, kind);
}

/** Answers as many security questions as are asked, each kept as soon as it is given. */
export async function answerQuestions(walk: Walk, answers: readonly string[]): Promise<void> {
  const { t, page } = walk;
  const kind = 'security-questions';
  const words = t.register.questions;
  await openStep(walk, kind, 'questionId');
  for (const [index, answer] of answers.entries()) {
    await page.getByText(words.stepTitle(index + 1, answers.length)).waitFor();
    await page.getByLabel(words.question, { exact: true }).selectOption({ index: 1 });
    await field(walk, words.answer).fill(answer);
    await press(walk, words.submit);
    await eventually(() => said(walk)).toBe(t.register.said.answerKept(index + 1));
  }
  await eventually(() => row(walk, kind).textContent()).toContain(t.register.states.ready);
}

/** Finishes: the progress said that it can be, the page that follows says that it is done. */
export async function finish(walk: Walk): Promise<void> {
  const { page, t } = walk;
  const { progress, finished } = t.register;
  await press(walk, progress.finish);
  await eventually(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(finished.title);
}
