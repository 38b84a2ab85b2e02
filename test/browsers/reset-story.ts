import { expect } from 'vitest';
import { newPassword } from '../helpers/resets.ts';
import { password } from '../helpers/test-house.ts';
import { eventually, field, focused, press, type Walk } from './main-story.ts';

/** Waits for the page with this title, for the heading that says the same, and for the rest of it. */
export async function arrive({ page }: Walk, title: string): Promise<void> {
  await eventually(() => page.title()).toContain(`${title} – `);
  await eventually(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
  await page.waitForLoadState('domcontentloaded');
}

/** Follows the link with these words. */
export async function follow({ page }: Walk, words: string): Promise<void> {
  await page.getByRole('link', { name: words, exact: true }).click();
}

/** What the page says, headings and all. */
export async function text({ page }: Walk): Promise<string> {
  return ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ');
}

/** Signs in on the sign-in page that is shown. */
export async function typeSignIn(walk: Walk, person: { userName: string; password: string }): Promise<void> {
  const { page, t } = walk;
  await arrive(walk, t.signIn.title);
  await field(walk, t.signIn.userName).fill(person.userName);
  await page.getByLabel(t.signIn.password, { exact: true }).fill(person.password);
  await press(walk, t.signIn.submit);
}

/** From the sign-in page to the methods; what is missing is said first. */
export async function beginReset(walk: Walk, userName: string, wish: 'forgot' | 'locked'): Promise<void> {
  const { page, house, t } = walk;
  await page.goto(`${house.url}/sign-in`);
  await follow(walk, t.signIn.forgotten);
  await arrive(walk, t.reset.title);
  await eventually(() => focused(walk)).toBe('userName');
  await field(walk, t.reset.userName).fill(userName);
  await press(walk, t.reset.submit);
  await eventually(() => focused(walk)).toBe('problems');
  expect(await field(walk, t.reset.userName).inputValue()).toBe(userName);
  await page.getByRole('link', { name: t.problems['wish-missing'] }).click();
  await page.getByLabel(t.reset.wishes[wish]).check();
  await press(walk, t.reset.submit);
  await arrive(walk, t.reset.methods.title);
  expect(await text(walk)).toContain(t.reset.methods.needed(2));
}

/** Types the newest code to this destination; a wrong one first, if asked. */
async function typeResetCode(walk: Walk, to: string, wrongFirst = false): Promise<void> {
  const { house, t } = walk;
  const { code: words } = t.register;
  await eventually(() => focused(walk)).toBe('code');
  const code = await house.codeFor(to);
  if (wrongFirst) {
    await field(walk, words.label).fill(code === '111111' ? '222222' : '111111');
    await press(walk, words.submit);
    await eventually(() => focused(walk)).toBe('problems');
    expect(await text(walk)).toContain(words.incorrect(4));
  }
  await field(walk, words.label).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await press(walk, words.submit);
}

/** The own phone by text: the full number is typed, then the code, a wrong one first. */
export async function passPhone(walk: Walk, number: string): Promise<void> {
  const { page, t } = walk;
  const { methods, phone, code } = t.reset;
  await follow(walk, methods.choose['authentication-phone']);
  await arrive(walk, phone.title);
  await eventually(() => focused(walk)).toBe('number');
  await field(walk, phone.number).fill(number);
  await page.getByLabel(t.methods.channelChoices.text).check();
  await press(walk, phone.submit);
  await arrive(walk, code.title['authentication-phone']);
  await typeResetCode(walk, number, true);
  await arrive(walk, methods.title);
  const seen = await text(walk);
  expect(seen).toContain(methods.more(1));
  expect(seen, 'what was used drops out').not.toContain(methods.choose['authentication-phone']);
}

/** The own mailbox: the full address is typed, then the code. */
export async function passMail(walk: Walk, address: string): Promise<void> {
  const { t } = walk;
  const { methods, email, code } = t.reset;
  await follow(walk, methods.choose['authentication-email']);
  await arrive(walk, email.title);
  await eventually(() => focused(walk)).toBe('address');
  await field(walk, email.address).fill(address);
  await press(walk, email.submit);
  await arrive(walk, code.title['authentication-email']);
  await typeResetCode(walk, address);
}

/** Types the new password twice, a short one first, and comes to where it is done. */
export async function chooseNewPassword(walk: Walk): Promise<void> {
  const { page, t } = walk;
  const words = t.reset.password;
  await arrive(walk, words.title);
  const type = async (typed: string) => {
    await page.getByLabel(words.label, { exact: true }).fill(typed);
    await page.getByLabel(words.repeat, { exact: true }).fill(typed);
    await press(walk, words.submit);
  };
  await type('kort');
  await eventually(() => focused(walk)).toBe('problems');
  await page.getByRole('link', { name: t.problems['password-too-short'] }).click();
  await eventually(() => focused(walk)).toBe('password');
  await type(newPassword);
  await arrive(walk, t.reset.done.titles.reset);
  expect(await text(walk)).toContain(t.reset.done.told);
}

/** Signing in is refused with the right password too: the account is locked. */
export async function expectLocked(walk: Walk, userName: string): Promise<void> {
  const { house, page } = walk;
  await page.goto(`${house.url}/sign-in`);
  await typeSignIn(walk, { userName, password });
  await eventually(() => focused(walk)).toBe('problems');
}
