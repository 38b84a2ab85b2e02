import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, fiveAnswers, signIn } from '../helpers/journeys.ts';
import {
  addRegistered,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  walkToPassword,
} from '../helpers/resets.ts';
import { hour, minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';

async function answered(house: TestHouse): Promise<Browser> {
  await house.addPerson('jan', { workMailbox: 'jan@example.org', groups: ['Staff'] });
  const browser = await signIn(house, 'jan');
  await answerQuestions(house, browser, fiveAnswers);
  return browser;
}

async function showAnswers(browser: Browser, typed = password): Promise<Browser> {
  await browser.open('/account/answers');
  return browser.fill('Uw wachtwoord', typed).press('Laat zien');
}

async function signInWith(house: TestHouse, typed: string): Promise<Browser> {
  const browser = await house.browser().open('/sign-in');
  return browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', typed).press('Aanmelden');
}

/** Sets the password as another tool would, past Sparekey. */
async function changeElsewhere(house: TestHouse, typed: string): Promise<void> {
  const { directory } = house.deps;
  await directory.setPassword('jan', await directory.preparePassword('jan', typed));
}

test('the account page says what is known, masked, and what happened', async () => {
  const house = await openTestHouse();
  const { browser } = await addRegistered(house, 'jan', {
    person: { workMailbox: 'jan@example.org', groups: ['Staff', 'Readers'] },
  });
  await signIn(house, 'jan', browser);
  await browser.click('Uw account');
  for (const words of [
    'Gebruikersnaam: jan',
    'E-mailadres op het werk: adres dat begint met j, bij example.org',
    'Groepen: Readers, Staff',
    'Eigen telefoon, nummer dat eindigt op 78. Ingesteld op 2 november 2026',
    'Eigen e-mailadres, adres dat begint met j, bij example.com',
    'deze browser',
    'u hebt zich aangemeld',
    'u hebt een manier ingesteld om te bewijzen wie u bent',
  ])
    expect(browser.text).toContain(words);
  expect(browser.html).not.toContain('612345678');
  expect(browser.html).not.toContain(ownMail);
  expect(browser.headers['cache-control']).toBe('no-store');
});

describe('sessions', () => {
  test('are listed with their browsers, and one is ended by itself', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const other = await signIn(house, 'jan', house.browser({ headers: { 'User-Agent': firefox } }));
    const third = await signIn(house, 'jan');
    house.wait(5 * minute);
    await third.open('/register');
    const browser = await signIn(house, 'jan');
    await browser.open('/account');
    const items = [...browser.document.querySelectorAll('ol li')];
    const item = items.find((one) => one.textContent?.includes('Firefox, Windows'));
    await browser.press(item?.querySelector('button')?.textContent?.trim() ?? '');
    expect(browser.text).toContain('Die browser is afgemeld.');
    expect(browser.text).not.toContain('Firefox, Windows');
    await other.open('/register');
    expect(other.path).toContain('/sign-in');
    await third.open('/register');
    expect(third.path).toBe('/register');
  });

  test('are all ended but this one', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const others = [await signIn(house, 'jan'), await signIn(house, 'jan')];
    const browser = await signIn(house, 'jan');
    await (await browser.open('/account')).press('Meld alle andere browsers af');
    expect(browser.text).toContain('Alle andere browsers zijn afgemeld.');
    for (const other of others) {
      await other.open('/account');
      expect(other.path).toContain('/sign-in');
    }
    await browser.open('/account');
    expect(browser.path).toBe('/account');
    expect(browser.text).not.toContain('Meld alle andere');
  });

  test('S61 of somebody else can be neither seen nor ended', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await house.addPerson('eva');
    const eva = await signIn(house, 'eva');
    await signIn(house, 'eva', house.browser({ headers: { 'User-Agent': firefox } }));
    await eva.open('/account');
    const handle = eva.document.querySelector('input[name=session]')?.getAttribute('value') ?? '';
    expect(handle).not.toBe('');
    const jan = await signIn(house, 'jan');
    await jan.open('/account');
    expect(jan.text).not.toContain('Firefox');
    await jan.post('/account', { csrf: jan.csrf, session: handle });
    expect(jan.text).toContain('Die browser was al afgemeld.');
    await eva.open('/account');
    expect(eva.text).toContain('Firefox, Windows');
  });
});

