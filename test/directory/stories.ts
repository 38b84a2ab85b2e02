import { expect, test } from 'vitest';
import { proveMail, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { choosePassword, newPassword, passMail, passPhone, startReset } from '../helpers/resets.ts';
import { minute, password, type TestHouse } from '../helpers/test-house.ts';

/** A house on one kind of directory, and what only that directory can tell or do. */
export interface Organisation {
  house: TestHouse;
  addPerson(userName: string, displayName: string): Promise<void>;
  /** Whether the directory itself takes this password. */
  lets(userName: string, password: string): Promise<boolean>;
  /** Types wrong passwords until the account is locked. */
  lock(userName: string): Promise<void>;
}

const numbers = ['+31612345678', '+31612345679', '+31612345680', '+31612345681'];

/** Adds somebody to the directory who then registers a phone and a mailbox, having come in by the directory's password. */
async function addRegistered({ house, addPerson }: Organisation, userName: string, place: number) {
  await addPerson(userName, 'Jan de Vries');
  const browser = await signIn(house, userName);
  expect(browser.path).toBe('/register');
  const [number = '', address] = [numbers[place], `${userName}@example.com`];
  await provePhone(house, browser, { number });
  await proveMail(house, browser, address);
  house.wait(20 * minute);
  return { browser, number, address };
}

async function walk(
  house: TestHouse,
  userName: string,
  of: { number: string; address: string; wish?: 'locked' },
) {
  const browser = await startReset(house, userName, { wish: of.wish ?? 'forgot' });
  await passPhone(house, browser, of.number);
  return passMail(house, browser, of.address);
}

/** The main stories, alike whatever directory keeps the passwords. */
export function tellStories(organisation: () => Organisation): void {
  test('somebody registers, forgets the password and resets it: the new one lets in, the old one no more', async () => {
    const own = organisation();
    const registered = await addRegistered(own, 'anna', 0);
    expect(
      registered.browser.row(wordsOn(registered.browser).methods.names['authentication-phone']),
    ).not.toBe('');
    const browser = await walk(own.house, 'anna', registered);
    expect(browser.path, browser.text).toBe('/reset/new-password');
    await choosePassword(browser);
    expect(browser.path, browser.text).toBe('/reset/done');
    expect(await own.lets('anna', newPassword)).toBe(true);
    expect(await own.lets('anna', password)).toBe(false);
    await registered.browser.open('/account');
    expect(registered.browser.path).toBe('/sign-in?return=%2Faccount');
  });

  test('somebody who is locked out unlocks the account and keeps the password', async () => {
    const own = organisation();
    const registered = await addRegistered(own, 'bart', 1);
    await own.lock('bart');
    expect(await own.lets('bart', password)).toBe(false);
    const browser = await walk(own.house, 'bart', { ...registered, wish: 'locked' });
    expect(browser.path, browser.text).toBe('/reset/unlock');
    await browser.press(wordsOn(browser).reset.unlock.submit);
    expect(browser.path, browser.text).toBe('/reset/unlocked');
    expect(await own.lets('bart', password)).toBe(true);
  });

  test('a reset of somebody who is locked out lifts the lock too', async () => {
    const own = organisation();
    const registered = await addRegistered(own, 'carl', 2);
    await own.lock('carl');
    const browser = await walk(own.house, 'carl', registered);
    await choosePassword(browser);
    expect(browser.path, browser.text).toBe('/reset/done');
    expect(await own.lets('carl', newPassword)).toBe(true);
  });

  test('somebody changes a known password', async () => {
    const own = organisation();
    await own.addPerson('dora', 'Dora Smit');
    const browser = await signIn(own.house, 'dora');
    await browser.open('/change-password');
    const words = wordsOn(browser);
    browser.fill(words.changePassword.current, password);
    const choose = words.signIn.newPassword;
    browser.fill(choose.label, newPassword).fill(choose.repeat, newPassword);
    await browser.press(choose.submit);
    expect(browser.path, browser.text).toBe('/account');
    expect(await own.lets('dora', newPassword)).toBe(true);
  });

  test('an unknown name and a wrong password are told in the same words', async () => {
    const own = organisation();
    await own.addPerson('emma', 'Emma');
    const told = [];
    for (const name of ['emma', 'nobody-there']) {
      const browser = await own.house.browser().open('/sign-in');
      const words = wordsOn(browser).signIn;
      await browser.fill(words.userName, name).fill(words.password, 'niet het goede').press(words.submit);
      expect(browser.path).toBe('/sign-in');
      told.push(browser.problems);
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toHaveLength(1);
  });
}
