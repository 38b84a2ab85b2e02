import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { resumePasswords } from '../../src/passwords/resume.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { proveMail, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { startLine } from '../helpers/line.ts';
import { needs } from '../helpers/needs.ts';
import { choosePassword, newPassword, passMail, passPhone, startReset } from '../helpers/resets.ts';
import { findFreePort } from '../helpers/server.ts';
import { type Slapd, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

async function open(env: (slapd: Slapd) => Record<string, string> = () => ({})) {
  const slapd = await startSlapd();
  onTestFinished(slapd.close);
  await writeFile(join(slapd.folder, 'other.pem'), makeCertificate().cert);
  const house = await openTestHouse({ env: { ...slapd.env, ...env(slapd) } });
  await slapd.addPerson('jan');
  return { slapd, house };
}

async function walk(house: TestHouse) {
  const own = await signIn(house, 'jan');
  await provePhone(house, own, { number: '+31612345678' });
  await proveMail(house, own, 'jan@example.com');
  house.wait(20 * minute);
  const browser = await startReset(house, 'jan');
  await passPhone(house, browser, '+31612345678');
  return passMail(house, browser, 'jan@example.com');
}

async function tryToSignIn(house: TestHouse) {
  const browser = await house.browser().open('/sign-in');
  const words = wordsOn(browser).signIn;
  return browser.fill(words.userName, 'jan').fill(words.password, password).press(words.submit);
}

needs(...slapdPrograms)('a directory that does not answer', () => {
  test('S15 S16 dead: 503 in words, nobody gets in, what is registered is kept, and afterwards all goes on', async () => {
    const { slapd, house } = await open();
    const browser = await walk(house);
    await slapd.stop();
    await choosePassword(browser);
    expect(browser.status).toBe(503);
    expect(browser.heading).toBe(wordsOn(browser).common.errors['directory-away'].heading);
    const other = await tryToSignIn(house);
    expect(other.status).toBe(503);
    expect(other.headers['retry-after']).toBe('10');
    await slapd.start();
    expect(await slapd.lets('jan', password)).toBe(true);
    await browser.open('/reset/new-password');
    await choosePassword(browser);
    expect(browser.path, browser.text).toBe('/reset/done');
    expect(await slapd.lets('jan', newPassword)).toBe(true);
    expect((await house.audit()).filter(({ event }) => event === 'password-reset')).toHaveLength(1);
  });

  test('a machine that hangs is given up in time', async () => {
    const { slapd, house } = await open();
    slapd.freeze();
    const browser = await tryToSignIn(house);
    slapd.thaw();
    expect(browser.status).toBe(503);
    expect((await tryToSignIn(house)).path).toBe('/register');
  });

  test('S16 killed in the middle of a reset: what works afterwards is what is told', async () => {
    const { slapd, house } = await open();
    const browser = await walk(house);
    const [answered] = await Promise.allSettled([choosePassword(browser), slapd.stop()]);
    expect(answered.status).toBe('fulfilled');
    const told = browser.path === '/reset/done' ? 'done' : 'away';
    if (told === 'away') expect(browser.status, browser.text).toBe(503);
    await slapd.start();
    house.wait(2 * minute);
    await resumePasswords(house.deps);
    const works = [];
    for (const one of [password, newPassword]) if (await slapd.lets('jan', one)) works.push(one);
    expect(works).toHaveLength(1);
    if (told === 'done') expect(works).toEqual([newPassword]);
    const events = (await house.audit()).map(({ event }) => event);
    expect(events.includes('password-reset')).toBe(works[0] === newPassword);
    expect(await house.deps.db.selectFrom('password_intents').selectAll().execute()).toEqual([]);
  });

  test('several servers: when one is gone, the next is asked', async () => {
    const gone = await findFreePort();
    const { house } = await open((slapd) => ({ DIRECTORY_URL: `ldaps://127.0.0.1:${gone} ${slapd.tlsUrl}` }));
    expect((await tryToSignIn(house)).path).toBe('/register');
  });

  test('when the server in use goes away, work goes on at the next', async () => {
    const slapd = await startSlapd();
    onTestFinished(slapd.close);
    const { hostname: host, port } = new URL(slapd.tlsUrl);
    const [first, second] = [
      await startLine({ host, port: Number(port) }),
      await startLine({ host, port: Number(port) }),
    ];
    onTestFinished(second.close);
    const env = { ...slapd.env, DIRECTORY_URL: `${first.url} ${second.url}` };
    const house = await openTestHouse({ env });
    await slapd.addPerson('jan');
    expect((await tryToSignIn(house)).path).toBe('/register');
    expect(second.connections()).toBe(0);
    await first.close();
    expect((await tryToSignIn(house)).path).toBe('/register');
    expect(second.connections()).toBeGreaterThan(0);
  });

  test('a referral is not followed: no other server is told of anybody', async () => {
    const slapd = await startSlapd();
    onTestFinished(slapd.close);
    const elsewhere = await startLine({ host: '127.0.0.1', port: await findFreePort() });
    onTestFinished(elsewhere.close);
    await slapd.addPerson('jan');
    const dn = `ou=referred,${slapd.people}`;
    const ref = `${elsewhere.url}/ou=people,dc=example,dc=org`;
    await slapd.asRoot((client) =>
      client.add(dn, { objectClass: ['referral', 'extensibleObject'], ou: ['referred'], ref: [ref] }),
    );
    // Beside what is found, a referral is passed over; in place of it, there is no answer.
    const beside = await openTestHouse({ env: slapd.env });
    expect((await tryToSignIn(beside)).path).toBe('/register');
    const instead = await openTestHouse({ env: { ...slapd.env, DIRECTORY_BASE: dn } });
    expect((await tryToSignIn(instead)).status).toBe(503);
    expect(elsewhere.connections()).toBe(0);
  });

  test('StartTLS on a plain port works as well', async () => {
    const { house } = await open((slapd) => ({ DIRECTORY_URL: slapd.plainUrl }));
    expect((await tryToSignIn(house)).path).toBe('/register');
  });

  test.each(['ldaps', 'StartTLS'])('a certificate of somebody else is not believed: %s', async (way) => {
    const { house } = await open((own) => ({
      DIRECTORY_URL: way === 'ldaps' ? own.tlsUrl : own.plainUrl,
      DIRECTORY_CA_FILE: join(own.folder, 'other.pem'),
    }));
    expect((await tryToSignIn(house)).status).toBe(503);
  });
});
