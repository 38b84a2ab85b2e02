import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPerson } from '../../src/people/person.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';
import { wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { type Samba, sambaPrograms, startSamba } from '../helpers/samba.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { lookAt } from './look-at.ts';
import { tellSealedAnswers } from './sealed-answers.ts';
import { tellStories } from './stories.ts';

needs(...sambaPrograms)('people whose passwords are in Active Directory', () => {
  const state: { house?: TestHouse; samba?: Samba; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    const samba = await startSamba();
    const { house, stop } = await startTestHouse({ env: samba.env });
    Object.assign(state, { samba, house, stop });
  }, 300_000);
  afterAll(async () => {
    await state.stop?.();
    await state.samba?.close();
  });
  const own = () => {
    const { house, samba } = state;
    if (!house || !samba) throw new Error('not open');
    return { house, samba };
  };

  tellStories(() => {
    const { house, samba } = own();
    return {
      house,
      addPerson: (userName, displayName) => samba.addPerson(userName, { displayName }),
      lets: samba.lets,
      async lock(userName) {
        for (let tries = 0; tries < 5; tries += 1) await samba.lets(userName, `wrong ${tries}`);
      },
    };
  });

  async function typeIn(userName: string, typed = password) {
    const browser = await own().house.browser().open('/sign-in');
    const words = wordsOn(browser).signIn;
    return browser.fill(words.userName, userName).fill(words.password, typed).press(words.submit);
  }

  test('S42 sAMAccountName, UPN and mail lead to the same person', async () => {
    const { house, samba } = own();
    await samba.addPerson('Frits', { mail: 'frits.vos@example.org' });
    for (const typed of ['frits', 'FRITS', 'frits@example.org', 'Frits.Vos@example.org'])
      expect((await typeIn(typed)).path, typed).toBe('/register');
    const people = await house.deps.db.selectFrom('people').select('user_name').execute();
    expect(people.filter(({ user_name }) => /frits/i.test(user_name))).toEqual([{ user_name: 'frits' }]);
  });

  test('S60 what means something in a filter is only a name', async () => {
    await own().samba.addPerson('gijs');
    for (const typed of ['*', 'g*', 'gijs)(sAMAccountName=*', '\\67ijs', '(gijs)']) {
      const browser = await typeIn(typed);
      expect(browser.path, typed).toBe('/sign-in');
      expect(browser.problems, typed).toHaveLength(1);
    }
  });

  test('S35 strangers never lock the account', async () => {
    const { samba } = own();
    await samba.addPerson('hans');
    for (let tries = 0; tries < 12; tries += 1) await typeIn('hans', `mis ${tries}`);
    expect(Number((await samba.read('hans')).badPwdCount?.[0])).toBe(3);
    expect(await samba.lets('hans', password)).toBe(true);
  });

  test('what the directory says of a right password is told apart, and of a wrong one it is wrong', async () => {
    const { house, samba } = own();
    const check = (typed: string) => house.deps.directory.checkPassword('iris', typed);
    await samba.addPerson('iris');
    expect([await check(password), await check('mis'), await check('')]).toEqual(['right', 'wrong', 'wrong']);
    await samba.change(samba.dnOf('iris'), 'replace', { pwdLastSet: ['0'] });
    expect([await check(password), await check('mis')]).toEqual(['one-time', 'wrong']);
    await samba.change(samba.dnOf('iris'), 'replace', { pwdLastSet: ['-1'], userAccountControl: ['514'] });
    expect([await check(password), await check('mis')]).toEqual(['disabled', 'wrong']);
    // Of iris enough wrong passwords have been tried that strangers get no answer any more.
    await samba.addPerson('joop');
    await samba.change(samba.dnOf('joop'), 'replace', { userAccountControl: ['514'] });
    const browser = await typeIn('joop');
    expect(browser.problems).toEqual([wordsOn(browser).signIn.disabled]);
  });

  test('hours and machines at which the directory lets nobody in: told to who knows the password, and nobody else', async () => {
    const { samba } = own();
    const limits = { roos: { logonHours: [Buffer.alloc(21)] }, sjef: { userWorkstations: ['ELDERS'] } };
    for (const [userName, limit] of Object.entries(limits)) {
      await samba.addPerson(userName);
      await samba.change(samba.dnOf(userName), 'replace', limit);
      const wrong = await typeIn(userName, 'niet het goede');
      expect(wrong.problems, userName).toEqual([wordsOn(wrong).signIn.wrongOrResting]);
      const browser = await typeIn(userName);
      expect(browser.path).toBe('/sign-in');
      expect(browser.problems, userName).toEqual([wordsOn(browser).signIn['not-allowed']]);
    }
  });

  test('a first password leads to an own one, and the directory’s rules are told on the page', async () => {
    const { samba } = own();
    await samba.addPerson('kees');
    await samba.change(samba.dnOf('kees'), 'replace', { pwdLastSet: ['0'] });
    await samba.setPolicy({ pwdProperties: '1', minPwdLength: '12' });
    const browser = await typeIn('kees');
    expect(browser.path, browser.text).toBe('/sign-in/new-password');
    const words = wordsOn(browser);
    const choose = async (typed: string) => {
      const { label, repeat, submit } = words.signIn.newPassword;
      await browser.fill(label, typed).fill(repeat, typed).press(submit);
    };
    await choose('zonsopgang');
    expect(browser.problems).toEqual([words.problems['password-refused-too-short']]);
    await choose('zonsondergangen');
    expect(browser.problems).toEqual([words.problems['password-refused-too-simple']]);
    await choose('Zonsondergang 12');
    expect(browser.path, browser.text).toBe('/register');
    expect(await samba.lets('kees', 'Zonsondergang 12')).toBe(true);
    await samba.setPolicy({ pwdProperties: '0', minPwdLength: '8' });
  });

  test('history, length, complexity and minimum age: refused in words that say what to do', async () => {
    const { house, samba } = own();
    await samba.addPerson('mien', { password: 'eerste wachtwoord' });
    const words = wordsOn(await house.browser().open('/sign-in')).problems;
    const change = async (present: string, typed: string) => {
      const next = await house.deps.directory.preparePassword('mien', typed);
      const set = await house.deps.directory.setPassword('mien', { ...next, present });
      return set === 'set' || set === 'stale' ? set : words[`password-${set}`];
    };
    expect(await change('eerste wachtwoord', 'tweede wachtwoord')).toBe('set');
    expect(await change('tweede wachtwoord', 'eerste wachtwoord')).toBe(
      words['password-refused-used-before'],
    );
    await samba.setPolicy({ minPwdAge: String(-24 * 60 * 600_000_000) });
    expect(await change('tweede wachtwoord', 'derde wachtwoord')).toBe(words['password-refused-too-soon']);
    await samba.setPolicy({ minPwdAge: '0' });
    expect(await change('tweede wachtwoord', 'kort')).toBe(words['password-refused-too-short']);
    await samba.setPolicy({ pwdProperties: '1' });
    expect(await change('tweede wachtwoord', 'alleen kleine letters')).toBe(
      words['password-refused-too-simple'],
    );
    await samba.setPolicy({ pwdProperties: '0' });
  });

  /** Adds stricter rules for one person; gives what removes them. */
  async function addRules(userName: string): Promise<() => Promise<void>> {
    const { samba } = own();
    const dn = `CN=strict,CN=Password Settings Container,CN=System,${samba.suffix}`;
    await samba.asRoot((client) =>
      client.add(dn, {
        objectClass: ['msDS-PasswordSettings'],
        'msDS-PasswordSettingsPrecedence': ['1'],
        'msDS-PasswordReversibleEncryptionEnabled': ['FALSE'],
        'msDS-PasswordHistoryLength': ['5'],
        'msDS-PasswordComplexityEnabled': ['FALSE'],
        'msDS-MinimumPasswordLength': ['8'],
        'msDS-MinimumPasswordAge': ['0'],
        'msDS-MaximumPasswordAge': [String(-90 * 24 * 60 * 600_000_000)],
        'msDS-LockoutThreshold': ['4'],
        'msDS-LockoutObservationWindow': [String(-30 * 600_000_000)],
        'msDS-LockoutDuration': [String(-30 * 600_000_000)],
        'msDS-PSOAppliesTo': [samba.dnOf(userName)],
      }),
    );
    return () => samba.asRoot((client) => client.del(dn));
  }

  test('S35 rules for some people: the strictest lock leaves room for strangers, and the lock is the server’s own word', async () => {
    const { samba } = own();
    await samba.addPerson('nico');
    const dropRules = await addRules('nico');
    const { house, stop } = await startTestHouse({ env: samba.env });
    try {
      expect(await house.deps.directory.roomForStrangers()).toMatchObject({ failures: 2 });
      for (let tries = 0; tries < 4; tries += 1) await samba.lets('nico', `mis ${tries}`);
      expect(await samba.lets('nico', password)).toBe(false);
      expect(await house.deps.directory.lockedUntil('nico')).not.toBeNull();
      await house.deps.directory.unlock('nico');
      expect(await house.deps.directory.lockedUntil('nico')).toBeNull();
      expect(await samba.lets('nico', password)).toBe(true);
    } finally {
      await stop();
      await dropRules();
    }
  });

  tellSealedAnswers(() => {
    const { house, samba } = own();
    return { house, addPerson: samba.addPerson, setPassword: samba.setPassword };
  });

  test('following it: everybody, then what changed by number, who is gone, groups, phones and who is disabled', async () => {
    const { samba } = own();
    await samba.addPerson('otto', {
      displayName: 'Otto Vos',
      mail: 'otto@example.org',
      officePhone: '+31 20 794 0000 ext. 12',
    });
    await samba.addPerson('paula');
    await samba.setGroup('Staff', ['otto']);
    const { house, stop } = await startTestHouse({ env: samba.env });
    const look = () => synchronise(house.deps, { whole: false, stop: new AbortController().signal });
    const person = (userName: string) =>
      findPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, userName);
    const nothing = { whole: false, added: 0, changed: 0, same: 0, gone: 0 };
    try {
      expect(await look()).toMatchObject({ result: 'done', whole: true, changed: 0, gone: 0, unusable: 0 });
      const otto = await person('otto');
      expect(otto).toMatchObject({
        displayName: 'Otto Vos',
        workMailbox: 'otto@example.org',
        officePhone: { number: '+31207940000', extension: '12' },
        groups: ['Staff'],
        disabledAt: null,
      });
      expect(await look()).toMatchObject(nothing);
      await samba.change(samba.dnOf('otto'), 'replace', {
        telephoneNumber: ['+31 20 794 0001'],
        sAMAccountName: ['otto.vos'],
      });
      await samba.change(samba.dnOf('paula'), 'replace', { userAccountControl: ['514'] });
      await samba.addPerson('quirijn');
      expect(await look()).toMatchObject({ ...nothing, added: 1, changed: 2 });
      expect(await person('otto')).toBeUndefined();
      expect(await person('otto.vos')).toMatchObject({
        id: otto?.id,
        officePhone: { number: '+31207940001' },
      });
      expect((await person('paula'))?.disabledAt).not.toBeNull();
      await samba.change(samba.dnOf('paula'), 'replace', { userAccountControl: ['512'] });
      expect(await look()).toMatchObject({ ...nothing, changed: 1 });
      expect((await person('paula'))?.disabledAt).toBeNull();
      await samba.removePerson('paula');
      expect(await look()).toMatchObject({ whole: true, gone: 1, held: null });
      expect((await person('paula'))?.disabledAt).not.toBeNull();
      await samba.setGroup('Staff', ['quirijn']);
      expect(await look()).toMatchObject({ whole: true, changed: 2, gone: 0 });
      expect((await person('otto.vos'))?.groups).toEqual([]);
      expect((await person('quirijn'))?.groups).toEqual(['Staff']);
      expect(await look()).toMatchObject(nothing);
    } finally {
      await stop();
    }
  });

  test('the doctor finds everything in order', async () => {
    const { samba } = own();
    await samba.addPerson('lies');
    const said = await lookAt({ ...samba.env, DIRECTORY_OFFICE_PHONE: 'writable' });
    expect(said.join('')).not.toContain('FAULT');
    expect(said).toHaveLength(9);
    for (const words of [
      'a reset can bring an earlier password back',
      'Passwords may be reset',
      'Password Settings, the rules for some people, may be read',
    ])
      expect(said.join('')).toContain(words);
  });

  test('the doctor names each right that an account lacks, and how it is given; they really are lacking', async () => {
    const { samba } = own();
    await samba.addPerson('rechteloos');
    // An account like any other, but not one of the people: these may change some things of their own.
    const dn = `CN=rechteloos,CN=Users,${samba.suffix}`;
    await samba.asRoot((client) => client.modifyDN(samba.dnOf('rechteloos'), dn));
    await samba.addPerson('tess');
    const missing = {
      'Passwords may not be reset: the right “Reset Password” is missing': 'CA;Reset Password;user',
      'lockoutTime may not be written': 'WP;lockoutTime;user',
      'pwdLastSet may not be written': 'WP;pwdLastSet;user',
      'telephoneNumber may not be written': 'WP;telephoneNumber;user',
      'Password Settings, the rules for some people, may not be read': ':GR',
    };
    const env = { ...samba.env, DIRECTORY_BIND_DN: dn, DIRECTORY_PASSWORD: password };
    const dropRules = await addRules('tess');
    const { house, stop } = await startTestHouse({ env });
    try {
      const said = (await lookAt({ ...env, DIRECTORY_OFFICE_PHONE: 'writable' })).join('');
      for (const [right, given] of Object.entries(missing))
        expect(said).toMatch(new RegExp(`FAULT {2}Directory: ${right}.*\\n {7}.*dsacls "[^\\n]*${given}"`));
      expect(said.match(/FAULT/g)).toHaveLength(5);
      const lockout = { ...env, DIRECTORY_LOCKOUT: '4/30' };
      expect((await lookAt(lockout)).join('')).toContain('DIRECTORY_LOCKOUT counts');
      const { directory } = house.deps;
      const next = await directory.preparePassword('tess', 'zestien zwanen');
      expect(await directory.setPassword('tess', next)).toBe('refused-not-allowed');
      // Of rules that cannot be read those of the domain are told.
      const short = { ...next, password: 'kort', present: password };
      expect(await directory.setPassword('tess', short)).toBe('refused-too-short');
      // What a group may, its members may.
      await samba.change(`CN=Domain Admins,CN=Users,${samba.suffix}`, 'add', { member: [dn] });
      expect((await lookAt({ ...env, DIRECTORY_OFFICE_PHONE: 'writable' })).join('')).not.toContain('FAULT');
    } finally {
      await stop();
      await dropRules();
    }
  });
});
