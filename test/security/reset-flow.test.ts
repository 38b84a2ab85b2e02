import { describe, expect, test } from 'vitest';
import { cancelChallenges } from '../../src/challenges/verify.ts';
import { releasePasswordLeases, resumePasswords } from '../../src/passwords/resume.ts';
import { readPerson } from '../../src/people/person.ts';
import { replaceOfficePhone } from '../../src/registrations/filled-in.ts';
import { completeReset } from '../../src/resets/complete.ts';
import { type Reset, readReset } from '../../src/resets/reset.ts';
import { verifyCode } from '../../src/resets/verify.ts';
import type { Browser } from '../helpers/browser.ts';
import {
  askPhoneCode,
  proveOfficePhone,
  provePhone,
  signIn,
  typeCode,
  wrongCode,
} from '../helpers/journeys.ts';
import {
  addRegistered,
  askResetMail,
  askResetText,
  canSignIn,
  choosePassword,
  newPassword,
  ownMail,
  ownPhone,
  passMail,
  passPhone,
  startReset,
  walkToPassword,
} from '../helpers/resets.ts';
import { minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';
import { countEvents, postTo } from './attack.ts';

const oneMethod = { methodsToReset: 1, methodsToRegister: 1 } as const;

/** Posts a new password whatever page the browser shows. */
function postPassword(browser: Browser, chosen = newPassword): Promise<Browser> {
  return postTo(browser, '/reset/new-password', { password: chosen, repeat: chosen, passwords: 'hidden' });
}

/** The one reset that is under way, as the pages read it. */
async function readOpenReset(house: TestHouse): Promise<Reset> {
  const { id } = await house.deps.db.selectFrom('resets').select('id').executeTakeFirstOrThrow();
  const reset = await readReset(house.deps, id);
  if (!reset) throw new Error('no reset under way');
  return reset;
}

/** A reset by phone up to its new password, and the person whose it is. */
async function walkToOpenReset(house: TestHouse, personId: string) {
  await passPhone(house, await startReset(house, 'jan'));
  const person = await readPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, personId);
  if (!person) throw new Error('no person');
  return { person, reset: await readOpenReset(house) };
}

async function expectOldPassword(house: TestHouse): Promise<void> {
  expect(await canSignIn(house, 'jan', password), 'the old password works').toBe(true);
  expect(await countEvents(house, 'password-reset')).toBe(0);
}

