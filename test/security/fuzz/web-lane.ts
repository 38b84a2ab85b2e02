import type { Express } from 'express';
import type { Browser } from '../../helpers/browser.ts';
import type { Lane } from './lane.ts';
import type { Message } from './message.ts';
import type { Random } from './random.ts';
import { anyMethod, bend } from './shape.ts';
import { escapedOf, textOf } from './texts.ts';
import type { Answer, Door } from './wire.ts';

/** Every route of the web app as it is mounted, so that a new one is met too. */
export function routesOf(app: Express): string[] {
  const paths = app.router.stack.flatMap(({ route }) => (route ? [route.path] : []));
  return [...new Set(paths)];
}

/** What a lane of the web app starts from: where, what there is, and how it becomes somebody. */
export interface WebStart {
  name: string;
  door: Door;
  routes: readonly string[];
  /** Whether being led to sign in means that it is not itself any more. */
  isSomebody: boolean;
  enter(): Promise<Browser>;
}

type Fields = Map<string, string>;

/** The fields of every form of a page, with what they hold. */
function fieldsIn(browser: Browser): Fields {
  const fields: Fields = new Map();
  for (const field of browser.document.querySelectorAll('input, select, textarea, button[name]')) {
    const value = field.getAttribute('value') ?? field.querySelector('option')?.getAttribute('value');
    fields.set(field.getAttribute('name') ?? '', value ?? '');
  }
  fields.delete('csrf');
  fields.delete('');
  return fields;
}

/** A browser of its own before the web app: it learns the forms it is shown, and sends them back bent. */
export class WebLane implements Lane {
  readonly #start: WebStart;
  readonly #forms = new Map<string, Fields>();
  #cookies = new Map<string, string>();
  #csrf = '';
  #outside = 0;

  constructor(start: WebStart) {
    this.#start = start;
  }

  get name(): string {
    return this.#start.name;
  }

  get door(): Door {
    return this.#start.door;
  }

  async renew(): Promise<void> {
    const browser = await this.#start.enter();
    for (const route of this.#start.routes) {
      const path = route.replace(/:\w+/, '1');
      if (/sign-out|\./.test(path)) continue;
      await browser.open(path);
      const fields = fieldsIn(browser);
      if (fields.size > 0) this.#forms.set(browser.path.split('?')[0] ?? '', fields);
      this.#csrf = browser.csrf || this.#csrf;
    }
    this.#cookies = browser.cookies;
    this.#outside = 0;
  }

  isStale(): boolean {
    return this.#start.isSomebody && this.#outside > 3;
  }

  make(random: Random): Message {
    const path = this.#path(random);
    const method = random.pick(['GET', 'GET', 'POST', 'POST', 'POST', 'POST', '']) || anyMethod(random);
    const target = path + this.#query(random);
    const body = method === 'POST' || random.chance(5) ? this.#body(random, path) : Buffer.alloc(0);
    return bend(random, { method, target, headers: this.#headers(random, body), body });
  }

  take({ status, head }: Answer): void {
    const led = /^location: (\S*)/im.exec(head)?.[1] ?? '';
    if (/^\/(sign-in|reset)(\?|$)/.test(led)) this.#outside += 1;
    else if (status === 200) this.#outside = 0;
    for (const [, name = '', value = ''] of head.matchAll(/^set-cookie: ([^=]+)=([^;\r]*)/gim))
      if (value !== '') this.#cookies.set(name, value);
  }

  #path(random: Random): string {
    const [first = '/', ...rest] = this.#start.routes;
    const route = random
      .pick([first, ...rest])
      .replace(/:\w+/, () =>
        random.chance(70) ? String(random.below(7)) : escapedOf(random, textOf(random)),
      );
    if (random.chance(90)) return route;
    const bent = [
      `/${route}`,
      `${route}/`,
      `${route}/..`,
      route.toUpperCase(),
      route.replaceAll('/', '%2f'),
      `${route};a=b`,
      `${route}%00`,
      `http://evil.example${route}`,
      `/${escapedOf(random, textOf(random))}`,
      route.slice(1),
      `${route}#x`,
      '*',
    ] as const;
    return random.pick(bent);
  }

  #query(random: Random): string {
    if (random.chance(70)) return '';
    const names = ['lang', 'return', 'code', 'link', 'typing', 'page', 'x', '__proto__', 'lang[]'] as const;
    const pairs = Array.from(
      { length: random.chance(2) ? 2000 : 1 + random.below(3) },
      () => `${random.pick(names)}=${escapedOf(random, textOf(random).slice(0, 300))}`,
    );
    return `?${pairs.join('&')}`;
  }

  #body(random: Random, path: string): Buffer {
    if (random.chance(2)) return Buffer.alloc(random.pick([17_000, 300_000, 2_000_000]), 'a=b&');
    if (random.chance(2)) return Buffer.from(Array.from({ length: 50 }, () => random.below(256)));
    if (random.chance(2)) return Buffer.from(JSON.stringify({ csrf: this.#csrf, ['__proto__']: { a: 1 } }));
    const known = [
      ...(this.#forms.get(path) ?? [...this.#forms.values()][random.below(this.#forms.size)] ?? []),
    ];
    const pairs = known
      .filter(() => random.chance(92))
      .map(([name, value]) => this.#pair(random, name, random.chance(45) ? value : textOf(random)));
    if (random.chance(90)) pairs.push(`csrf=${encodeURIComponent(this.#csrf)}`);
    if (random.chance(10)) pairs.push(this.#pair(random, textOf(random), textOf(random)));
    return Buffer.from(pairs.join('&'));
  }

  #pair(random: Random, name: string, value: string): string {
    const pair = `${escapedOf(random, name)}=${escapedOf(random, value)}`;
    if (random.chance(2)) return `${pair}&${pair}`;
    return random.chance(2) ? pair.replace('=', '[]=') : pair;
  }

  #headers(random: Random, body: Buffer): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const types = ['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'x', ''] as const;
    const form = 'application/x-www-form-urlencoded';
    const type = random.chance(94)
      ? form
      : random.pick([...types, `${form}; charset=utf-7`, `${form}; charset=utf-16`]);
    return {
      Host: 'port' in this.door ? `127.0.0.1:${this.door.port}` : 'localhost',
      ...(body.length > 0 ? { 'Content-Type': type } : {}),
      ...(cookie !== '' && random.chance(95) ? { Cookie: cookie } : {}),
    };
  }
}
