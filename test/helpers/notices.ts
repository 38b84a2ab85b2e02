import { expect } from 'vitest';
import type { Browser } from './browser.ts';
import { signIn, wordsOn } from './journeys.ts';
import { type Message, password, type TestHouse } from './test-house.ts';

/** The path and query of the link in a message to a page of ours, or a failed test. */
export function linkIn({ body }: Message, page: '/stop' | '/stop/change'): string {
  const links = [...body.matchAll(/https?:\/\/[^\s/]+(\/[^\s]*)/g)].map(([, path = '']) => path);
  const link = links.find((path) => path.startsWith(`${page}?link=`));
  expect(link, `a link to ${page} in: ${body}`).toBeDefined();
  return link ?? '';
}

/** The newest message that holds a link to this page. */
export async function newestWithLink(house: TestHouse, page: '/stop' | '/stop/change'): Promise<Message> {
  const found = (await house.messages()).filter(({ body }) => body.includes(`${page}?link=`)).at(-1);
  if (!found) throw new Error(`no message with a link to ${page}`);
  return found;
}

/** Changes the password on its own page, by who is signed in. */
export async function changePassword(browser: Browser, to: string, from = password): Promise<Browser> {
  await browser.open('/change-password');
  const { changePassword: words, signIn: choose } = wordsOn(browser);
  browser.fill(words.current, from).fill(choose.newPassword.label, to).fill(choose.newPassword.repeat, to);
  return browser.press(choose.newPassword.submit);
}

/** A stranger who knows the password changes it; gives the link by which the person stops the account. */
export async function stolen(
  house: TestHouse,
  userName: string,
  to = 'diefstal van wachtwoord',
): Promise<string> {
  const thief = await signIn(house, userName);
  await changePassword(thief, to);
  expect(thief.path, thief.text).toBe('/account');
  return linkIn(await newestWithLink(house, '/stop'), '/stop');
}
