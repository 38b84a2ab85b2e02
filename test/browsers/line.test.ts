/// <reference lib="dom" />
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { openWindow, startChromium } from '../helpers/chromium.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered } from '../helpers/resets.ts';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { field, finish, registerEmail, registerPhone, signIn, type Walk } from './main-story.ts';
import { beginReset, chooseNewPassword, passMail, passPhone } from './reset-story.ts';
import { type Weight, weighAnswers, weightTable } from './weight.ts';

const kilobyte = 1024;
const output = fileURLToPath(new URL('../output/browsers/', import.meta.url));

/** A line of 50 kbit/s, on which every question takes half a second. */
const slowLine = { offline: false, latency: 500, downloadThroughput: 6250, uploadThroughput: 6250 };

const sumOf = (weights: readonly Weight[]) => weights.reduce((sum, { bytes }) => sum + bytes, 0);
const isPage = ({ kind, redirect }: Weight) => kind === 'page' && !redirect;

needs('chromium')('on a slow line, Chromium', () => {
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

  async function openPlain(javaScriptEnabled: boolean): Promise<Walk> {
    const { page, close } = await openWindow(chromium, { locale: 'nl-NL', javaScriptEnabled });
    onTestFinished(close);
    return { page, house, t: wordsOf('nl'), inPlace: false };
  }

  /** Prints what a journey cost, keeps it, and holds it to what a page may weigh. */
  async function holdToBudget(journey: string, weights: readonly Weight[]): Promise<void> {
    const table = weightTable(journey, weights);
    await mkdir(output, { recursive: true });
    await writeFile(`${output}${journey.replaceAll(' ', '-')}.txt`, table);
    process.stdout.write(table);
    const [first, ...others] = weights.filter(isPage);
    const style = sumOf(weights.filter(({ kind }) => kind === 'style'));
    expect((first?.bytes ?? 0) + style, 'the first page with its style').toBeLessThanOrEqual(14 * kilobyte);
    expect(others.filter(({ bytes }) => bytes > 4 * kilobyte)).toEqual([]);
  }

  test('carries a registration by phone in 40 kB', async () => {
    await house.addPerson('light', { displayName: 'Zoë de Vries' });
    const walk = await openPlain(false);
    const weigh = weighAnswers(walk.page);
    await signIn(walk, 'light');
    await registerPhone(walk, '+31612345641');
    const weights = await weigh();
    await holdToBudget('phone registration', weights);
    expect(sumOf(weights)).toBeLessThanOrEqual(40 * kilobyte);
  });

  test('carries a whole registration in light pages', async () => {
    await house.addPerson('whole', { displayName: 'Zoë de Vries' });
    const walk = await openPlain(false);
    const weigh = weighAnswers(walk.page);
    await signIn(walk, 'whole');
    await registerPhone(walk, '+31612345642');
    await registerEmail(walk, 'whole@example.com');
    await finish(walk);
    await holdToBudget('whole registration', await weigh());
  });

  test('carries a reset in light pages', async () => {
    await addRegistered(house, 'reset', { phone: '+31612345643', mail: 'reset@example.com' });
    const walk = await openPlain(false);
    const weigh = weighAnswers(walk.page);
    await beginReset(walk, 'reset', 'forgot');
    await passPhone(walk, '+31612345643');
    await passMail(walk, 'reset@example.com');
    await chooseNewPassword(walk);
    await holdToBudget('reset', await weigh());
  });

  test('opens the first page in the two rounds that HTML and CSS need, and waits for no script', async () => {
    const walk = await openPlain(true);
    const { page } = walk;
    await slowDown(page);
    // The script never comes while the page is judged.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/*.js*', async (route) => {
      await held;
      await route.abort();
    });
    const before: string[] = [];
    const weigh = weighAnswers(page);
    page.on('request', (request) => before.push(request.resourceType()));
    const start = performance.now();
    await page.goto(`${house.url}/sign-in?lang=nl`, { waitUntil: 'commit' });
    await field(walk, walk.t.signIn.userName).fill('zoe');
    await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
    const took = performance.now() - start;
    expect(before.filter((type) => type !== 'script' && type !== 'other')).toEqual([
      'document',
      'stylesheet',
    ]);
    const rounds = 2 * slowLine.latency;
    const raw = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .reduce((sum, { transferSize }) => sum + transferSize, 0),
    );
    const needed = rounds + (raw / slowLine.downloadThroughput) * 1000;
    expect(took / needed, `${Math.round(took)} ms of ${Math.round(needed)} ms`).toBeLessThan(2);
    release();
    expect((await weigh()).filter(({ redirect }) => redirect)).toEqual([]);
  });
});

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slowLine);
}
