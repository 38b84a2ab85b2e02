import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { issueAccessCode } from '../helpers/access-codes.ts';
import { openWindow, startChromium } from '../helpers/chromium.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered, canSignIn, lockOut, newPassword } from '../helpers/resets.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { eventually, field, focused, press, registerPhone, said, type Walk } from './main-story.ts';
import {
  arrive,
  beginReset,
  chooseNewPassword,
  expectLocked,
  follow,
  passMail,
  passPhone,
  text,
  typeSignIn,
} from './reset-story.ts';

const ways = [
  ['nl', 'with JavaScript', '+31612345611'],
  ['en', 'without JavaScript', '+31612345612'],
  ['nl', 'with htmx blocked', '+31612345613'],
] as const;

needs('chromium')('Chromium', () => {
  let chromium: Browser;
  let house: TestHouse;
  let stop: () => Promise<void>;
  let css: number;

  beforeAll(async () => {
    ({ house, stop } = await startTestHouse());
    css = gzipSync(await readFile(`${house.deps.config.publicFolder}/main.css`)).length;
    chromium = await startChromium();
  });
  afterAll(async () => {
    await chromium?.close();
    await stop?.();
  });

  /** Every page that came too heavy for a first visit, its style sheet counted. */
  function weighPages(page: Page): string[] {
    const heavy: string[] = [];
    page.on('response', async (response) => {
      if (response.request().resourceType() !== 'document' || response.status() !== 200) return;
      const packed = gzipSync(await response.body().catch(() => Buffer.alloc(0))).length + css;
      if (packed > 14 * 1024) heavy.push(`${response.url()}: ${packed} bytes`);
    });
    return heavy;
  }

  async function openWalk(language: 'nl' | 'en', way: (typeof ways)[number][1] | BrowserContextOptions) {
    const javaScriptEnabled = way !== 'without JavaScript';
    const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
    const { page, complaints, close } = await openWindow(chromium, { locale, javaScriptEnabled });
    if (way === 'with htmx blocked') await page.route('**/htmx.js*', (route) => route.abort());
    const heavy = weighPages(page);
    onTestFinished(async () => {
      await close();
      expect(complaints.filter((one) => !one.includes('ERR_FAILED'))).toEqual([]);
      expect(heavy).toEqual([]);
    });
    const inPlace = way === 'with JavaScript';
    return { page, house, t: wordsOf(language), inPlace } satisfies Walk;
  }

  test.for(ways)(
    'a person who forgot the password chooses a new one and signs in with it, in language %s, %s',
    async ([language, way, phone]) => {
      const userName = `forgot-${phone.slice(-2)}`;
      const mail = `${userName}@example.com`;
      await addRegistered(house, userName, { phone, mail });
      const walk = await openWalk(language, way);
      await beginReset(walk, userName, 'forgot');
      await passPhone(walk, phone);
      await passMail(walk, mail);
      await chooseNewPassword(walk);
      expect(await walk.page.locator('html').getAttribute('lang')).toBe(language);

      await follow(walk, walk.t.reset.done.signIn);
      await typeSignIn(walk, { userName, password: newPassword });
      await arrive(walk, walk.t.register.title);
      expect(await canSignIn(house, userName, password)).toBe(false);
    },
  );

  test.for(ways.slice(0, 2))(
    'a locked account is unlocked and keeps its password, in language %s, %s',
    async ([language, way, number]) => {
      const phone = number.replace('61234', '61244');
      const userName = `locked-${phone.slice(-2)}`;
      const mail = `${userName}@example.com`;
      await addRegistered(house, userName, { phone, mail });
      const walk = await openWalk(language, way);
      const { unlock, done } = walk.t.reset;
      await lockOut(house, userName);
      await expectLocked(walk, userName);
      await beginReset(walk, userName, 'locked');
      await passPhone(walk, phone);
      await passMail(walk, mail);
      await arrive(walk, unlock.title);
      await press(walk, unlock.submit);
      await arrive(walk, done.titles.unlocked);
      expect(await text(walk)).toContain(done.unlocked);
      await follow(walk, done.signIn);
      await typeSignIn(walk, { userName, password });
      await arrive(walk, walk.t.register.title);
    },
  );

  test.for(ways)(
    'a person who lost everything comes in with an access code and registers anew, in language %s, %s',
    async ([language, way, number]) => {
      const [old, phone] = [number.replace('61234', '61254'), number.replace('61234', '61264')];
      const userName = `lost-${phone.slice(-2)}`;
      await addRegistered(house, userName, { phone: old, mail: '' });
      const code = await issueAccessCode(house, userName);
      const walk = await openWalk(language, way);
      const { page, t } = walk;
      await page.goto(`${house.url}/sign-in`);
      await follow(walk, t.redeem.link);
      await arrive(walk, t.redeem.title);
      await eventually(() => focused(walk)).toBe('userName');
      await field(walk, t.signIn.userName).fill(userName);
      await field(walk, t.redeem.code).fill('abcd-efgh-2345-mnpq');
      await press(walk, t.redeem.submit);
      await eventually(() => focused(walk)).toBe('problems');
      expect(await text(walk)).toContain(t.redeem.wrong);
      expect(await field(walk, t.signIn.userName).inputValue()).toBe(userName);
      await field(walk, t.redeem.code).fill(code.toUpperCase().replaceAll('-', ' '));
      await press(walk, t.redeem.submit);

      const { newPassword: choose } = t.signIn;
      await arrive(walk, t.redeem.password.title);
      await page.getByLabel(choose.label, { exact: true }).fill(newPassword);
      await page.getByLabel(choose.repeat, { exact: true }).fill(newPassword);
      await press(walk, choose.submit);
      await arrive(walk, t.register.title);
      expect(await said(walk)).toBe(t.redeem.password.done);
      await registerPhone(walk, phone);
      expect(await canSignIn(house, userName, newPassword)).toBe(true);
    },
  );
});
