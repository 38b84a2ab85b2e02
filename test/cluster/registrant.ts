import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { Browser } from '../helpers/browser.ts';
import { askMailCode, askPhoneCode, typeCode, wordsOn } from '../helpers/journeys.ts';

const kinds = ['authentication-phone', 'authentication-email'] as const;
export type Kind = (typeof kinds)[number];

/** Where people register, and how the codes that reach them are read. */
export interface Road {
  url: string;
  password: string;
  /** The code that came last to this number or address. */
  codeSentTo(destination: string): Promise<string | undefined>;
  patience: number;
}

/** A person goes on later: a page could not be had, or says that they have to wait. */
class Interrupted extends Error {
  readonly seconds: number;

  constructor(message: string, seconds = 1) {
    super(message);
    this.seconds = seconds;
  }
}

/** What is said while something is away: a proxy that reaches no node, and a node without its stores. */
const passing = [502, 503, 504];

/** How long somebody who waits for a code leaves the page as it is. */
const secondsBetweenLooks = 3;

/** The name of the person with this number: no other page may show it. */
export function nameOf(number: number): string {
  return `Persoon Nummer${String(number).padStart(3, '0')}`;
}

/** A person without JavaScript who registers a phone and a mailbox, and comes back after whatever cuts them off. */
export class Registrant {
  readonly number: number;
  readonly browser: Browser;
  readonly #road: Road;
  #typed = 0;
  readonly #asked = new Map<Kind, string>();
  readonly #codes = new Map<Kind, string>();
  /** What a page has said is ready, and where it leads. */
  readonly ready = new Map<Kind, string>();
  /** How often each status told this person to come back, and how often a connection was cut off. */
  readonly interruptions = new Map<string, number>();
  signIns = 0;

  constructor(number: number, road: Road) {
    this.number = number;
    this.#road = road;
    this.browser = new Browser(road.url, {
      headers: { 'X-Forwarded-For': `198.51.100.${number}`, Connection: 'close' },
      language: 'nl',
    });
  }

  get userName(): string {
    return `person${this.number}`;
  }

  /** Goes on until both are said to be ready. */
  async register(): Promise<void> {
    const until = performance.now() + this.#road.patience;
    while (this.ready.size < kinds.length) {
      expect(performance.now(), `${this.userName} comes to an end: ${this.browser.text}`).toBeLessThan(until);
      await this.#unlessInterrupted(() => this.#goOn());
    }
  }

  /** Types every code that was good once more: none is good again. */
  async typeAgain(): Promise<number> {
    let refused = 0;
    for (const [kind, code] of this.#codes)
      await this.#unlessInterrupted(async () => {
        await this.#openOwnPage();
        await this.browser.post(`/register/${kind}/code`, { csrf: this.browser.csrf, code });
        this.#look();
        expect(this.browser.text).not.toContain(
          this.#words.register.said.ready(this.#words.methods.names[kind]),
        );
        refused += 1;
      });
    return refused;
  }

  async #unlessInterrupted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isCutOff(error)) this.#count('cut off');
      else if (!(error instanceof Interrupted)) throw error;
      const seconds = error instanceof Interrupted ? error.seconds : 1;
      // Not all at the same moment: people never are.
      await setTimeout(seconds * 1000 + this.number * 10);
    }
  }

  #count(what: string): void {
    this.interruptions.set(what, (this.interruptions.get(what) ?? 0) + 1);
  }

  get #words() {
    return wordsOn(this.browser);
  }

  /** Whatever page it is, it is about nobody else; what is away for a while says so, and when to come back. */
  #look(): void {
    const { status, text, path, headers } = this.browser;
    for (const [, other] of text.matchAll(/Nummer(\d{3})/g)) expect(Number(other), path).toBe(this.number);
    if (passing.includes(status)) {
      this.#count(String(status));
      const seconds = Number(headers['retry-after']);
      expect(seconds, `Retry-After of ${status} at ${path}`).toBeGreaterThan(0);
      throw new Interrupted(`${status} at ${path}`, seconds);
    }
    expect(status, `${path}: ${text}`).toBeLessThan(400);
  }

  async #open(path: string): Promise<void> {
    await this.browser.open(path);
    this.#look();
  }

  async #openOwnPage(): Promise<void> {
    await this.#open('/register');
    if (this.browser.path.startsWith('/sign-in')) await this.#signIn();
    expect(this.browser.path, this.browser.text).toBe('/register');
    expect(this.browser.text).toContain(nameOf(this.number));
  }

  async #signIn(): Promise<void> {
    this.signIns += 1;
    const { signIn } = this.#words;
    this.browser.fill(signIn.userName, this.userName).fill(signIn.password, this.#road.password);
    await this.browser.press(signIn.submit);
    this.#look();
    if (this.browser.path.startsWith('/sign-in')) throw new Interrupted(this.browser.problems.join());
  }

  async #goOn(): Promise<void> {
    await this.#openOwnPage();
    for (const kind of kinds) this.#readRow(kind);
    for (const kind of kinds) if (!this.ready.has(kind)) await this.#ask(kind);
    for (const kind of kinds) if (!this.ready.has(kind)) await this.#prove(kind);
    if (this.ready.size < kinds.length) throw new Interrupted('no code yet', secondsBetweenLooks);
  }

  #readRow(kind: Kind): void {
    const isReady = this.browser
      .row(this.#words.methods.names[kind])
      .includes(this.#words.register.states.ready);
    if (this.ready.has(kind)) expect(isReady, `${this.userName}: ${kind} was said to be ready`).toBe(true);
    if (isReady) this.ready.set(kind, this.#asked.get(kind) ?? '');
  }

  async #ask(kind: Kind): Promise<void> {
    if (this.#asked.has(kind)) return;
    this.#typed += 1;
    const number = String(10_000_000 + this.number * 100 + this.#typed);
    const mail = `person-${number}@example.com`;
    await this.#open(`/register/${kind}`);
    if (kind === 'authentication-phone') await askPhoneCode(this.browser, `06${number}`);
    else await askMailCode(this.browser, mail);
    this.#look();
    if (this.browser.path !== `/register/${kind}/code`) throw new Interrupted(this.browser.problems.join());
    this.#asked.set(kind, kind === 'authentication-phone' ? `+316${number}` : mail);
  }

  async #prove(kind: Kind): Promise<void> {
    const destination = this.#asked.get(kind) ?? '';
    const code = await this.#road.codeSentTo(destination);
    if (code === undefined) return;
    await this.#open(`/register/${kind}/code`);
    if (this.browser.path !== `/register/${kind}/code`) {
      this.#asked.delete(kind);
      throw new Interrupted('the code is no longer asked for');
    }
    await typeCode(this.browser, code);
    this.#look();
    if (this.browser.path !== '/register') throw new Interrupted(this.browser.problems.join());
    this.#readRow(kind);
    expect(this.ready.has(kind), `${this.userName}: ${kind} after its code`).toBe(true);
    this.#codes.set(kind, code);
  }
}

/** A connection that a dying node or its proxy dropped. */
function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    /ECONNRESET|ECONNREFUSED|socket hang up|EPIPE|Parse Error|aborted/.test(String(error))
  );
}
