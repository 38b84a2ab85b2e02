import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/web-app.ts';
import { type Language, languages, wordsOf } from '../../src/words/words.ts';
import type { Browser as PlainBrowser } from '../helpers/browser.ts';
import { openWindow, startChromium, type Window } from '../helpers/chromium.ts';
import { needs } from '../helpers/needs.ts';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { faultsOf, loadChecks, weightFaults } from './checks.ts';
import type { PageState, Walk } from './page-state.ts';
import { pageStates } from './pages.ts';

/** The path on which a state is seen; a place in it is a number. */
function patternOf({ route, shows = route }: PageState): RegExp {
  return new RegExp(`^${shows.replace(/:\w+/g, '[0-9]+')}$`);
}

describe('the list of pages', () => {
  test('has a state of every page there is, and of no other', () => {
    const known = new Set(pageStates.map(({ route }) => route));
    const there = new Set(pages.map(({ path }) => path));
    expect([...there].filter((path) => !known.has(path))).toEqual([]);
    expect([...known].filter((route) => !there.has(route))).toEqual(['error']);
  });
});

needs('chromium')('in Chromium', () => {
  let chromium: Browser;
  let house: TestHouse;
  let stop: () => Promise<void>;
  let css: string;
  let people = 0;

  beforeAll(async () => {
    const enabledFor = { who: 'groups' as const, groups: ['Staff'], except: [] };
    const env = { SPAREKEY_HASHING_WAITING: '2' };
    ({ house, stop } = await startTestHouse({
      env,
      policy: { enabledFor, questionsToRegister: 3 },
    }));
    css = await readFile(`${house.deps.config.publicFolder}/main.css`, 'utf8');
    chromium = await startChromium();
  });
  afterAll(async () => {
    await chromium?.close();
    await stop?.();
  });

  function startWalk(language: Language): Walk {
    people += 1;
    return {
      house,
      browser: house.browser({ language }),
      t: wordsOf(language),
      language,
      userName: `person${people}`,
      number: `+316123${String(45_000 + people)}`,
      address: `person${people}@example.com`,
    };
  }

  /** Shows what the browser without JavaScript was answered, to the byte; scripts and styles come from the house. */
  async function show(page: Page, { path, html, headers, status }: PlainBrowser): Promise<void> {
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = headers;
    await page.route(
      (url) => url.pathname === path.split('?')[0],
      (route) => route.fulfill({ status, body: html, headers: rest }),
      { times: 1 },
    );
    await page.goto(house.url + path);
  }

  async function showInRow(page: Page, state: PageState, walk: Walk): Promise<void> {
    const cookies = [...walk.browser.cookies].map(([name, value]) => ({ name, value, url: house.url }));
    await page.context().addCookies(cookies);
    await page.goto(`${house.url}/register`);
    await state.open?.(page, walk);
  }

  describe.each(languages)('in language %s', (language) => {
    let window: Window;
    beforeAll(async () => {
      window = await openWindow(chromium, { locale: language === 'nl' ? 'nl-NL' : 'en-GB' });
      await loadChecks(window.page);
    });

    test.for(pageStates.map((state) => [`${state.route}, ${state.state}`, state] as const))(
      '%s',
      async ([, state]) => {
        const walk = startWalk(language);
        const browser = await state.arrive(walk);
        if (!browser) throw new Error('The state was not reached.');
        expect(browser.status).toBe(state.status ?? 200);
        if (state.route !== 'error') expect(browser.path.split('?')[0]).toMatch(patternOf(state));
        const { page, complaints } = window;
        complaints.length = 0;
        await page.context().clearCookies();
        await (state.open ? showInRow(page, state, walk) : show(page, browser));
        expect([...(await faultsOf(page, language)), ...weightFaults(browser.html, css)]).toEqual([]);
        const own = `a status of ${state.status}`;
        expect(complaints.filter((one) => !one.includes(own))).toEqual([]);
      },
    );
  });
});
