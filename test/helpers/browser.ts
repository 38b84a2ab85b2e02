/// <reference lib="dom" />
import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { expect } from 'vitest';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'prefer-button': 'off',
    // An answer that is hidden while typed is no password to be remembered.
    'autocomplete-password': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'error',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'no-implicit-button-type': 'off',
    'tel-non-breaking': 'off',
    'unique-landmark': 'error',
    'prefer-native-element': ['error', { exclude: ['status', 'group'] }],
  },
});

/** How a browser differs from a plain one. */
export interface BrowserOptions {
  language?: string;
  headers?: Record<string, string>;
  /** False: a browser that keeps no cookies. */
  cookies?: boolean;
  /** Is waited for before each request. */
  beforeSending?(): Promise<void>;
}

type Fields = Record<string, string>;

/**
 * A browser without JavaScript over real sockets: it keeps cookies, follows redirects with GET, fills in the forms it is
 * shown by the labels that people read, and presses the buttons by their words. Each page it sees is valid HTML with a
 * title, a language and one h1.
 */
export class Browser {
  readonly #base: string;
  readonly #options: BrowserOptions;
  readonly cookies = new Map<string, string>();
  status = 0;
  path = '';
  html = '';
  headers: Record<string, string> = {};
  document = parseHTML('<!doctype html><html lang="nl"><body></body></html>').document;
  #typed = new Map<string, string>();

  constructor(base: string, options: BrowserOptions = {}) {
    this.#base = base;
    this.#options = options;
  }

