/// <reference lib="dom" />
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { openHistory, openWindow, startChromium, startWithoutCookies } from '../helpers/chromium.ts';
import { needs } from '../helpers/needs.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import {
  answerQuestions,
  eventually,
  field,
  finish,
  focused,
  openStep,
  press,
  proveOfficePhone,
  registerEmail,
  registerPhone,
  row,
  said,
  signIn,
  type Walk,
} from './main-story.ts';

const office = { number: '+31207940000', extension: null };

needs('chromium')('Chromium', () => {
  let chromium: Browser;
  let house: TestHouse;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ house, stop } = await startTestHouse());
    chromium = await startChromium();
  });
  afterAll(async () => {
    await chromium?.close();
    await stop?.();
  });

  async function openWalk(
    language: 'nl' | 'en',
    { inPlace, ...options }: BrowserContextOptions & { inPlace: boolean },
  ): Promise<Walk> {
    const window = await openWindow(chromium, { locale: language === 'nl' ? 'nl-NL' : 'en-GB', ...options });
    onTestFinished(async () => {
      await window.close();
      expect(window.complaints, 'complaints of the browser').toEqual([]);
    });
    return { page: window.page, house, t: wordsOf(language), inPlace };
  }

  /** Phone and e-mail, what is missing said on the way, to the end. */
  async function registerByPhoneAndEmail(walk: Walk, person: { number: string; address: string }) {
    const { progress } = walk.t.register;
    const state = () => walk.page.locator('#progress').textContent();
    expect(await state()).toContain(progress.methods(2));
    await registerPhone(walk, person.number);
    await eventually(state).toContain(progress.methods(1));
    await registerEmail(walk, person.address);
    await eventually(state).toContain(progress.met);
    await finish(walk);
  }

  test.for([
    ['nl', true, '+31612345601'],
    ['nl', false, '+31612345602'],
    ['en', true, '+31612345603'],
    ['en', false, '+31612345604'],
  ] as const)(
    'a person registers, in language %s, JavaScript on: %s',
    async ([language, javaScriptEnabled, number]) => {
      const userName = `main-${language}-${javaScriptEnabled}`;
      await house.addPerson(userName);
      const walk = await openWalk(language, { inPlace: javaScriptEnabled, javaScriptEnabled });
      await signIn(walk, userName);
      await registerByPhoneAndEmail(walk, { number, address: `${userName}@example.com` });
      expect(await walk.page.locator('html').getAttribute('lang')).toBe(language);
    },
  );

  test.for([
    ['nl', true],
    ['en', false],
  ] as const)(
    'the office phone and five questions, in language %s, JavaScript on: %s',
    async ([language, javaScriptEnabled]) => {
      const userName = `office-${language}`;
      await house.addPerson(userName, { officePhone: office });
      const walk = await openWalk(language, { inPlace: javaScriptEnabled, javaScriptEnabled });
      await signIn(walk, userName);
      await answerQuestions(walk, ['ochtendnevel', 'de blauwe boot', 'Przemek', 'kersenpit', 'torenuurwerk']);
      await proveOfficePhone(walk, office.number);
      await finish(walk);
      house.wait(60_000);
    },
  );

  test.for([
    ['htmx', '**/htmx.js*', { inPlace: false, number: '+31612345605' }],
    ['style', '**/*.css*', { inPlace: true, number: '+31612345606' }],
  ] as const)(
    'a person registers without %s: its file does not arrive',
    async ([name, file, { inPlace, number }]) => {
      await house.addPerson(`without-${name}`);
      const window = await openWindow(chromium, { locale: 'nl-NL' });
      onTestFinished(window.close);
      await window.page.route(file, (route) => route.abort());
      const walk = { page: window.page, house, t: wordsOf('nl'), inPlace };
      await signIn(walk, `without-${name}`);
      await registerByPhoneAndEmail(walk, { number, address: `${name}@example.com` });
      const missed = window.complaints.filter((one) => one.includes('ERR_FAILED'));
      expect(missed.length, 'files that did not arrive').toBeGreaterThan(0);
      expect(window.complaints).toEqual(missed);
    },
  );

  test('a browser without cookies gets a page that says what to do', async () => {
    const window = await startWithoutCookies();
    onTestFinished(window.close);
    await house.addPerson('cookieless');
    const walk = { page: window.page, house, t: wordsOf('en'), inPlace: true };
    await window.page.goto(`${house.url}/sign-in?lang=en`);
    await field(walk, walk.t.signIn.userName).fill('cookieless');
    await window.page.getByLabel(walk.t.signIn.password).fill(password);
    await press(walk, walk.t.signIn.submit);
    const words = walk.t.common.errors['no-cookies'];
    await eventually(() => window.page.getByRole('heading', { level: 1 }).textContent()).toBe(words.heading);
    expect(await window.page.getByRole('main').textContent()).toContain(words.mend);
  });

  test.for([true, false])(
    'after a refused form Back, Forward and reload work, JavaScript on: %s',
    async (javaScriptEnabled) => {
      const userName = `back-${javaScriptEnabled}`;
      await house.addPerson(userName);
      const walk = await openWalk('nl', { inPlace: false, javaScriptEnabled });
      const { page, t } = walk;
      await signIn(walk, userName);
      await page.goto(`${house.url}/register/authentication-email`);
      await field(walk, t.register.email.address).fill('geen adres');
      await press(walk, t.register.email.submit);
      const problem = t.problems['email-unreadable'];
      await eventually(() => page.getByRole('main').textContent()).toContain(problem);

      await page.reload();
      expect(await page.getByRole('main').textContent()).toContain(problem);
      expect(await field(walk, t.register.email.address).inputValue()).toBe('geen adres');
      await page.goBack();
      await page.goForward();
      await eventually(() => page.getByRole('main').textContent()).toContain(problem);
      await page.goBack();
      await eventually(() => page.getByRole('main').textContent()).toContain(t.register.email.submit);
      await page.goBack();
      await eventually(() => page.title()).toContain(t.register.title);
    },
  );

  test('after a form refused in its row, reload and Back show the overview', async () => {
    await house.addPerson('row');
    const walk = await openWalk('nl', { inPlace: true });
    const { page, t } = walk;
    await signIn(walk, 'row');
    await openStep(walk, 'authentication-email', 'address');
    await press(walk, t.register.email.submit);
    await eventually(() => focused(walk)).toBe('problems');
    await page.reload();
    expect(await row(walk, 'authentication-email').textContent()).toContain(t.register.states['not-set-up']);
    expect(await said(walk)).toBe('');
    await page.goBack();
    await page.goForward();
    await eventually(() => page.title()).toContain(t.register.title);
  });

  test('what stays of an old row for a while is no stop of Tab, and goes', async () => {
    await house.addPerson('leaving');
    const walk = await openWalk('nl', { inPlace: true });
    const { page, t } = walk;
    await signIn(walk, 'leaving');
    await openStep(walk, 'authentication-email', 'address');
    await page.evaluate(() => {
      const { dataset } = document.documentElement;
      const look = () => {
        const left = [...document.querySelectorAll<HTMLElement>('.leaving *')];
        if (left.length === 0) return;
        dataset.left = String(left.length);
        dataset.stops = `${dataset.stops ?? ''}${left.filter(({ tabIndex }) => tabIndex >= 0).map(({ outerHTML }) => outerHTML)}`;
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await field(walk, t.register.email.address).fill('leaving@example.com');
    await field(walk, t.register.email.address).press('Enter');
    await eventually(() => focused(walk)).toBe('code');
    const { left, stops } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    expect(Number(left)).toBeGreaterThan(0);
    expect(stops).toBe('');
    await eventually(() => page.locator('.leaving').count()).toBe(0);
  });

  test.for([
    ['at once', true, ''],
    ['after a phone', true, '+31612345688'],
    ['after a phone', false, '+31612345689'],
  ] as const)(
    'S54 signed out %s, Back shows nothing personal, JavaScript on: %s',
    async ([, javaScriptEnabled, number]) => {
      const userName = `gone-${javaScriptEnabled}-${number}`;
      await house.addPerson(userName, { displayName: 'Przemysława Vroegindeweij' });
      const keeping = await startChromium({ keepsPages: true });
      onTestFinished(() => keeping.close());
      const { page } = await openWindow(keeping, { locale: 'nl-NL', javaScriptEnabled });
      const t = wordsOf('nl');
      const walk = { page, house, t, inPlace: javaScriptEnabled };
      await signIn(walk, userName);
      if (number) await registerPhone(walk, number);
      const seen = await page.getByRole('main').textContent();
      expect(seen).toContain('Vroegindeweij');
      if (number) expect(seen).toContain(`eindigt op ${number.slice(-2)}`);
      await press(walk, t.common.signOut, page.getByRole('banner'));
      await eventually(() => page.title()).toContain(t.signIn.signedOut.title);
      await page.waitForLoadState('load');

      const history = await openHistory(page);
      const here = await history.place();
      expect(here).toBeGreaterThan(1);
      for (let place = here - 1; place >= 0; place -= 1) {
        await history.goTo(place);
        await eventually(history.place).toBe(place);
        await eventually(() => page.evaluate(() => document.readyState)).toBe('complete');
        const text = await page.locator('body').textContent();
        expect(text, `${here - place} pages back, at ${page.url()}`).not.toMatch(/Vroegindeweij|eindigt op/);
      }
    },
  );
});