describe('gates', () => {
  test('S01 no step is reached by jumping to it', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const stranger = house.browser();
    for (const path of ['/reset/new-password', '/reset/unlock', '/reset/done', '/reset/security-questions']) {
      await stranger.open(path);
      expect(stranger.path, path).toBe('/reset');
    }
    await postPassword(stranger);
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    for (const path of ['/reset/new-password', '/reset/unlock', '/reset/done', '/reset/unlocked']) {
      await browser.open(path);
      expect(browser.path, path).toBe('/reset/methods');
    }
    await postPassword(browser);
    await postTo(browser, '/reset/unlock');
    await expectOldPassword(house);
    expect(await countEvents(house, 'account-unlocked')).toBe(0);
  });

  test('S02 “try another way” marks nothing as passed', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await startReset(house, 'jan');
    await askResetText(browser);
    await browser.click('Kies een andere manier');
    await askResetMail(browser);
    await browser.click('Kies een andere manier');
    expect(browser.text).toContain('Gebruik uw eigen telefoon');
    expect(browser.text).toContain('Gebruik uw eigen e-mailadres');
    await postPassword(browser);
    await expectOldPassword(house);
  });

  test('S03 an empty post to any step gains nothing and says what is wrong', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await startReset(house, 'jan');
    await askResetText(browser);
    for (const path of [
      '/reset',
      '/reset/authentication-phone',
      '/reset/authentication-email',
      '/reset/office-phone',
      '/reset/authentication-phone/code',
    ]) {
      await postTo(browser, path);
      expect(browser.path).toBe(path);
      expect(browser.problems.length, path).toBeGreaterThan(0);
    }
    await expectOldPassword(house);
  });

  test('S04 a code is nothing before it was sent, nor after its delivery was given up', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const { id } = await house.deps.db.selectFrom('reset_asks').select('id').executeTakeFirstOrThrow();
    const code = house.deps.secrets.codes.codeOf(id, house.deps.secrets.codes.keyId);
    await typeCode(browser, code);
    expect(browser.problems[0]).toContain('Deze code klopt niet.');
    await house.messages();
    const unsent = { sent_at: null, ended_at: house.clock.now, ended_as: 'given-up' };
    await house.deps.db.updateTable('challenges').set(unsent).where('id', '=', id).execute();
    await typeCode(browser, code);
    expect(browser.problems[0]).toContain('Deze code klopt niet.');
    await postPassword(browser);
    await expectOldPassword(house);
  });

  test('S05 a name or id sent along between the steps changes nothing', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    await house.addPerson('piet', { password: 'het wachtwoord van piet' });
    const browser = await startReset(house, 'jan');
    await askResetText(browser);
    const code = await house.codeFor(ownPhone);
    const personId = 'piet';
    await postTo(browser, '/reset/authentication-phone/code', {
      code,
      userName: 'piet',
      personId,
      resetId: 'x',
    });
    const chosen = { password: newPassword, repeat: newPassword, passwords: 'hidden' };
    await postTo(browser, '/reset/new-password', { ...chosen, userName: 'piet', personId });
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
    expect(await canSignIn(house, 'piet', 'het wachtwoord van piet')).toBe(true);
  });

  test('S06 a code of one person is nothing in the reset of another', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    await addRegistered(house, 'piet', { phone: '+31612345699', mail: 'piet@example.com' });
    const [jan, piet] = [await startReset(house, 'jan'), await startReset(house, 'piet')];
    await askResetText(jan);
    await askResetText(piet, '+31612345699');
    const codeOfPiet = await house.codeFor('+31612345699');
    expect(codeOfPiet).not.toBe(await house.codeFor(ownPhone));
    await typeCode(jan, codeOfPiet);
    expect(jan.problems[0]).toContain('Deze code klopt niet.');
    await postPassword(jan);
    await expectOldPassword(house);
  });

  test('S07 a code for registering is nothing in a reset, a phone’s nothing for a mailbox, and the reverse', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan', { mail: '' });
    const own = await signIn(house, 'jan');
    await askPhoneCode(own, ownPhone);
    const ofRegistering = await house.codeFor(ownPhone);
    house.wait(2 * minute);
    const reset = await askResetText(await startReset(house, 'jan'));
    const ofReset = await house.codeFor(ownPhone);
    expect(ofReset).not.toBe(ofRegistering);
    await typeCode(reset, ofRegistering);
    expect(reset.problems[0], 'a code for registering').toContain('Deze code klopt niet.');
    await askResetMail(reset);
    await typeCode(reset, ofReset);
    expect(reset.problems[0], 'a phone’s code at the mailbox').toContain('Deze code klopt niet.');
    const registered = await countEvents(house, 'method-changed');
    await postTo(own, '/register/authentication-phone/code', { code: ofReset });
    expect(await countEvents(house, 'method-changed'), 'a code of a reset').toBe(registered);
    await postPassword(reset);
    await expectOldPassword(house);
  });

  test('S08 a destination sent along with “send again” or the code is not looked at', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    await house.newMessages();
    house.wait(minute);
    const other = { number: '+31687654321', address: 'thief@example.com', channel: 'call' };
    await postTo(browser, '/reset/authentication-phone/code/again', other);
    expect((await house.newMessages()).map(({ to, channel }) => [to, channel])).toEqual([[ownPhone, 'text']]);
  });

  test('S10 two right codes at once pass one gate, once', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const fields = { csrf: browser.csrf, code: await house.codeFor(ownPhone) };
    await Promise.all([1, 2].map(() => browser.send('post', '/reset/authentication-phone/code', { fields })));
    expect(
      (await house.audit()).filter(
        ({ event, details }) => event === 'code-accepted' && details.includes('reset'),
      ),
    ).toHaveLength(1);
  });

  test('S10 S29 right codes, or wrong ones, that are all on their way before one is judged', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    await askResetText(await startReset(house, 'jan'));
    const right = await house.codeFor(ownPhone);
    const reset = await readOpenReset(house);
    const type = (code: string) =>
      verifyCode(house.deps, reset, { kind: 'authentication-phone', code, address: '' });
    const results = await Promise.all(Array.from({ length: 5 }, () => type(right)));
    expect(results.filter(({ result }) => result === 'verified')).toHaveLength(1);
    expect(await countEvents(house, 'code-accepted')).toBeGreaterThan(0);

    house.wait(2 * minute);
    await house.deps.db.deleteFrom('resets').execute();
    await askResetText(await startReset(house, 'jan'));
    const [next, wrong] = [await readOpenReset(house), wrongCode(await house.codeFor(ownPhone))];
    const before = await countEvents(house, 'code-refused');
    const guess = { kind: 'authentication-phone', code: wrong, address: '' } as const;
    await Promise.all(Array.from({ length: 50 }, () => verifyCode(house.deps, next, guess)));
    expect((await countEvents(house, 'code-refused')) - before).toBe(5);
  });

  test('S12 one number is one gate, also when it is the office phone’s as well', async () => {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan', { mail: '' });
    const person = await readPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, personId);
    if (!person) throw new Error('nobody');
    const officePhone = { number: ownPhone, extension: null };
    await replaceOfficePhone(house.deps, { person, actor: { kind: 'system' }, officePhone });
    await proveOfficePhone(house, await signIn(house, 'jan'), ownPhone);
    house.wait(20 * minute);
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    expect(browser.path).toBe('/reset/not-possible');
    await postTo(browser, '/reset/office-phone', { number: ownPhone });
    await postPassword(browser);
    await expectOldPassword(house);
  });

  test('S15 a gate that breaks stays closed', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    const fields = { csrf: browser.csrf, code };
    await house.deps.db.schema.alterTable('registrations').renameTo('gone').execute();
    await house.deps.db.schema.alterTable('limits').renameTo('lost').execute();
    const answer = await browser.send('post', '/reset/authentication-phone/code', { fields });
    expect(answer.status).toBe(500);
    await house.deps.db.schema
      .alterTable('gone' as never)
      .renameTo('registrations')
      .execute();
    await house.deps.db.schema
      .alterTable('lost' as never)
      .renameTo('limits')
      .execute();
    house.log.length = 0;
    await postPassword(browser);
    await expectOldPassword(house);
    await typeCode(await browser.open('/reset/authentication-phone/code'), code);
    expect(browser.path).toBe('/reset/new-password');
  });
});

