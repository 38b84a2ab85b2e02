import { describe, expect, test } from 'vitest';
import { issueAccessCode, typeAccessCode } from '../helpers/access-codes.ts';
import { provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { linkIn, newestWithLink, stolen } from '../helpers/notices.ts';
import {
  addRegistered,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  walkToPassword,
} from '../helpers/resets.ts';
import { day, openTestHouse, second, type TestHouse } from '../helpers/test-house.ts';
import { askPhone, countEvents, houseWithJan, provenOfPerson, typeCode } from './attack.ts';
import { contentsOf } from './house-contents.ts';

/** Presses the button of the page that a link leads to, if there is one; gives where that led. */
async function pressLink(house: TestHouse, link: string): Promise<string> {
  const browser = await house.browser().open(link);
  if (!browser.document.querySelector('main button')) return browser.path;
  const { stop } = wordsOn(browser);
  await browser.press(browser.path.startsWith('/stop/change') ? stop.change.submit : stop.submit);
  return browser.path;
}

async function personRow(house: TestHouse) {
  return house.deps.db
    .selectFrom('people')
    .selectAll()
    .where('user_name', '=', 'jan')
    .executeTakeFirstOrThrow();
}

/** A change that waits, and the link that cancels it. */
async function waitingLink(house: TestHouse): Promise<string> {
  const browser = await signIn(house, 'jan');
  await browser.open('/register/lost-methods');
  await browser.press(wordsOn(browser).lostMethods.ask);
  return linkIn(await newestWithLink(house, '/stop/change'), '/stop/change');
}

describe('S17 stopping an account', () => {
  test('ends sessions, half-finished resets, open codes and access codes, and what comes of them later is refused', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const link = await stolen(house, 'jan');
    const reset = await walkToPassword(house);
    expect(reset.path).toBe('/reset/new-password');
    const code = await issueAccessCode(house, 'jan');
    const redeeming = await typeAccessCode(house.browser(), 'jan', code);
    expect(redeeming.path).toBe('/redeem/password');
    const passwords = await house.deps.db.selectFrom('embedded_accounts').selectAll().execute();

    expect(await pressLink(house, link)).toBe('/stop/done');
    await reset.post('/reset/new-password', { csrf: reset.csrf, password: newPassword, repeat: newPassword });
    expect(reset.path).not.toBe('/reset/done');
    await redeeming.post('/redeem/password', {
      csrf: redeeming.csrf,
      password: newPassword,
      repeat: newPassword,
    });
    expect(redeeming.path).not.toBe('/register');
    expect((await typeAccessCode(house.browser(), 'jan', code)).problems).toHaveLength(1);
    expect(await house.deps.db.selectFrom('embedded_accounts').selectAll().execute()).toEqual(passwords);
  });

  test('S21 no code on its way survives it', async () => {
    const { house, jan, personId } = await houseWithJan();
    await provePhone(house, jan, { number: ownPhone });
    house.wait(day);
    const link = await stolen(house, 'jan', 'een ander wachtwoord');
    const browser = await house.browser().open('/sign-in');
    const words = wordsOn(browser).signIn;
    await browser
      .fill(words.userName, 'jan')
      .fill(words.password, 'een ander wachtwoord')
      .press(words.submit);
    await askPhone(browser, '+31687654321');
    const code = await house.codeFor('+31687654321');
    await pressLink(house, link);
    await house.deps.db.updateTable('people').set({ blocked_at: null }).execute();
    const again = await house.browser().open('/sign-in');
    await again.fill(words.userName, 'jan').fill(words.password, 'een ander wachtwoord').press(words.submit);
    await typeCode(again, 'authentication-phone', code);
    expect(again.path, 'there is no code on its way any more').toBe('/register/authentication-phone');
    expect(JSON.stringify(await provenOfPerson(house, personId))).not.toContain('687654321');
  });
});

describe('S19', () => {
  test('the link of a notice works until a second before seven days, and not a second after', async () => {
    for (const [late, ends] of [
      [-second, '/stop/done'],
      [second, '/stop?link='],
    ] as const) {
      const house = await openTestHouse();
      await addRegistered(house, 'jan');
      const link = await stolen(house, 'jan');
      house.wait(7 * day + late);
      expect(await pressLink(house, link)).toContain(ends);
    }
  });
});

describe('S25 GET and HEAD of a link', () => {
  test('change nothing and send nothing, however often a scanner follows it', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const links = [await waitingLink(house), await stolen(house, 'jan')];
    await house.messages();
    const before = await contentsOf(house);
    for (const link of links)
      for (const method of ['head', 'get', 'get'] as const) await house.browser().send(method, link);
    expect(await contentsOf(house)).toEqual(before);
  });
});

