import type { Response } from 'supertest';
import { describe, expect, test } from 'vitest';
import { fiveAnswers, typeCode } from '../helpers/journeys.ts';
import { addRegistered, askResetText, ownMail, ownPhone, startReset } from '../helpers/resets.ts';
import { minute, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { RecordingBrowser } from './recording-browser.ts';

/** What an answer shows to whoever compares two: all but what is random in every answer. */
function shownBy(response: Response) {
  const {
    date: _date,
    'x-request-id': _id,
    'set-cookie': cookies,
    etag: _etag,
    ...headers
  } = response.headers;
  const names = [cookies ?? []]
    .flat()
    .map((line: string) => line.replace(/=[^;]*/, '=').replace(/Expires=[^;]*; /, ''));
  const body = response.text
    .replaceAll(/(name="csrf" value=")[^"]*/g, '$1')
    .replaceAll(/(value=")[^"]*/g, '$1');
  return { status: response.status, headers, names, body };
}

/** One walk as far as anybody gets who has no code: every page, refusals, “send again”, until codes are spent. */
async function walk(house: TestHouse, userName: string): Promise<ReturnType<typeof shownBy>[]> {
  const browser = new RecordingBrowser(house.url);
  await startReset(house, userName, { browser });
  await askResetText(browser);
  await house.house.delivery.drain();
  for (let n = 0; n < 2; n += 1) await typeCode(browser, '123456');
  await browser.press('Stuur de code opnieuw');
  house.wait(minute);
  await browser.press('Stuur de code opnieuw');
  await house.house.delivery.drain();
  for (let n = 0; n < 4; n += 1) await typeCode(browser, '123456');
  await browser.open('/reset/authentication-email');
  await browser.post('/reset/authentication-email', { csrf: browser.csrf, address: ownMail });
  house.wait(11 * minute);
  await typeCode(browser, '123456');
  for (const path of ['/reset/security-questions', '/reset/new-password', '/reset/unlock', '/reset/done'])
    await browser.open(path);
  await browser.open('/reset/methods');
  house.wait(70 * minute);
  return browser.responses.map(shownBy);
}

describe('until a gate of possession is passed', () => {
  const names = [
    'nobody',
    'disabled',
    'blocked',
    'unregistered',
    'locked',
    'outsider',
    'questions',
    'normal',
  ];

  async function addAll(house: TestHouse): Promise<void> {
    const person = { groups: ['Staff'] };
    for (const name of ['disabled', 'blocked', 'locked', 'normal'])
      await addRegistered(house, name, { person });
    await addRegistered(house, 'questions', { person, answers: fiveAnswers });
    await house.addPerson('unregistered', person);
    await house.addPerson('outsider');
    const people = (name: string) => house.deps.db.updateTable('people').where('user_name', '=', name);
    await people('disabled').set({ disabled_at: house.clock.now }).execute();
    await people('blocked').set({ blocked_at: house.clock.now }).execute();
    const stranger = house.browser();
    await stranger.open('/sign-in');
    for (let n = 0; n < 11; n += 1)
      await stranger.post('/sign-in', { csrf: stranger.csrf, userName: 'locked', password: 'wrong' });
  }

  test('S37 names of every kind get the same pages, status, headers and cookies, and S39 no mask or question', async () => {
    const enabledFor = { who: 'groups' as const, groups: ['Staff'], except: [] };
    const house = await openTestHouse({ policy: { enabledFor } });
    await addAll(house);
    const walks = [];
    for (const name of names) walks.push(await walk(house, name));
    const [first = [], ...others] = walks;
    expect(first.length).toBeGreaterThan(20);
    for (const [n, other] of others.entries()) expect(other, names[n + 1]).toEqual(first);
    const text = JSON.stringify(first);
    expect(text).not.toMatch(/eindigt op|begint met|Jan de Vries/);
    const questions = await house.deps.db.selectFrom('questions').select('nl').execute();
    for (const { nl } of questions) expect(text).not.toContain(nl ?? 'geen vraag');
  });
});

test('S37 a wrong number of a real person and the right one get the same answers', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  const pages = [];
  for (const number of [ownPhone, '+31612345679']) {
    const browser = new RecordingBrowser(house.url);
    await startReset(house, 'jan', { browser });
    await askResetText(browser, number);
    await house.house.delivery.drain();
    await typeCode(browser, '123456');
    const shown = browser.responses.map(shownBy);
    pages.push(JSON.stringify(shown).replaceAll(/12345678|12345679/g, ''));
    house.wait(5 * minute);
  }
  expect(pages[0]).toBe(pages[1]);
});

test('S39 before a gate of possession no question is asked of anybody, nor offered', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan', { mail: '', answers: fiveAnswers });
  for (const name of ['jan', 'nobody']) {
    const browser = await startReset(house, name);
    expect(browser.path, browser.text).toBe('/reset/methods');
    expect(browser.html).not.toContain('href="/reset/security-questions"');
    await browser.open('/reset/security-questions');
    expect(browser.path, name).toBe('/reset/methods');
    const { csrf } = await browser.open('/reset/authentication-phone');
    await browser.post('/reset/security-questions', {
      csrf,
      answer1: 'een',
      answer2: 'twee',
      answer3: 'drie',
    });
    expect(browser.path, name).toBe('/reset/methods');
  }
});

test('S40 a gateway that fails shows the same page, and the next try works', async () => {
  const house = await openTestHouse({ policy: { methodsToReset: 1, methodsToRegister: 1 } });
  await addRegistered(house, 'jan');
  const [jan, nobody] = [await startReset(house, 'jan'), await startReset(house, 'nobody')];
  await askResetText(jan);
  await askResetText(nobody);
  await house.house.delivery.drain();
  const unsent = { sent_at: null, ended_at: house.clock.now, ended_as: 'given-up' };
  await house.deps.db.updateTable('challenges').set(unsent).where('purpose', '=', 'reset').execute();
  for (const browser of [jan, nobody]) await typeCode(browser, '123456');
  const text = (html: string) => html.replaceAll(/value="[^"]*"/g, '');
  expect(text(jan.html)).toBe(text(nobody.html));
  house.wait(2 * minute);
  await jan.press('Stuur de code opnieuw');
  expect(jan.path).toBe('/reset/authentication-phone/code');
});

test('S42 every spelling of a name starts the reset of the same person, counted together', async () => {
  const house = await openTestHouse({ policy: { methodsToReset: 1, methodsToRegister: 1 } });
  await addRegistered(house, 'jan');
  const spellings = ['jan', 'JAN', 'jan.', ' Jan ', 'ｊａｎ', '𝐣𝐚𝐧'];
  for (let n = 0; n < 10; n += 1) {
    const browser = await startReset(house, spellings[n % spellings.length] ?? '');
    expect(browser.path).toBe('/reset/methods');
  }
  const eleventh = await startReset(house, 'JAN');
  expect(eleventh.problems[0]).toContain('te vaak geprobeerd');
  await house.newMessages();
  const lookAlike = await askResetText(await startReset(house, 'jаn'));
  expect(lookAlike.path).toBe('/reset/authentication-phone/code');
  expect(await house.newMessages()).toEqual([]);
});
