/// <reference lib="dom" />
import puppeteer, { type Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { findProgram } from './needs.ts';

const within = { timeout: 60_000, interval: 50 };

/** A text of XPath, whichever marks of quotation stand in it. */
function quoted(words: string): string {
  return `concat('', ${words
    .split("'")
    .map((part) => `'${part}'`)
    .join(`, "'", `)})`;
}

/** A window of Debian's Firefox without a screen, in which a person finds what they press by its words. */
export class FirefoxWindow {
  readonly #page: Page;
  #left = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  /** Waits for the page with this title. */
  async arrive(title: string): Promise<void> {
    await expect.poll(() => this.#evaluate(() => document.title), within).toContain(`${title} – `);
    await this.#complete();
  }

  /** Puts text in the place of what the field with this label held. */
  async fill(label: string, text: string): Promise<void> {
    const field = await this.#find(`//*[@id=//label[normalize-space(.)=${quoted(label)}]/@for]`);
    await field.evaluate((one) => one instanceof HTMLInputElement && one.select());
    await field.type(text);
  }

  /** Presses the choice, button or link with these words. */
  async press(words: string): Promise<void> {
    const named = `[normalize-space(.)=${quoted(words)}]`;
    await (await this.#find(`//main//*[self::label or self::button or self::a]${named}`)).click();
  }

  /** Presses a button of the header. */
  async pressAbove(words: string): Promise<void> {
    await (await this.#find(`//header//button[normalize-space(.)=${quoted(words)}]`)).click();
  }

  /** All that stands on the page, what is typed in its fields too. */
  async text(): Promise<string> {
    const text = await this.#evaluate(() =>
      [document.body.innerText, ...[...document.querySelectorAll('input')].map(({ value }) => value)].join(
        '\n',
      ),
    );
    expect(text).toBeDefined();
    return text ?? '';
  }

  /** Presses Back until the first page of this window, and gives what each page showed, newest first. */
  async lookBack(): Promise<string[]> {
    const pages: string[] = [];
    const all = await this.#page.evaluate(() => history.length);
    while (pages.length < all - 1) {
      await this.#back();
      pages.push(await this.text());
    }
    return pages;
  }

  /** Goes one page back, whether that is loaded anew or was kept in memory. */
  async #back(): Promise<void> {
    this.#left += 1;
    const left = String(this.#left);
    await this.#page.evaluate((mark) => document.documentElement.setAttribute('data-left', mark), left);
    await this.#page.evaluate(() => void setTimeout(() => history.back(), 0));
    const mark = () => this.#evaluate(() => document.documentElement.getAttribute('data-left') ?? '');
    await expect.poll(mark, within).not.toBe(left);
    await this.#complete();
  }

  async #complete(): Promise<void> {
    await expect.poll(() => this.#evaluate(() => document.readyState), within).toBe('complete');
  }

  async #find(xpath: string) {
    const found = await this.#page.waitForSelector(`::-p-xpath(${xpath})`, { timeout: within.timeout });
    if (found === null) throw new Error(`There is no ${xpath}.`);
    return found;
  }

  /** What the page answers; nothing while one page goes and another comes. */
  async #evaluate<T>(look: () => T): Promise<T | undefined> {
    return this.#page.evaluate(look).catch(() => undefined);
  }
}

/** Starts Debian's Firefox, with a fresh profile; whoever starts it closes it. */
export async function startFirefox(): Promise<{
  openWindow(): Promise<FirefoxWindow>;
  close(): Promise<void>;
}> {
  const firefox = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findProgram('firefox-esr') ?? 'firefox-esr',
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'nl' },
  });
  return {
    openWindow: async () => {
      const context = await firefox.createBrowserContext();
      return new FirefoxWindow(await context.newPage());
    },
    close: () => firefox.close(),
  };
}