test('S43 the links in notices come from the base URL, whatever the request said', async () => {
  const baseUrl = 'https://id.example.org';
  const house = await openTestHouse({ env: { BASE_URL: baseUrl } });
  await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  const headers = {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'host=evil.example',
  };
  const jan = await signIn(house, 'jan', house.browser({ headers }));
  await jan.open('/change-password');
  const { changePassword: words, signIn: choose } = wordsOn(jan);
  jan.fill(words.current, 'correct horse battery').fill(choose.newPassword.label, newPassword);
  await jan.fill(choose.newPassword.repeat, newPassword).press(choose.newPassword.submit);
  const { body } = await newestWithLink(house, '/stop');
  expect(body).toContain(`${baseUrl}/stop?link=`);
  expect(body).not.toContain('evil');
});

describe('S49 notices', () => {
  test('of a reset hold no secret but their own link, and say no whole network address', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    await addRegistered(house, 'jan');
    await house.newMessages();
    const browser = house.browser({ headers: { 'X-Forwarded-For': '203.0.113.77' } });
    await choosePassword(await walkToPassword(house, 'jan', { browser }));
    const notices = (await house.newMessages()).filter(({ body }) => body.includes('/stop?link='));
    expect(notices.map(({ to }) => to).toSorted()).toEqual([ownMail, ownPhone].toSorted());
    for (const { subject, body } of notices) {
      expect(`${subject} ${body}`).not.toMatch(/\b\d{3} \d{3}\b/);
      expect(`${subject} ${body}`).not.toContain(newPassword);
      expect(body).toContain('begint met 203.0.113.');
      expect(body).not.toContain('203.0.113.77');
    }
  });

  test('once sent are gone from the queue, and the link is nowhere in the store', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const links = [await waitingLink(house), await stolen(house, 'jan')];
    await house.messages();
    const rows = await house.deps.db.selectFrom('messages').select(['state', 'content']).execute();
    expect(rows.filter(({ state }) => state !== 'waiting').every(({ content }) => content === null)).toBe(
      true,
    );
    const stored = JSON.stringify(await contentsOf(house)) + house.log.join('');
    for (const link of links) expect(stored).not.toContain(link.split('link=')[1]);
  });
});

describe('S50 the link “this wasn’t me”', () => {
  test('works once, of two at the same time too', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const link = await stolen(house, 'jan');
    const [one, two] = [await house.browser().open(link), await house.browser().open(link)];
    const { submit } = wordsOn(one).stop;
    await Promise.all([one.press(submit), two.press(submit)]);
    expect([one.path, two.path].toSorted()).toEqual(['/stop', '/stop/done']);
    expect(await countEvents(house, 'account-blocked')).toBe(1);
    const { session_epoch } = await personRow(house);
    await pressLink(house, link);
    expect((await personRow(house)).session_epoch).toBe(session_epoch);
  });

  test('resets, opens and removes nothing, and signs nobody in', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const link = await stolen(house, 'jan');
    await house.messages();
    const { embedded_accounts, registrations, answers, key_pairs } = await contentsOf(house);
    const browser = await house.browser().open(link);
    await browser.press(wordsOn(browser).stop.submit);
    const after = await contentsOf(house);
    const kept = {
      embedded_accounts: after.embedded_accounts,
      registrations: after.registrations,
      answers: after.answers,
      key_pairs: after.key_pairs,
    };
    expect(kept).toEqual({ embedded_accounts, registrations, answers, key_pairs });
    await browser.open('/account');
    expect(browser.path).toContain('/sign-in');
  });

  test('of one kind is nothing to the other page, and made-up or strange ones do nothing', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const cancel = (await waitingLink(house)).split('link=')[1] ?? '';
    const stop = (await stolen(house, 'jan')).split('link=')[1] ?? '';
    const before = await personRow(house);
    const browser = await house.browser().open('/stop');
    await browser.open('/sign-in');
    const { csrf } = browser;
    for (const [page, link] of [
      ['/stop', cancel],
      ['/stop/change', stop],
      ['/stop', 'a'.repeat(43)],
      ['/stop', `${stop}x`],
      ['/stop', stop.toUpperCase()],
      ['/stop', 'x'.repeat(5000)],
      ['/stop', ''],
    ] as const) {
      await browser.post(page, { csrf, link });
      expect(browser.status, link.slice(0, 60)).toBe(200);
    }
    await browser.post('/stop', { csrf });
    expect(await personRow(house)).toEqual(before);
    await browser.post('/stop', `csrf=${csrf}&link=${stop}&link=${stop}`);
    expect(browser.status).toBe(400);
    expect(await countEvents(house, 'account-blocked')).toBe(0);
  });
});
