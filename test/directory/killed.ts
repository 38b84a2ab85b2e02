import { expect } from 'vitest';
import { resumePasswords } from '../../src/passwords/resume.ts';
import { findPerson } from '../../src/people/person.ts';
import type { Browser } from '../helpers/browser.ts';
import { proveMail, provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import type { Cut, Line } from '../helpers/line.ts';
import { choosePassword, newPassword, passMail, passPhone, startReset } from '../helpers/resets.ts';
import { minute, password, type TestHouse } from '../helpers/test-house.ts';

/** A directory that is killed and started again, behind a line that tells when. */
export interface Killed {
  house: TestHouse;
  line: Line;
  addPerson(userName: string): Promise<void>;
  lets(userName: string, password: string): Promise<boolean>;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const mostPieces = 20;

async function walk(house: TestHouse, userName: string, place: number): Promise<Browser> {
  const [number, address] = [`+316123456${String(place).padStart(2, '0')}`, `${userName}@example.com`];
  const own = await signIn(house, userName);
  await provePhone(house, own, { number });
  await proveMail(house, own, address);
  house.wait(20 * minute);
  const browser = await startReset(house, userName);
  await passPhone(house, browser, number);
  await passMail(house, browser, address);
  expect(browser.path, browser.text).toBe('/reset/new-password');
  return browser;
}

async function stateOf({ deps }: TestHouse, userName: string) {
  const person = await findPerson({ db: deps.db, sealing: deps.secrets.sealing }, userName);
  if (!person) throw new Error(`${userName} is not here`);
  return person;
}

/** What the page said, against what the directory takes, the audit tells, the sessions show and the person is told. */
async function expectTruth(own: Killed, userName: string, before: { epoch: number; browser: Browser }) {
  const { house, lets } = own;
  const { browser } = before;
  const told = browser.path === '/reset/done' ? 'done' : 'away';
  if (told === 'away') {
    expect(browser.status, browser.text).toBe(503);
    expect(browser.heading).toBe(wordsOn(browser).common.errors['directory-away'].heading);
  }
  const works = [];
  for (const one of [password, newPassword]) if (await lets(userName, one)) works.push(one);
  expect(works).toHaveLength(1);
  const isReset = works[0] === newPassword;
  if (told === 'done') expect(isReset).toBe(true);
  const person = await stateOf(house, userName);
  const events = (await house.audit()).filter(({ subject }) => subject === person.id).map((one) => one.event);
  expect(events.filter((event) => event === 'password-reset')).toHaveLength(isReset ? 1 : 0);
  if (isReset) expect(events).not.toContain('password-not-set');
  expect(person.sessionEpoch > before.epoch).toBe(isReset);
  expect(await house.deps.db.selectFrom('password_intents').selectAll().execute()).toEqual([]);
  const about = (await house.newMessages()).filter(({ to }) => to.includes(`${userName}@example.com`));
  expect(
    about.some(({ body }) => body.includes('/stop')),
    'told of a reset',
  ).toBe(isReset);
  return { told, isReset };
}

/**
 * One reset after another; the directory is killed at the first piece of the first, the second of the second, and so
 * on, until one comes through. Gives what was told and true each time.
 */
export async function killAtEachMoment(own: Killed, piece: Cut['piece']) {
  const seen: { told: string; isReset: boolean }[] = [];
  for (let at = 1; at <= mostPieces; at += 1) {
    const userName = `${piece}${at}`;
    await own.addPerson(userName);
    const browser = await walk(own.house, userName, at);
    const { sessionEpoch: epoch } = await stateOf(own.house, userName);
    await own.house.newMessages();
    own.line.cutAt({ at, piece, does: own.kill });
    await choosePassword(browser);
    if (!(await own.line.wasCut())) {
      expect(browser.path, browser.text).toBe('/reset/done');
      return seen;
    }
    await own.start();
    own.house.wait(2 * minute);
    await resumePasswords(own.house.deps);
    seen.push(await expectTruth(own, userName, { epoch, browser }));
  }
  throw new Error('No reset came through.');
}
