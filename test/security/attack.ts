import { expect } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

/** A step that ends in a code, as the paths name it. */
export type Step = 'authentication-phone' | 'authentication-email' | 'office-phone' | 'confirm-identity';

export const phone = '+31612345678';
export const otherPhone = '+31687654321';
export const mailbox = 'jan@example.com';

/** A house with one person, signed in. */
export async function houseWithJan(wanted: Parameters<typeof openTestHouse>[0] = {}) {
  const house = await openTestHouse(wanted);
  const { personId } = await house.addPerson('jan');
  return { house, personId, jan: await signIn(house, 'jan') };
}

/** Posts fields to a path with the CSRF token this browser's pages carry. */
export async function postTo(
  browser: Browser,
  path: string,
  fields: Record<string, string> = {},
): Promise<Browser> {
  if (browser.csrf === '') await browser.open('/register');
  return browser.post(path, { csrf: browser.csrf, ...fields });
}

/** Asks for a code to a phone of one's own. */
export function askPhone(browser: Browser, number = phone): Promise<Browser> {
  return postTo(browser, '/register/authentication-phone', { number, channel: 'text' });
}

/** Asks for a code to a mailbox of one's own. */
export function askMailbox(browser: Browser, address = mailbox): Promise<Browser> {
  return postTo(browser, '/register/authentication-email', { address });
}

/** Types a code at a step. */
export function typeCode(browser: Browser, step: Step, code: string): Promise<Browser> {
  return postTo(browser, `/register/${step}/code`, { code });
}

/** Presses “send again” at a step. */
export function askAgain(browser: Browser, step: Step): Promise<Browser> {
  return postTo(browser, `/register/${step}/code/again`);
}

/** A code that is not this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

/** Proves a phone from the first step to the last. */
export async function provePhone(house: TestHouse, browser: Browser, number = phone): Promise<void> {
  await askPhone(browser, number);
  await typeCode(browser, 'authentication-phone', await house.codeFor(number));
  expect(browser.path, browser.text).toBe('/register');
}

/** Proves a mailbox from the first step to the last. */
export async function proveMailbox(house: TestHouse, browser: Browser, address = mailbox): Promise<void> {
  await askMailbox(browser, address);
  await typeCode(browser, 'authentication-email', await house.codeFor(address));
  expect(browser.path, browser.text).toBe('/register');
}

/** Asks for a code that proves identity, to a method already proven. */
export function askIdentity(browser: Browser, method: string): Promise<Browser> {
  return postTo(browser, '/register/confirm-identity', { method });
}

/** Types wrong codes until the code is spent. */
export async function spend(browser: Browser, step: Step, code: string): Promise<void> {
  for (let n = 0; n < 5; n += 1) await typeCode(browser, step, otherThan(code));
}

/** What is kept as proven of a person, by method, opened. */
export async function provenOfPerson(house: TestHouse, personId: string): Promise<Record<string, string>> {
  const rows = await house.deps.db
    .selectFrom('registrations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('proven_at', 'is not', null)
    .execute();
  const binding = { table: 'registrations', person: personId, column: 'value' };
  return Object.fromEntries(
    rows.map((row) => [row.method, house.deps.secrets.sealing.open(row.value, binding)]),
  );
}

/** How many audit rows there are of an event. */
export async function countEvents(house: TestHouse, event: string): Promise<number> {
  return (await house.audit()).filter((row) => row.event === event).length;
}

/** How many messages with a code were ever asked for. */
export function countRequested(house: TestHouse): Promise<number> {
  return countEvents(house, 'code-requested');
}