describe('the end', () => {
  test('S09 of the same reset in two browsers the second is refused', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const first = await walkToPassword(house);
    house.wait(2 * minute);
    const second = await walkToPassword(house);
    expect(second.path).toBe('/reset/new-password');
    await choosePassword(first);
    expect(first.path).toBe('/reset/done');
    await choosePassword(second, 'acht dieven fluiten');
    expect(second.path).toBe('/reset/not-possible');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
    expect(await countEvents(house, 'password-reset')).toBe(1);
  });

  test('S11 a password sent twice, and the page sent back to, have no second effect', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    const csrf = browser.csrf;
    const fields = { csrf, password: newPassword, repeat: newPassword, passwords: 'hidden' };
    const both = await Promise.all([1, 2].map(() => browser.send('post', '/reset/new-password', { fields })));
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await countEvents(house, 'password-reset')).toBe(1);
    const third = { ...fields, password: 'acht dieven fluiten', repeat: 'acht dieven fluiten' };
    await browser.send('post', '/reset/new-password', { fields: third });
    await browser.open('/reset/new-password');
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });

  test('S13 a policy raised from one to two on the way is met, or nothing happens', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    expect(browser.path).toBe('/reset/new-password');
    await house.setPolicy({ methodsToReset: 2, methodsToRegister: 2 });
    await choosePassword(browser);
    expect(browser.path).toBe('/reset/methods');
    await expectOldPassword(house);
    await passMail(house, browser);
    await choosePassword(browser);
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });

  test('S13 a policy raised at the very moment of the new password is met, or nothing happens', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    const { personId } = await addRegistered(house, 'jan');
    const { person, reset } = await walkToOpenReset(house, personId);
    await house.setPolicy({ methodsToReset: 2, methodsToRegister: 2 });
    const setting = { person, password: newPassword, address: '192.0.2.1' };
    expect(await completeReset(house.deps, reset, setting)).toEqual({ result: 'ended' });
    await expectOldPassword(house);
    await house.setPolicy(oneMethod);
    expect(await completeReset(house.deps, reset, setting)).toEqual({ result: 'written' });
    expect(await completeReset(house.deps, reset, setting), 'S11 once').toEqual({ result: 'ended' });
  });

  test('S13 a method switched off on the way counts no more', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    await house.setPolicy({ authenticationEmail: false });
    await choosePassword(browser);
    expect(browser.path).not.toBe('/reset/done');
    await expectOldPassword(house);
  });

  const ends: [string, (at: number) => object][] = [
    ['disabled', (at) => ({ disabled_at: at })],
    ['blocked', (at) => ({ blocked_at: at })],
    ['asked to register again', (at) => ({ demanded_at: at + 1 })],
  ];
  test.each(ends)('S14 a person who is %s on the way gets no further', async (_how, change) => {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    const row = change(house.clock.now);
    await house.deps.db.updateTable('people').set(row).where('id', '=', personId).execute();
    await choosePassword(browser);
    expect(browser.path).toBe('/reset/not-possible');
    await expectOldPassword(house);
  });

  test('S14 the reset of a person who is removed on the way ends', async () => {
    const house = await openTestHouse();
    const { personId } = await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    await house.deps.db.deleteFrom('people').where('id', '=', personId).execute();
    await choosePassword(browser);
    expect(browser.path).toBe('/reset');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(false);
  });

  test.each(['disabled_at', 'blocked_at'] as const)(
    'S14 who has %s before it begins gets no code',
    async (column) => {
      const house = await openTestHouse();
      const { personId } = await addRegistered(house, 'jan');
      await house.newMessages();
      const row = { [column]: house.clock.now };
      await house.deps.db.updateTable('people').set(row).where('id', '=', personId).execute();
      await askResetText(await startReset(house, 'jan'));
      expect(await house.newMessages()).toEqual([]);
    },
  );

  test('S16 a directory that fails is never shown as success; what was cut off is taken up', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    const { directory } = house.deps;
    const { setPassword } = directory;
    directory.setPassword = async () => {
      throw new Error('the directory is away');
    };
    const fields = { csrf: browser.csrf, password: newPassword, repeat: newPassword, passwords: 'hidden' };
    expect((await browser.send('post', '/reset/new-password', { fields })).status).toBe(500);
    directory.setPassword = setPassword;
    house.log.length = 0;
    await browser.open('/reset/done');
    expect(browser.path).toBe('/reset/under-way');
    expect(browser.text).not.toContain('is gewijzigd');
    await expectOldPassword(house);
    await releasePasswordLeases(house.deps.db);
    await resumePasswords(house.deps);
    await browser.open('/reset/under-way');
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });

  test('S16 a directory that refuses the password asks for another, and the old one works until then', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await walkToPassword(house);
    const { directory } = house.deps;
    const { setPassword } = directory;
    directory.setPassword = async () => 'refused';
    await choosePassword(browser);
    expect(browser.problems[0]).toContain('Uw organisatie neemt dit wachtwoord niet aan.');
    await expectOldPassword(house);
    directory.setPassword = setPassword;
    await choosePassword(browser);
    expect(browser.path).toBe('/reset/done');
    expect(await canSignIn(house, 'jan', newPassword)).toBe(true);
  });

  test('S17 no session and no half-finished reset from before survives', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const own = await signIn(house, 'jan');
    const half = await startReset(house, 'jan');
    await passPhone(house, half);
    house.wait(2 * minute);
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    await passMail(house, browser);
    await choosePassword(browser);
    await own.open('/register');
    expect(own.path).toContain('/sign-in');
    await half.open('/reset/methods');
    expect(half.path).toBe('/reset/not-possible');
  });
});

