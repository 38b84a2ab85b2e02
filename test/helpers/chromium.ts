import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findProgram } from './needs.ts';

/** Chromium as the tests start it, which asks nobody and fetches nothing by itself. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Debian's Chromium without a screen; whoever starts it closes it. Where it is installed, the same Chromium without
 * its windows and menus shows the pages, with less work. With `keepsPages` it is the one with windows, and the pages left
 * wait in memory for Back, as they do on a person's machine; Playwright alone turns that off.
 */
export async function startChromium({ keepsPages = false } = {}): Promise<Browser> {
  const shell = keepsPages ? undefined : findProgram('chromium-headless-shell');
  return chromium.launch({
    executablePath: shell ?? findProgram('chromium') ?? 'chromium',
    args: quiet,
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
  });
}

/** A fresh browser of one person, and everything it complained of: console errors, CSP violations, faults in scripts. */
export interface Window {
  page: Page;
  complaints: string[];
  close(): Promise<void>;
}

/** htmx is answered with the status of the problem; Chromium writes every such answer to the console. */
const statusOfRefusedForm = 'the server responded with a status of 422';

/** Opens a window with cookies of its own. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.includes(statusOfRefusedForm)) complaints.push(text);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

/** The history of a page, also where Back finds a page that was kept in memory, for which Playwright waits in vain. */
export async function openHistory(page: Page) {
  const session = await page.context().newCDPSession(page);
  const read = () => session.send('Page.getNavigationHistory');
  return {
    place: async () => (await read()).currentIndex,
    async goTo(place: number): Promise<void> {
      const entry = (await read()).entries[place];
      if (!entry) throw new Error(`The history has no page ${place}.`);
      await session.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    },
  };
}

/** A Chromium of its own whose person allows no cookies. */
export async function startWithoutCookies(): Promise<Window> {
  const profile = await mkdtemp(join(tmpdir(), 'sparekey-chromium-'));
  await mkdir(join(profile, 'Default'));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  const executablePath = findProgram('chromium') ?? 'chromium';
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: quiet });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { page: context.pages()[0] ?? (await context.newPage()), complaints: [], close };
}
