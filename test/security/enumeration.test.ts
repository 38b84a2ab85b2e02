import { describe, expect, test } from 'vitest';
import { isUserName, normaliseUserName } from '../../src/people/user-name.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { minute, openTestHouse, password } from '../helpers/test-house.ts';
import { askMailbox, askPhone, mailbox, phone, proveMailbox, provenOfPerson, provePhone } from './attack.ts';

/** What a page says, without what is of one browser only. */
function said(browser: Browser): string {
  return browser.html.replaceAll(/value="[^"]*"/g, '').replaceAll(/als \w+\./g, 'als .');
}

describe('S41', () => {
  test('S41 a phone or mailbox that somebody else has proven is taken in the same words', async () => {
    const house = await openTestHouse();
    for (const name of ['jan', 'piet', 'kees']) await house.addPerson(name);
    const jan = await signIn(house, 'jan');
    await provePhone(house, jan);
    await proveMailbox(house, jan);
    house.wait(2 * minute);

    const [piet, kees] = [await signIn(house, 'piet'), await signIn(house, 'kees')];
    await askPhone(piet, phone);
    await askPhone(kees, '+31611111178');
    expect([piet.status, piet.path, piet.title]).toEqual([kees.status, kees.path, kees.title]);
    expect(said(piet)).toBe(said(kees));
    await askMailbox(piet, mailbox);
    await askMailbox(kees, mailbox.replace('jan', 'jon'));
    expect(said(piet).replaceAll('jan', 'jon')).toBe(said(kees).replaceAll('jan', 'jon'));

    const before = (await house.messages()).length;
    await provePhoneOf(house, piet);
    expect(Object.keys(await provenOfPerson(house, (await personIdOf(house, 'piet')) ?? ''))).toEqual([
      'authentication-phone',
    ]);
    const told = (await house.messages()).slice(before);
    expect(
      told.map(({ to }) => to),
      'nobody else is told',
    ).toEqual([phone]);
    await jan.open('/register');
    expect(jan.path).toBe('/register');
    expect(Object.keys(await provenOfPerson(house, (await personIdOf(house, 'jan')) ?? ''))).toHaveLength(2);
  });
});

async function provePhoneOf(
  house: Awaited<ReturnType<typeof openTestHouse>>,
  browser: Browser,
): Promise<void> {
  const code = await house.codeFor(phone);
  await browser.open('/register/authentication-phone/code');
  await browser.post('/register/authentication-phone/code', { csrf: browser.csrf, code });
  expect(browser.path).toBe('/register');
}

async function personIdOf(house: Awaited<ReturnType<typeof openTestHouse>>, userName: string) {
  const row = await house.deps.db
    .selectFrom('people')
    .select('id')
    .where('user_name', '=', userName)
    .executeTakeFirst();
  return row?.id;
}

describe('S42', () => {
  const same: [string, string][] = [
    ['capitals', 'JAN'],
    ['a trailing dot', 'jan.'],
    ['trailing dots and spaces', '  jan..  '],
    ['full-width letters', 'ｊａｎ'],
    ['mathematical letters', '𝐣𝐚𝐧'],
    ['a non-breaking space behind it', 'jan\u00a0'],
  ];

  test.each(same)('S42 a name typed with %s is the same person', async (_what, typed) => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = house.browser();
    await browser.open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf, userName: typed, password });
    expect(browser.path).toBe('/register');
    expect(browser.text).toContain('jan');
  });

  const others: [string, string][] = [
    ['a Cyrillic a', 'jаn'],
    ['a zero-width space', 'ja\u200bn'],
    ['a soft hyphen', 'ja\u00adn'],
    ['a direction mark', '\u202ejan'],
    ['a tag', 'jan+1'],
    ['a dot in front', '.jan'],
    ['a NUL', 'jan\u0000'],
    ['a NUL and more', 'jan\u0000x'],
    ['a percent sign', 'j%n'],
    ['an underscore as a wildcard', 'j_n'],
    ['an accent', 'jän'],
    ['a combining accent', 'ja\u0308n'],
  ];

  test('S42 look-alikes, tags and wildcards are other names, and told the same as any name that is not there', async () => {
    const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
    await house.addPerson('jan');
    const problems = new Set<string>();
    for (const [n, [what, typed]] of others.entries()) {
      const browser = house.browser({ headers: { 'X-Forwarded-For': `198.51.100.${n}` } });
      await browser.open('/sign-in');
      await browser.post('/sign-in', { csrf: browser.csrf, userName: typed, password });
      expect(browser.path, what).toBe('/sign-in');
      problems.add(browser.problems.join());
    }
    expect(problems.size).toBe(1);
  });

  test('S42 the Turkish i is one name with the i, and the dotless i is refused as a name', () => {
    expect(normaliseUserName('İlse')).toBe(normaliseUserName('ILSE'));
    expect(normaliseUserName('ilse')).toBe('ilse');
    expect(isUserName(normaliseUserName('ılse'))).toBe(false);
  });

  test('S42 the normal form is stable, and names of mixed alphabets are refused', () => {
    for (const name of ['JAN', 'ｊａｎ', 'İlse', 'Straße', 'ﬁn', 'K', 'jan...', 'Å'.normalize('NFD'), 'ΟΔΟΣ'])
      expect(normaliseUserName(normaliseUserName(name)), name).toBe(normaliseUserName(name));
    expect(isUserName(normaliseUserName('jаn'))).toBe(false);
    expect(isUserName(normaliseUserName('ja\u200bn'))).toBe(false);
    expect(isUserName(normaliseUserName('jan\u0000'))).toBe(false);
  });

  test('S42 wrong tries at all spellings of one name are counted together', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const spellings = ['jan', 'JAN', 'jan.', ' Jan ', 'ｊａｎ', '𝐣𝐚𝐧'];
    const browser = house.browser();
    await browser.open('/sign-in');
    for (let n = 0; n < 14; n += 1)
      await browser.send('post', '/sign-in', {
        fields: { csrf: browser.csrf, userName: spellings[n % spellings.length] ?? '', password: 'wrong' },
      });
    expect((await house.audit()).filter(({ event }) => event === 'sign-in-refused')).toHaveLength(10);
  });

  test('S42 a second person whose name is another spelling of the first is refused', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await expect(house.addPerson('jan')).rejects.toThrow();
  });
});