describe('codes', () => {
  test('S18 once a newer code is there the older one is nothing, whoever asked for it', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const first = await askResetText(await startReset(house, 'jan'));
    const older = await house.codeFor(ownPhone);
    house.wait(minute);
    const second = await askResetText(await startReset(house, 'jan'));
    const newer = await house.codeFor(ownPhone);
    expect(newer).not.toBe(older);
    await typeCode(first, older);
    expect(first.problems).toHaveLength(1);
    await typeCode(second, newer);
    expect(second.path).toBe('/reset/new-password');
  });

  test('S18 “send again” early grants no further tries', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    for (let n = 0; n < 4; n += 1) await typeCode(browser, wrongCode(code));
    house.wait(minute);
    await browser.press('Stuur de code opnieuw');
    await typeCode(browser, wrongCode(code));
    expect(browser.problems[0]).toContain('te vaak geprobeerd');
    await typeCode(browser, code);
    expect(browser.path).toBe('/reset/authentication-phone/code');
  });

  test.each([
    ['a second before', 10 * minute - 1000, '/reset/new-password'],
    ['at', 10 * minute, '/reset/authentication-phone/code'],
  ])('S19 a code is judged by its ten minutes: %s', async (_when, after, path) => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    house.wait(after);
    await typeCode(browser, code);
    expect(browser.path).toBe(path);
  });

  test('S20 a code that was used is nothing in the next reset', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    await typeCode(browser, code);
    await postTo(browser, '/reset/authentication-phone/code', { code });
    const again = await askResetText(await startReset(house, 'jan'));
    await typeCode(again, code);
    expect(again.path).toBe('/reset/authentication-phone/code');
    expect(
      (await house.audit()).filter(
        ({ event, details }) => event === 'code-accepted' && details.includes('reset'),
      ),
    ).toHaveLength(1);
  });

  test('S21 every open code dies with a reset', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const own = await signIn(house, 'jan');
    const waiting = await askResetMail(await startReset(house, 'jan'));
    const open = await house.codeFor(ownMail);
    await postTo(own, '/register/confirm-identity', { method: 'authentication-phone' });
    expect(own.path, own.text).toBe('/register/confirm-identity/code');
    house.wait(2 * minute);
    const fresh = await startReset(house, 'jan');
    await passPhone(house, fresh);
    await passMail(house, fresh);
    await choosePassword(fresh);
    await typeCode(waiting, open);
    expect(waiting.problems).toHaveLength(1);
    const left = await house.deps.db
      .selectFrom('challenges')
      .select('id')
      .where('ended_at', 'is', null)
      .execute();
    expect(left).toEqual([]);
  });

  test('S21 a code dies when its phone is changed or removed, and a gate passed with it counts no more', async () => {
    const house = await openTestHouse({ policy: oneMethod });
    const { personId } = await addRegistered(house, 'jan');
    const browser = await startReset(house, 'jan');
    await passPhone(house, browser);
    expect(browser.path).toBe('/reset/new-password');
    const own = await signIn(house, 'jan');
    house.wait(2 * minute);
    await provePhone(house, own, { number: '+31687654321' });
    await choosePassword(browser);
    expect(browser.path).not.toBe('/reset/done');
    await expectOldPassword(house);
    const other = await askResetText(await startReset(house, 'jan'), '+31687654321');
    house.wait(2 * minute);
    const code = await house.codeFor('+31687654321').catch(() => '000000');
    await cancelChallenges(house.deps.db, house.clock.now, { personId });
    await typeCode(other, code);
    expect(other.path).toBe('/reset/authentication-phone/code');
  });

  test('S24 no code, answer or password is in an address, the log, the audit or a page', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    await typeCode(browser, wrongCode(code));
    expect(browser.html).not.toContain(wrongCode(code));
    await typeCode(browser, code);
    await passMail(house, browser);
    await choosePassword(browser, 'kort');
    await choosePassword(browser);
    const kept = JSON.stringify([await house.audit(), house.log, browser.title, browser.path]);
    for (const secret of [code, newPassword, ownPhone, ownMail]) expect(kept).not.toContain(secret);
  });

  test('S25 opening and prefetching pages sends nothing and uses nothing up', async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const browser = await askResetText(await startReset(house, 'jan'));
    const code = await house.codeFor(ownPhone);
    await house.newMessages();
    const before = (await house.audit()).length;
    for (const path of [
      '',
      '/methods',
      '/authentication-phone',
      '/authentication-phone/code',
      '/authentication-phone/code/again',
      '/authentication-email',
      '/new-password',
      '/unlock',
      '/done',
    ])
      for (const method of ['get', 'head'] as const) await browser.send(method, `/reset${path}?code=${code}`);
    expect(await house.newMessages()).toEqual([]);
    expect((await house.audit()).length).toBe(before);
    await typeCode(await browser.open('/reset/authentication-phone/code'), code);
    expect(browser.path).toBe('/reset/methods');
  });

  test('S26 fields given twice or far too long get a page in words', async () => {
    const house = await openTestHouse();
    const browser = await (await startReset(house, 'nobody')).open('/reset');
    const { csrf } = browser;
    for (const path of [
      '/reset',
      '/reset/authentication-phone',
      '/reset/authentication-email',
      '/reset/office-phone',
    ]) {
      const twice = await browser.send('post', path, { fields: `csrf=${csrf}&number=1&number=2` });
      expect(twice.status, path).toBe(400);
      const nested = await browser.send('post', path, { fields: `csrf=${csrf}&userName[$ne]=x` });
      expect(nested.status, path).toBeLessThan(500);
      const long = await browser.send('post', path, {
        fields: { csrf, userName: 'x'.repeat(3000), number: '1'.repeat(3000), address: 'x'.repeat(3000) },
      });
      expect(long.status, path).toBe(303);
      for (const answer of [twice, nested, long]) expect(answer.text).not.toContain('at Object');
    }
  });
});
