import type { Page } from 'playwright-core';
import type { Words } from '../../src/words/words.ts';
import { answerQuestions, proveMail } from '../helpers/journeys.ts';
import { minute } from '../helpers/test-house.ts';
import { enterFilledIn, officePhone, threeAnswers } from './method-states.ts';
import { enter, type PageState, type Walk } from './page-state.ts';

type Kind = keyof Words['register']['setUp'];

const route = '/register';
const enterPlain: PageState['arrive'] = (walk) => enter(walk, { officePhone });

/** Follows a link or presses a button, and waits until the row has been put in place of the old one. */
async function act(page: Page, kind: Kind, act: { role: 'link' | 'button'; name: string }): Promise<void> {
  const row = page.locator(`#row-${kind}`);
  await row.evaluate((section) => section.setAttribute('data-old', ''));
  await row.getByRole(act.role, { name: act.name, exact: true }).click();
  await page.locator(`#row-${kind}:not([data-old])`).waitFor();
}

async function openStep(page: Page, kind: Kind, { t }: Walk): Promise<void> {
  await act(page, kind, { role: 'link', name: t.register.setUp[kind] });
}

async function askCode(page: Page, walk: Walk): Promise<void> {
  const { t, number } = walk;
  await openStep(page, 'authentication-phone', walk);
  await page.getByRole('textbox', { name: t.register.phone.number }).fill(number);
  await page.getByLabel(t.methods.channelChoices.text).check();
  await act(page, 'authentication-phone', { role: 'button', name: t.register.phone.submit });
}

async function typeCode(page: Page, walk: Walk, code: string): Promise<void> {
  await askCode(page, walk);
  const words = walk.t.register.code;
  await page.getByRole('textbox', { name: words.label }).fill(code);
  await act(page, 'authentication-phone', { role: 'button', name: words.submit });
}

/** The steps as they open in their rows with JavaScript. */
export const rowStates: PageState[] = [
  {
    route,
    state: 'phone open in its row',
    arrive: enterPlain,
    open: (page, walk) => openStep(page, 'authentication-phone', walk),
  },
  {
    route,
    state: 'phone refused in its row',
    arrive: enterPlain,
    async open(page, walk) {
      await openStep(page, 'authentication-phone', walk);
      await act(page, 'authentication-phone', { role: 'button', name: walk.t.register.phone.submit });
    },
  },
  { route, state: 'code open in its row', arrive: enterPlain, open: askCode },
  {
    route,
    state: 'wrong code in its row',
    arrive: enterPlain,
    open: (page, walk) => typeCode(page, walk, '12'),
  },
  {
    route,
    state: 'row closed after its code',
    arrive: enterPlain,
    async open(page, walk) {
      await askCode(page, walk);
      const words = walk.t.register.code;
      const code = await walk.house.codeFor(walk.number);
      await page.getByRole('textbox', { name: words.label }).fill(code);
      await act(page, 'authentication-phone', { role: 'button', name: words.submit });
    },
  },
  {
    route,
    state: 'e-mail open in its row, the other filled in',
    arrive: enterFilledIn,
    open: (page, { t }) =>
      act(page, 'authentication-email', {
        role: 'link',
        name: t.register.replaceFilledIn['authentication-email'],
      }),
  },
  {
    route,
    state: 'office phone open in its row',
    arrive: enterPlain,
    open: (page, walk) => openStep(page, 'office-phone', walk),
  },
  {
    route,
    state: 'question open in its row',
    arrive: enterPlain,
    open: (page, walk) => openStep(page, 'security-questions', walk),
  },
  {
    route,
    state: 'questions listed in their row',
    async arrive(walk) {
      await answerQuestions(walk.house, await enter(walk), threeAnswers);
      return walk.browser.open(route);
    },
    open: (page, { t }) =>
      act(page, 'security-questions', { role: 'link', name: t.register.change['security-questions'] }),
  },
  {
    route,
    state: 'removal open in its row',
    async arrive(walk) {
      await enter(walk);
      walk.house.wait(minute);
      await proveMail(walk.house, walk.browser, walk.address);
      return walk.browser.open(route);
    },
    open: (page, { t }) =>
      act(page, 'authentication-email', { role: 'link', name: t.register.remove['authentication-email'] }),
  },
];
