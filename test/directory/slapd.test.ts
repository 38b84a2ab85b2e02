import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveMail, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { choosePassword, passMail, passPhone, startReset } from '../helpers/resets.ts';
import { type Slapd, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { minute, password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { tellStories } from './stories.ts';

needs(...slapdPrograms)('people whose passwords are in OpenLDAP with ppolicy', () => {
  const state: { house?: TestHouse; slapd?: Slapd; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    const slapd = await startSlapd();
    const { house, stop } = await startTestHouse({ env: slapd.env });
    Object.assign(state, { slapd, house, stop });
  });
  afterAll(async () => {
    await state.stop?.();
    await state.slapd?.close();
  });
  const own = () => {
    const { house, slapd } = state;
    if (!house || !slapd) throw new Error('not open');
    return { house, slapd };
  };

  tellStories(() => {
    const { house, slapd } = own();
    return {
      house,
      addPerson: (userName, displayName) => slapd.addPerson(userName, { displayName }),
      lets: slapd.lets,
      async lock(userName) {
        for (let tries = 0; tries < 5; tries += 1) await slapd.lets(userName, `wrong ${tries}`);
      },
    };
  });

  /** Signs in by typing, with a fresh browser, and gives what came of it. */
  async function typeIn(userName: string, typed = password) {
    const browser = await own().house.browser().open('/sign-in');
    const words = wordsOn(browser).signIn;
    return browser.fill(words.userName, userName).fill(words.password, typed).press(words.submit);
  }

  test('S42 a mail address and other writings of a name lead to the same person', async () => {
    const { house, slapd } = own();
    await slapd.addPerson('Frits', { displayName: 'Frits Vos', mail: 'frits.vos@example.org' });
    for (const typed of ['frits', 'FRITS', 'Frits.Vos@example.org', ' ＦＲＩＴＳ ']) {
      const browser = await typeIn(typed);
      expect(browser.path, `${typed}: ${browser.text}`).toBe('/register');
    }
    const people = await house.deps.db.selectFrom('people').select('user_name').execute();
    expect(people.filter(({ user_name }) => /frits/i.test(user_name))).toEqual([{ user_name: 'frits' }]);
  });

  test('S60 what means something in a filter or a DN is only a name', async () => {
    const { slapd } = own();
    await slapd.addPerson('gijs');
    for (const typed of [
      '*',
      'g*',
      'gijs)(uid=*',
      '*)(objectClass=*',
      'uid=gijs',
      '\\67ijs',
      'gijs\0',
      '(gijs)',
    ]) {
      const browser = await typeIn(typed);
      expect(browser.path, typed).toBe('/sign-in');
      expect(browser.problems, typed).toHaveLength(1);
    }
    expect((await typeIn('gijs')).path).toBe('/register');
  });

  test('S35 strangers never lock the account, and a browser that is known still gets in', async () => {
    const { slapd } = own();
    await slapd.addPerson('hans');
    const known = await typeIn('hans');
    expect(known.path).toBe('/register');
    for (let tries = 0; tries < 12; tries += 1) await typeIn('hans', `mis ${tries}`);
    const { pwdFailureTime = [], pwdAccountLockedTime } = await slapd.read('hans');
    expect(pwdFailureTime).toHaveLength(3);
    expect(pwdAccountLockedTime).toBeUndefined();
    await known.open('/change-password');
    const words = wordsOn(known);
    known.fill(words.changePassword.current, password);
    known
      .fill(words.signIn.newPassword.label, 'twaalf tuinen')
      .fill(words.signIn.newPassword.repeat, 'twaalf tuinen');
    await known.press(words.signIn.newPassword.submit);
    expect(known.path, known.text).toBe('/account');
  });

  test('S35 tries made elsewhere count too: the directory’s own count is looked at', async () => {
    const { slapd } = own();
    await slapd.addPerson('iris');
    for (let tries = 0; tries < 3; tries += 1) await slapd.lets('iris', `elders ${tries}`);
    const browser = await typeIn('iris');
    expect(browser.problems).toEqual([wordsOn(browser).signIn.wrongOrResting]);
    expect((await slapd.read('iris')).pwdFailureTime).toHaveLength(3);
  });

  test('a lock and a password to be changed are told apart, to who knows the password', async () => {
    const { house, slapd } = own();
    await slapd.addPerson('kees');
    await slapd.change(slapd.dnOf('kees'), 'add', { pwdReset: ['TRUE'] });
    expect(await house.deps.directory.checkPassword('kees', password)).toBe('one-time');
    const browser = await typeIn('kees');
    expect(browser.path, browser.text).toBe('/sign-in/new-password');
    const words = wordsOn(browser).signIn.newPassword;
    await browser
      .fill(words.label, 'dertien dromen')
      .fill(words.repeat, 'dertien dromen')
      .press(words.submit);
    expect(browser.path, browser.text).toBe('/register');
    expect(await house.deps.directory.checkPassword('kees', 'dertien dromen')).toBe('right');
    for (let tries = 0; tries < 5; tries += 1) await slapd.lets('kees', `mis ${tries}`);
    expect(await house.deps.directory.checkPassword('kees', 'dertien dromen')).toBe('locked');
    expect(await house.deps.directory.checkPassword('kees', '')).toBe('wrong');
  });

  test('who knows a password that has run out chooses another, and nobody else is told of it', async () => {
    const { house, slapd } = own();
    await slapd.setPolicy({ pwdMaxAge: '1' });
    await slapd.addPerson('lena');
    const lena = () => house.deps.directory.checkPassword('lena', password);
    await expect.poll(lena, { timeout: 20_000 }).toBe('expired');
    expect((await typeIn('lena', 'verkeerd woord')).path).toBe('/sign-in');
    const browser = await typeIn('lena');
    expect(browser.path, browser.text).toBe('/change-password');
    await slapd.setPolicy({ pwdMaxAge: '0' });
    const words = wordsOn(browser);
    await browser
      .fill(words.changePassword.current, password)
      .fill(words.signIn.newPassword.label, 'veertien vogels')
      .fill(words.signIn.newPassword.repeat, 'veertien vogels')
      .press(words.signIn.newPassword.submit);
    expect(browser.path, browser.text).toBe('/account');
    expect(await slapd.lets('lena', 'veertien vogels')).toBe(true);
    expect(await slapd.lets('lena', password)).toBe(false);
  });

  test('on the reset page: used before, too short and too soon, in words that say what to do', async () => {
    const { house, slapd } = own();
    const [number, address] = ['+31612345690', 'mies@example.com'];
    await slapd.addPerson('mies', { password: 'het allereerste woord' });
    await slapd.setPassword('mies', password);
    await slapd.change(slapd.dnOf('mies'), 'delete', { pwdReset: [] });
    const registering = await signIn(house, 'mies');
    await provePhone(house, registering, { number });
    await proveMail(house, registering, address);
    house.wait(20 * minute);
    const browser = await startReset(house, 'mies');
    await passPhone(house, browser, number);
    await passMail(house, browser, address);
    const words = wordsOn(browser).problems;
    const refused = async (typed: string) => {
      await choosePassword(browser, typed);
      expect(browser.path).toBe('/reset/new-password');
      return browser.problems;
    };
    expect(await refused('het allereerste woord')).toEqual([words['password-refused-used-before']]);
    await slapd.setPolicy({ pwdMinLength: '20' });
    expect(await refused('negentien nachten')).toEqual([words['password-refused-too-short']]);
    await slapd.setPolicy({ pwdMinLength: '8', pwdMinAge: '3600' });
    expect(await refused('negentien nachten')).toEqual([words['password-refused-too-soon']]);
    await slapd.setPolicy({ pwdMinAge: '0' });
    expect(await slapd.lets('mies', password)).toBe(true);
    await choosePassword(browser, 'negentien nachten');
    expect(browser.path, browser.text).toBe('/reset/done');
    expect(await slapd.lets('mies', 'negentien nachten')).toBe(true);
  });

  test('who is outside the configured filter is nobody here: the right password is told as a name that is not there', async () => {
    const { slapd } = own();
    for (const userName of ['noor', 'olaf']) await slapd.addPerson(userName);
    await slapd.setGroup('allowed', ['noor']);
    const filter = '(&(objectClass=inetOrgPerson)(memberOf=cn=allowed,ou=groups,dc=example,dc=org))';
    const { house, stop } = await startTestHouse({ env: { ...slapd.env, DIRECTORY_FILTER: filter } });
    try {
      const told = [];
      for (const userName of ['noor', 'olaf', 'nobody-there']) {
        const browser = await house.browser().open('/sign-in');
        const words = wordsOn(browser).signIn;
        await browser.fill(words.userName, userName).fill(words.password, password).press(words.submit);
        told.push([browser.path, browser.problems]);
      }
      expect(told[0]).toEqual(['/register', []]);
      expect(told[1]).toEqual(['/sign-in', [expect.any(String)]]);
      expect(told[1]).toEqual(told[2]);
      const people = await house.deps.db.selectFrom('people').select('user_name').execute();
      expect(people).toEqual([{ user_name: 'noor' }]);
      const next = await house.deps.directory.preparePassword('olaf', 'twintig tuinen');
      expect(await house.deps.directory.setPassword('olaf', next)).toBe('stale');
    } finally {
      await stop();
    }
  });
});
