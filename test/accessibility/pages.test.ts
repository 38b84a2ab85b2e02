import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/web-app.ts';
import { type Language, languages } from '../../src/words/languages.ts';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser as PlainBrowser } from '../helpers/browser.ts';
import { openWindow, startChromium, type Window } from '../helpers/chromium.ts';
import { needs } from '../helpers/needs.ts';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { colourFaults, coloursOfNewKinds, faultsOf, loadChecks, weightFaults } from './checks.ts';
import type { PageState, Walk } from './page-state.ts';
import { pageStates } from './pages.ts';

/** The path on which a state is seen; a place in it is a number. */
function patternOf({ route, shows = route }: PageState): RegExp {
  return new RegExp(`^${shows.replace(/:\w+/g, '[0-9]+')}$`);
}

/** A page with everything wrong. */
const faulty = `<!DOCTYPE html><html><head><title>Fout: iets</title></head><body><main><h1>Een</h1><h1>Twee</h1>
<div class="problems" tabindex="-1"><a href="#nowhere">Vul iets in</a></div>
<div class="field"><p class="problem" id="x">Fout: Vul iets in</p><input id="bare" type="text"></div>
<p style="width: 900px; color: #888; background: #999">Breed en vaag</p>
<p style="color: #6b6b6b; background: #fff">Grijs</p>
<div style="width: 60px; height: 20px; overflow: hidden">Veel tekst die niet past</div>
<input id="faint" style="border: 2px solid #fff"><a href="#c" style="text-decoration: none">bare link</a>
<button style="outline: 3px solid #eee">dim</button><a href="#a" style="outline: none">plain</a><button>klein</button><a href="#b" tabindex="2">first</a></main></body></html>`;

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
    await drawn(page);
  }

  /** A page is given the focus that it asks for when it is drawn, which may be after all of it was read. */
  async function drawn(page: Page): Promise<void> {
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  async function showInRow(page: Page, state: PageState, walk: Walk): Promise<void> {
    const cookies = [...walk.browser.cookies].map(([name, value]) => ({ name, value, url: house.url }));
    await page.context().addCookies(cookies);
    await page.goto(`${house.url}/register`);
    await state.open?.(page, walk);
    // What is left of the old row for some seconds is no part of the state; that it goes by itself is seen elsewhere.
    await page.locator('.leaving').evaluateAll((rows) => {
      for (const row of rows) row.remove();
    });
  }

  test('the checks see what is wrong', async () => {
    const { page, close } = await openWindow(chromium);
    await loadChecks(page);
    await page.goto('about:blank');
    await page.setContent(faulty);
    const faults = [...(await faultsOf(page, 'nl')), ...(await colourFaults(page))].join('\n');
    await close();
    for (const fault of [
      '2 headings of level 1',
      'lang is ',
      'the summary leads nowhere: Vul iets in',
      'no field is described by: Vul iets in',
      'no full stop: Vul iets in',
      'no label: bare',
      'px wide in 320',
      'px to hit: klein',
      'no outline on plain',
      'of 8 stops reached',
      'cut off: Veel tekst',
      'axe html-has-lang',
      'axe label',
      'axe color-contrast',
      'in the dark: axe color-contrast',
      'with more contrast: axe color-contrast-enhanced',
      'plainly: edge of 1.0 : 1 at faint',
      'plainly: neither edge nor underline: bare link',
      'mark of the focus too faint on dim',
    ])
      expect(faults).toContain(fault);
  });

  describe.each(languages)('in language %s', (language) => {
    let window: Window;
    const newColours = coloursOfNewKinds();
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
        // Colours know no language: they are looked at once.
        const faults = await faultsOf(page, language);
        if (language === 'nl') faults.push(...(await newColours(page)));
        expect([...faults, ...weightFaults(browser.html, css)]).toEqual([]);
        const own = `a status of ${state.status}`;
        expect(complaints.filter((one) => !one.includes(own))).toEqual([]);
      },
    );
  });
});
