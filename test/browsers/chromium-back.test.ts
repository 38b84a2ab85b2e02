/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { openHistory, openWindow, startChromium } from '../helpers/chromium.ts';
import { fiveAnswers } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered, canSignIn, newPassword } from '../helpers/resets.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { eventually, field, press, type Walk } from './main-story.ts';
import {
  arrive,
  beginReset,
  chooseNewPassword,
  follow,
  passMail,
  passPhone,
  text,
  typeSignIn,
} from './reset-story.ts';

const nextPassword = 'negen vogels fluiten';

type History = Awaited<ReturnType<typeof openHistory>>;

needs('chromium')('Back in a Chromium that keeps pages in memory', () => {
  let chromium: Browser;
  let house: TestHouse;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ house, stop } = await startTestHouse());
    chromium = await startChromium({ keepsPages: true });
  });
  afterAll(async () => {
    await chromium?.close();
    await stop?.();
  });

  async function openWalk(javaScriptEnabled: boolean): Promise<Walk & { history: History }> {
    const { page, close } = await openWindow(chromium, { locale: 'nl-NL', javaScriptEnabled });
    onTestFinished(close);
    const history = await openHistory(page);
    return { page, house, t: wordsOf('nl'), inPlace: javaScriptEnabled, history };
  }

  /** Goes to a place in the history and gives all that stands there, what is typed in its fields too. */
  async function lookAt({ page, history }: { page: Walk['page']; history: History }, place: number) {
    await history.goTo(place);
    await eventually(history.place).toBe(place);
    await eventually(() => page.evaluate(() => document.readyState)).toBe('complete');
    return page.evaluate(() =>
      [document.body.innerText, ...[...document.querySelectorAll('input')].map(({ value }) => value)].join(
        '\n',
      ),
    );
  }

  /** Everything in the history but the page that is shown, newest first. */
  async function lookBack(walk: { page: Walk['page']; history: History }): Promise<string[]> {
    const here = await walk.history.place();
    const seen: string[] = [];
    for (let place = here - 1; place >= 0; place -= 1) seen.push(await lookAt(walk, place));
    return seen;
  }

  test.for([true, false])(
    'S54 after the page with the answers, and after signing out, Back shows none of them, JavaScript on: %s',
    async (javaScript) => {
      const userName = `answers-${javaScript}`;
      const phone = javaScript ? '+31612345621' : '+31612345622';
      await addRegistered(house, userName, { phone, mail: '', answers: fiveAnswers });
      const walk = await openWalk(javaScript);
      const { page, t } = walk;
      await page.goto(`${house.url}/account`);
      await field(walk, t.signIn.userName).fill(userName);
      await page.getByLabel(t.signIn.password, { exact: true }).fill(password);
      await press(walk, t.signIn.submit);
      await arrive(walk, t.account.title);
      await follow(walk, t.account.answers.link);
      await page.getByLabel(t.register.identity.password, { exact: true }).fill(password);
      await press(walk, t.account.answers.submit);
      await eventually(() => text(walk)).toContain(fiveAnswers[0]);
      const answered = await walk.history.place();

      await follow(walk, t.account.back);
      await arrive(walk, t.account.title);
      const leaks = new RegExp([...fiveAnswers, password].join('|'));
      expect(await lookAt(walk, answered), 'one page back').not.toMatch(leaks);

      await page.goto(`${house.url}/account`);
      await press(walk, t.common.signOut, page.getByRole('banner'));
      await arrive(walk, t.signIn.signedOut.title);
      // The name in the form of sign-in is Chromium’s own to offer: it was typed there, and nothing came of ours.
      const personal = new RegExp(`${leaks.source}|Jan de Vries|: ${userName}|eindigt op`);
      const seen = await lookBack(walk);
      expect(seen.length).toBeGreaterThan(2);
      for (const one of seen) expect(one).not.toMatch(personal);
    },
  );

  test.for([true, false])(
    'Back and reload in the middle of a reset do no harm, JavaScript on: %s',
    async (javaScript) => {
      const userName = `back-${javaScript}`;
      const mail = `${userName}@example.com`;
      const phone = javaScript ? '+31612345623' : '+31612345624';
      await addRegistered(house, userName, { phone, mail });
      const walk = await openWalk(javaScript);
      const { page, t, history } = walk;
      const { reset, register } = t;
      await beginReset(walk, userName, 'forgot');
      await passPhone(walk, phone);
      await page.reload();
      await arrive(walk, reset.methods.title);
      expect(await text(walk)).toContain(reset.methods.more(1));

      // The page of the code that was right: either it leads on, or what is typed there again counts for nothing.
      const here = await history.place();
      await lookAt(walk, here - 1);
      const again = field(walk, register.code.label);
      if (await again.isVisible()) {
        await again.fill(await house.codeFor(phone));
        await press(walk, register.code.submit);
      }
      await arrive(walk, reset.methods.title);
      expect(await text(walk)).toContain(reset.methods.more(1));

      await passMail(walk, mail);
      await arrive(walk, reset.password.title);
      await page.reload();
      await follow(walk, reset.password.show);
      await field(walk, reset.password.label).fill('kort');
      await press(walk, reset.password.submit);
      await eventually(() => page.title()).toContain(t.common.error);
      await page.reload();
      await follow(walk, reset.password.hide);
      await chooseNewPassword(walk);
      await page.reload();
      await arrive(walk, reset.done.titles.reset);
      expect(await canSignIn(house, userName, newPassword)).toBe(true);

      const done = await history.place();
      for (const one of await lookBack(walk)) expect(one).not.toContain(newPassword);
      await lookAt(walk, done);
      await arrive(walk, reset.done.titles.reset);
      const events = (await house.audit()).filter(({ event }) => event === 'password-reset');
      expect(events).toHaveLength(javaScript ? 1 : 2);
    },
  );

  test('a new password that was shown while it was typed is not there when one goes back', async () => {
    await addRegistered(house, 'shown', { phone: '+31612345625', mail: 'shown@example.com' });
    const walk = await openWalk(true);
    const { page, t, history } = walk;
    await beginReset(walk, 'shown', 'forgot');
    await passPhone(walk, '+31612345625');
    await passMail(walk, 'shown@example.com');
    await arrive(walk, t.reset.password.title);
    await follow(walk, t.reset.password.show);
    await field(walk, t.reset.password.label).fill(newPassword);
    await press(walk, t.reset.password.submit);
    await arrive(walk, t.reset.done.titles.reset);
    const done = await history.place();
    for (const one of await lookBack(walk)) expect(one).not.toContain(newPassword);

    await lookAt(walk, done);
    await follow(walk, t.reset.done.signIn);
    await typeSignIn(walk, { userName: 'shown', password: newPassword });
    await arrive(walk, t.register.title);
    await page.goto(`${house.url}/change-password`);
    await follow(walk, t.changePassword.show);
    await page.getByLabel(t.changePassword.current, { exact: true }).fill(newPassword);
    await field(walk, t.signIn.newPassword.label).fill(nextPassword);
    await press(walk, t.signIn.newPassword.submit);
    await arrive(walk, t.account.title);
    expect(await canSignIn(house, 'shown', nextPassword)).toBe(true);
    for (const one of await lookBack(walk)) expect(one).not.toContain(nextPassword);
  });
});
