import { z } from 'zod';
import type { Browser } from './browser.ts';
import { administer, wordsOn } from './journeys.ts';
import type { TestHouse } from './test-house.ts';

const requested = z.object({ id: z.string() });
const collected = z.object({ code: z.string() });

/** Has an administrator issue a one-time access code, where the policy asks for no second one. */
export async function issueAccessCode(house: TestHouse, userName: string): Promise<string> {
  await house.setPolicy({ accessCodeNeedsApproval: false });
  const path = `/people/${userName}/access-codes`;
  const asked = await administer(house, 'POST', { path, body: { reason: 'lost everything' } });
  const { id } = requested.parse(await asked.json());
  const given = await administer(house, 'POST', { path: `/access-codes/${id}/collect`, body: {} });
  return collected.parse(await given.json()).code;
}

/** Types an access code on its page. */
export async function typeAccessCode(browser: Browser, userName: string, code: string): Promise<Browser> {
  await browser.open('/redeem');
  const { redeem, signIn } = wordsOn(browser);
  return browser.fill(signIn.userName, userName).fill(redeem.code, code).press(redeem.submit);
}

/** Chooses the password that an access code lets choose. */
export async function chooseWithCode(browser: Browser, password: string): Promise<Browser> {
  const words = wordsOn(browser).signIn.newPassword;
  return browser.fill(words.label, password).fill(words.repeat, password).press(words.submit);
}
