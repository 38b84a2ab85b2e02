import { describe, expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { administer, askPhoneCode, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { changePassword, linkIn, newestWithLink } from '../helpers/notices.ts';
import {
  addRegistered,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  walkToPassword,
} from '../helpers/resets.ts';
import { day, hour, minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

const otherPhone = '+31687654321';

async function houseWithJan(): Promise<TestHouse> {
  const house = await openTestHouse();
  await addRegistered(house, 'jan', { person: { workMailbox: 'jan@example.org' } });
  await house.newMessages();
  house.wait(day);
  return house;
}

/** Signs in anew and goes the way of who has none of the methods any more. */
async function openLost(house: TestHouse): Promise<Browser> {
  const browser = await signIn(house, 'jan');
  await browser.open('/register/authentication-phone');
  expect(browser.path).toBe('/register/confirm-identity');
  return browser.click('Ik heb geen van deze manieren meer');
}

async function startWaiting(house: TestHouse): Promise<Browser> {
  const browser = await openLost(house);
  return browser.press('Begin met wachten');
}

/** Whether the methods can be changed without a code now. */
async function canGoOn(house: TestHouse): Promise<boolean> {
  return (await openLost(house)).text.includes('De 72 uur zijn voorbij');
}

test('a person with none of the methods left waits 72 hours, told everywhere, and then changes them', async () => {
  const house = await houseWithJan();
  const first = await openLost(house);
  expect(first.heading).toBe('U kunt niet meer bewijzen wie u bent');
  expect(first.text).toContain('Uw beheerder kan u een toegangscode geven');
  await first.press('Begin met wachten');
  expect(first.text).toContain('Het wachten is begonnen.');
  expect(first.text).toMatch(/Vanaf 6 november 2026 om \d\d:20 kunt u hier verder\./);
  const told = await house.newMessages();
  expect(told.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());
  for (const one of told) linkIn(one, '/stop/change');

  house.wait(72 * hour - minute);
  expect(await canGoOn(house)).toBe(false);
  house.wait(minute);
  const browser = await openLost(house);
  await browser.press('Nu wijzigen');
  expect(browser.path).toBe('/register/authentication-phone');
  await askPhoneCode(browser, otherPhone);
  await typeCode(browser, await house.codeFor(otherPhone));
  expect(browser.row('Eigen telefoon')).toContain('21');
  expect((await house.newMessages()).map(({ to }) => to)).toContain(ownPhone);

  house.wait(hour);
  expect(await canGoOn(house), 'once').toBe(false);
});

test('what the wait allows lasts half an hour, and can be begun within a week', async () => {
  const house = await houseWithJan();
  await startWaiting(house);
  house.wait(72 * hour);
  const browser = await openLost(house);
  await browser.press('Nu wijzigen');
  await browser.open('/register/authentication-phone');
  expect(browser.path).toBe('/register/authentication-phone');
  for (let n = 0; n < 3; n += 1) {
    house.wait(10 * minute);
    await browser.open('/register');
  }
  await browser.open('/register/authentication-email');
  expect(browser.path).toBe('/register/confirm-identity');

  await startWaiting(house);
  house.wait(72 * hour + 7 * day);
  expect(await canGoOn(house)).toBe(false);
});

describe('a change that waits', () => {
  test('is cancelled by the link in a notice, which ends all sessions, once', async () => {
    const house = await houseWithJan();
    const browser = await startWaiting(house);
    const link = linkIn(await newestWithLink(house, '/stop/change'), '/stop/change');
    await house.newMessages();
    const person = await house.browser().open(link);
    expect(person.heading).toBe('Wijziging tegenhouden?');
    await person.press('Ja, houd de wijziging tegen');
    expect(person.heading).toBe('De wijziging gaat niet door');
    await browser.open('/register');
    expect(browser.path).toContain('/sign-in');
    expect(await house.newMessages()).toHaveLength(3);
    expect((await house.browser().open(link)).text).toContain('Deze link werkt niet meer.');
    house.wait(72 * hour);
    expect(await canGoOn(house)).toBe(false);
  });

  test('is ended by who asked, and can be asked again', async () => {
    const house = await houseWithJan();
    const browser = await startWaiting(house);
    await browser.press('Niet meer wachten');
    expect(browser.text).toContain('U wacht niet meer.');
    await browser.press('Begin met wachten');
    expect(browser.text).toContain('U wacht nu.');
  });

  const endings: [string, (house: TestHouse) => Promise<unknown>][] = [
    ['a reset', async (house) => choosePassword(await walkToPassword(house))],
    ['a changed password', async (house) => changePassword(await signIn(house, 'jan'), newPassword)],
    [
      'an administrator’s demand',
      (house) => administer(house, 'POST', { path: '/people/jan/demand', body: {} }),
    ],
  ];
  test.for(endings)('is ended by %s', async ([, end]) => {
    const house = await houseWithJan();
    await startWaiting(house);
    house.wait(hour);
    await end(house);
    const link = linkIn(await newestWithLink(house, '/stop/change'), '/stop/change');
    expect((await house.browser().open(link)).text).toContain('Deze link werkt niet meer.');
  });

  test('outlives that the person signs out other browsers', async () => {
    const house = await houseWithJan();
    const browser = await startWaiting(house);
    await signIn(house, 'jan');
    await (await browser.open('/account')).press('Meld alle andere browsers af');
    expect(browser.text).toContain('Alle andere browsers zijn afgemeld.');
    house.wait(72 * hour);
    expect(await canGoOn(house)).toBe(true);
  });
});

test('a person whom no message can reach is told to ask an administrator', async () => {
  const house = await openTestHouse({ policy: { methodsToReset: 1, methodsToRegister: 1 } });
  await house.addPerson('jan', { officePhone: { number: '+31201234567', extension: null } });
  const browser = await signIn(house, 'jan');
  await browser.open('/register/office-phone');
  await browser.press(wordsOn(browser).register.office.submit);
  await typeCode(browser, await house.codeFor('+31201234567'));
  house.wait(day);
  const later = await startWaiting(house);
  expect(later.problems[0]).toContain('Vraag uw beheerder om een toegangscode.');
  expect(await house.deps.db.selectFrom('waiting_changes').selectAll().execute()).toEqual([]);
  expect(later.text).not.toContain(password);
});