test('all that is known is saved as a file, after the password is typed again', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan', { person: { workMailbox: 'jan@example.org' }, answers: fiveAnswers });
  const browser = await signIn(house, 'jan');
  await browser.open('/account/download');
  await browser.fill('Uw wachtwoord', 'not the password').press('Bewaar het bestand');
  expect(browser.problems).toHaveLength(1);
  const fields = { csrf: browser.csrf, password };
  const response = await browser.send('post', '/account/download', { fields });
  expect(response.get('Content-Disposition')).toBe('attachment; filename=sparekey.json');
  expect(response.get('Cache-Control')).toBe('no-store');
  const file = z
    .object({
      person: z.object({ userName: z.literal('jan') }),
      methods: z.array(z.object({ kind: z.string(), provenAt: z.string() })),
      questions: z.array(z.object({ question: z.string() })).length(5),
      sessions: z.array(z.object({ own: z.boolean() })).min(1),
      events: z.array(z.object({ event: z.string() })).min(10),
    })
    .parse(response.body);
  expect(file.methods.map(({ kind }) => kind).toSorted()).toEqual([
    'authentication-email',
    'authentication-phone',
  ]);
  expect(response.text).toContain(ownPhone);
  for (const answer of fiveAnswers) expect(response.text).not.toContain(answer);
});

describe('the answers', () => {
  test('are shown after the password is typed again, in that one answer only', async () => {
    const house = await openTestHouse();
    const browser = await answered(house);
    await showAnswers(browser, 'not the password');
    expect(browser.problems).toHaveLength(1);
    await showAnswers(browser);
    expect(browser.path).toBe('/account/answers');
    for (const answer of fiveAnswers) expect(browser.text).toContain(answer);
    expect(browser.headers['cache-control']).toBe('no-store');
    await browser.open('/account/answers');
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
    expect((await house.audit()).filter(({ event }) => event === 'answers-shown')).toHaveLength(1);
  });

  test('of before a reset are gone, and the page says why; a new one shows again', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan', { answers: fiveAnswers });
    await choosePassword(await walkToPassword(house));
    const browser = await signInWith(house, newPassword);
    await showAnswers(browser, newPassword);
    expect(browser.text).toContain('omdat uw wachtwoord daarna opnieuw is ingesteld');
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
  });

  test('of before a change made elsewhere open again with the password before', async () => {
    const house = await openTestHouse();
    await answered(house);
    await changeElsewhere(house, newPassword);
    const browser = await signInWith(house, newPassword);
    await showAnswers(browser, newPassword);
    expect(browser.text).toContain('Uw wachtwoord is ergens anders gewijzigd');
    const both = (old: string) =>
      browser.fill('Wachtwoord dat u nu hebt', newPassword).fill('Vorig wachtwoord', old).press('Laat zien');
    await both('not that one');
    expect(browser.problems).toEqual([
      'Met dit vorige wachtwoord gaan uw antwoorden niet open. Controleer het en probeer het opnieuw.',
    ]);
    await both(password);
    for (const answer of fiveAnswers) expect(browser.text).toContain(answer);
    await showAnswers(browser, newPassword);
    for (const answer of fiveAnswers) expect(browser.text).toContain(answer);
  });

  test('tries at the password before are limited', async () => {
    const house = await openTestHouse();
    await answered(house);
    await changeElsewhere(house, newPassword);
    const browser = await signInWith(house, newPassword);
    await showAnswers(browser, newPassword);
    for (let n = 0; n < 6; n += 1)
      await browser
        .fill('Wachtwoord dat u nu hebt', newPassword)
        .fill('Vorig wachtwoord', n < 5 ? `wrong ${n}` : password)
        .press('Laat zien');
    expect(browser.problems[0]).toContain('te vaak');
    house.wait(hour);
  });

  test('who does not know the password before begins anew: later answers can be shown', async () => {
    const house = await openTestHouse();
    await answered(house);
    await changeElsewhere(house, newPassword);
    const browser = await signInWith(house, newPassword);
    await showAnswers(browser, newPassword);
    await browser.click('Begin opnieuw zonder het vorige wachtwoord');
    await browser.fill('Wachtwoord dat u nu hebt', newPassword);
    await browser.press('Begin opnieuw zonder het vorige wachtwoord');
    expect(browser.text).toContain('kunnen niet meer worden getoond');
    await browser.open('/register/security-questions/1');
    const [first = ''] = [...browser.document.querySelectorAll('option[selected]')].map(
      (one) => one.textContent,
    );
    await browser
      .fill('Vraag', first ?? '')
      .fill('Uw antwoord', 'Een nieuw antwoord')
      .press('Bewaar dit antwoord');
    await showAnswers(browser, newPassword);
    expect(browser.text).toContain('Een nieuw antwoord');
    expect(browser.text).toContain('Dit antwoord kunnen wij niet meer laten zien');
  });
});
