import { describe, expect, test } from 'vitest';
import { addAdministrator } from '../helpers/administrators.ts';
import { administer, wordsOn } from '../helpers/journeys.ts';
import { linkIn, newestWithLink, stolen } from '../helpers/notices.ts';
import {
  addRegistered,
  askResetText,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  passMail,
  passPhone,
  startReset,
  walkToPassword,
} from '../helpers/resets.ts';
import { day, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const stolenPassword = 'diefstal van wachtwoord';

async function tryToSignIn(house: TestHouse, password: string) {
  const browser = await house.browser().open('/sign-in');
  const words = wordsOn(browser).signIn;
  return browser.fill(words.userName, 'jan').fill(words.password, password).press(words.submit);
}

test('a person whose password was reset by somebody else blocks the account with the link of the notice', async () => {
  const house = await openTestHouse();
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  await addRegistered(house, 'jan', { person: { workMailbox: 'jan@example.org' } });
  await house.newMessages();
  await choosePassword(await walkToPassword(house));
  const notices = (await house.newMessages()).filter(({ body }) => body.includes('/stop?link='));
  expect(notices.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());
  const thief = await tryToSignIn(house, newPassword);
  expect(thief.path).toBe('/register');

  const [notice] = notices;
  if (!notice) throw new Error('no notice');
  const browser = await house.browser().open(linkIn(notice, '/stop'));
  expect(browser.heading).toBe('Was u dit niet?');
  expect(browser.text).toContain('Niemand kan zich nog aanmelden');
  await browser.press('Ja, blokkeer mijn account');
  expect(browser.path).toBe('/stop/done');
  expect(browser.heading).toBe('Uw account is geblokkeerd');

  await thief.open('/register');
  expect(thief.path, 'the session of the thief is over').toContain('/sign-in');
  const refused = await tryToSignIn(house, newPassword);
  expect(refused.problems[0]).toContain('Uw account is geblokkeerd');
  expect((await tryToSignIn(house, 'not the password')).problems).toEqual([wordsOn(refused).signIn.wrong]);
  const told = await house.newMessages();
  const own = told.filter(({ body }) => body.includes('geblokkeerd'));
  expect(own.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', ownMail, ownPhone].toSorted());
  expect(told.map(({ to }) => to)).toContain('anna@example.org');
  expect((await house.audit()).filter(({ event }) => event === 'account-blocked')).toHaveLength(1);
});

test('who is blocked cannot reset, until an administrator lifts it', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const link = await stolen(house, 'jan');
  const browser = await house.browser().open(link);
  await browser.press(wordsOn(browser).stop.submit);
  house.wait(day);

  await house.newMessages();
  await askResetText(await startReset(house, 'jan'));
  expect(await house.newMessages(), 'no code goes out').toEqual([]);
  await administer(house, 'POST', { path: '/people/jan/lift-block', body: {} });
  house.wait(day);
  await choosePassword(await walkToPassword(house));
  expect((await tryToSignIn(house, newPassword)).path).toBe('/register');
});

test('a link that was used or is none of ours says so, and a page without one too', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const link = await stolen(house, 'jan');
  const browser = await house.browser().open(link);
  await browser.press(wordsOn(browser).stop.submit);
  for (const path of [link, '/stop', `/stop?link=${'a'.repeat(43)}`, '/stop?link=1&link=2']) {
    const late = await house.browser({ language: 'en' }).open(path);
    expect(late.status).toBe(200);
    expect(late.text, path).toContain('This link no longer works.');
    expect(late.document.querySelector('main button')).toBeNull();
  }
});

describe('what a notice tells', () => {
  test('a password changed by who knew it is told with the time and the link', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    await stolen(house, 'jan');
    const { body } = await newestWithLink(house, '/stop');
    expect(body).toContain('is uw wachtwoord bij Sparekey gewijzigd');
    expect(body).toContain('2 november 2026');
    expect(body).not.toContain(stolenPassword);
  });

  test('the policy can silence a plain reset, but not one of who administers other systems', async () => {
    const house = await openTestHouse({ policy: { notifyOfReset: false, privilegedGroups: ['Admins'] } });
    await addRegistered(house, 'jan');
    await addRegistered(house, 'eva', {
      phone: '+31687654321',
      mail: 'eva@example.com',
      person: { groups: ['Admins'] },
    });
    await choosePassword(await walkToPassword(house, 'jan'));
    expect((await house.messages()).filter(({ body }) => body.includes('/stop?link='))).toEqual([]);
    const eva = await startReset(house, 'eva');
    await passPhone(house, eva, '+31687654321');
    await choosePassword(await passMail(house, eva, 'eva@example.com'));
    const told = (await house.messages()).filter(({ body }) => body.includes('/stop?link='));
    expect(told.map(({ to }) => to).toSorted()).toEqual(['+31687654321', 'eva@example.com']);
  });
});