  /** The text of the page as a person reads it. */
  get text(): string {
    return (this.document.body?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get title(): string {
    return this.document.title;
  }

  get heading(): string {
    return this.document.querySelector('h1')?.textContent?.trim() ?? '';
  }

  /** The problems in the summary, in the words shown. */
  get problems(): string[] {
    return [...this.document.querySelectorAll('.problems li')].map((li) => li.textContent?.trim() ?? '');
  }

  /** The words of the row of the checklist with this heading. */
  row(name: string): string {
    const heading = [...this.document.querySelectorAll('section h2')].find(
      (h2) => h2.textContent?.trim() === name,
    );
    return heading?.closest('section')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  async open(path: string): Promise<this> {
    return this.#follow('get', path);
  }

  /** Follows the link with these words. */
  async click(words: string): Promise<this> {
    const link = [...this.document.querySelectorAll('a')].find((a) => a.textContent?.trim() === words);
    if (!link) throw new Error(`no link “${words}” on ${this.path}: ${this.text}`);
    return this.open(this.#resolve(link.getAttribute('href') ?? ''));
  }

  /** Types into the field with this label, ticks the choice with it, or picks an option of the list with it. */
  fill(label: string, value = ''): this {
    const element = [...this.document.querySelectorAll('label')].find(
      (one) => one.textContent?.trim() === label,
    );
    const field = element && this.document.getElementById(element.getAttribute('for') ?? '');
    if (!field) throw new Error(`no field “${label}” on ${this.path}: ${this.text}`);
    this.#typed.set(field.getAttribute('name') ?? '', this.#valueFor(field, value));
    return this;
  }

  /** Presses the button with these words and follows where the form leads. */
  async press(words: string, extra: Fields = {}): Promise<this> {
    const button = [...this.document.querySelectorAll('button')].find(
      (one) => one.textContent?.trim() === words,
    );
    const form = button?.closest('form');
    if (!form) throw new Error(`no button “${words}” on ${this.path}: ${this.text}`);
    const fields = { ...this.fieldsOf(form), ...extra };
    this.#typed.clear();
    return this.post(this.#resolve(form.getAttribute('action') ?? this.path), fields);
  }

  /** Posts fields as they are, with the CSRF token of the page unless one is given. */
  async post(path: string, fields: Fields | string): Promise<this> {
    return this.#follow('post', path, fields);
  }

  /** The CSRF token of the page. */
  get csrf(): string {
    return this.document.querySelector('input[name=csrf]')?.getAttribute('value') ?? '';
  }

  /** The fields a form would send as it stands: hidden ones, what is shown, and what was typed over it. */
  fieldsOf(form: Element): Fields {
    const fields: Fields = {};
    for (const field of form.querySelectorAll('input, select, textarea')) {
      const name = field.getAttribute('name');
      const type = field.getAttribute('type');
      if (!name || (type === 'radio' && !field.hasAttribute('checked'))) continue;
      const selected = field.querySelector('option[selected]') ?? field.querySelector('option');
      fields[name] =
        field.localName === 'select'
          ? (selected?.getAttribute('value') ?? '')
          : (field.getAttribute('value') ?? '');
    }
    for (const [name, value] of this.#typed) if (form.querySelector(`[name="${name}"]`)) fields[name] = value;
    return fields;
  }

  /** One request as this browser makes it, no redirect followed and nothing kept but cookies. */
  async send(
    method: 'get' | 'post' | 'head' | 'put' | 'delete' | 'patch' | 'options',
    path: string,
    { fields, headers = {} }: { fields?: Fields | string; headers?: Fields } = {},
  ): Promise<request.Response> {
    await this.#options.beforeSending?.();
    const test = request(this.#base)[method](path).redirects(0);
    for (const [name, value] of Object.entries({ ...this.#headers(), ...headers })) test.set(name, value);
    if (fields !== undefined)
      test.type('form').send(typeof fields === 'string' ? fields : new URLSearchParams(fields).toString());
    const response = await test;
    this.#keepCookies(response.get('Set-Cookie') ?? []);
    return response;
  }

  #headers(): Fields {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const language = this.#options.language ? { 'Accept-Language': this.#options.language } : {};
    return { ...language, ...this.#options.headers, ...(cookie ? { Cookie: cookie } : {}) };
  }

  #keepCookies(lines: string[]): void {
    if (this.#options.cookies === false) return;
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    }
  }

  #resolve(path: string): string {
    const url = new URL(path, `${this.#base}${this.path || '/'}`);
    return url.pathname + url.search;
  }

  async #follow(method: 'get' | 'post', path: string, fields?: Fields | string): Promise<this> {
    let response = await this.send(method, path, fields === undefined ? {} : { fields });
    let at = path;
    for (let step = 0; response.status >= 300 && response.status < 400; step += 1) {
      expect(step, `too many redirects from ${path}`).toBeLessThan(10);
      this.path = at;
      at = this.#resolve(response.get('Location') ?? '');
      response = await this.send('get', at);
    }
    this.#show(at, response);
    return this;
  }

  #show(path: string, response: request.Response): void {
    this.#typed.clear();
    this.path = path;
    this.status = response.status;
    this.html = response.text ?? '';
    this.headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    );
    this.document = parseHTML(this.html).document;
    if (response.type === 'text/html' && !isSecondRun) checkPage(this.html, path);
  }

  #valueFor(field: Element, value: string): string {
    if (field.getAttribute('type') === 'radio') return field.getAttribute('value') ?? '';
    if (field.localName !== 'select') return value;
    const option = [...field.querySelectorAll('option')].find((one) => one.textContent?.trim() === value);
    if (!option) throw new Error(`no option “${value}”`);
    return option.getAttribute('value') ?? '';
  }
}

/** Pages are the same whatever keeps what they show: on the second pair of stores they are not judged again. */
const isSecondRun = process.env.TEST_POSTGRES_URL !== undefined;

const checked = new Set<string>();

/** Every page a test sees is sound: valid, with a language, a title that names it, and one h1. */
function checkPage(html: string, path: string): void {
  const shape = `${path.split('?')[0]}:${html.replace(/value="[^"]*"|>[^<]+</g, '')}`;
  if (checked.has(shape)) return;
  checked.add(shape);
  const report = validator.validateStringSync(html);
  const faults = report.results.flatMap((result) =>
    result.messages.map((one) => `${one.ruleId} ${one.message} (${one.line})`),
  );
  expect(faults, `HTML of ${path}`).toEqual([]);
  const { document } = parseHTML(html);
  expect(document.documentElement.getAttribute('lang'), `lang of ${path}`).toMatch(/^(nl|en)$/);
  expect(document.querySelectorAll('h1').length, `h1 of ${path}`).toBe(1);
  expect(document.title.length, `title of ${path}`).toBeGreaterThan(5);
}
