import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Browser } from '../helpers/browser.ts';
import { askMailCode, askPhoneCode, typeCode, wordsOn } from '../helpers/journeys.ts';

/** The server went away while a page was asked for: what it would have said is not known. */
export class CutOff extends Error {}

/** Where a walker walks: the address of the server, the folder its messages come in, and whether it has been killed. */
export interface Road {
  url: string;
  out: string;
  password: string;
  isDown(): boolean;
  /** A form is on its way that will be written down. */
  onSubmit(): void;
}

const addressed = ['authentication-phone', 'authentication-email'] as const;
type Addressed = (typeof addressed)[number];

const questionCount = 5;
/** Not enough to make a gate of them: who is able to reset starts every open step anew (S65). */
const answered = 2;

/** The newest code in the messages of a folder to this destination. */
export async function codeSentTo(out: string, destination: string): Promise<string | undefined> {
  const names = (await readdir(out).catch(() => [])).filter((name) => name.endsWith('.txt')).sort();
  for (const name of names.reverse()) {
    const text = await readFile(join(out, name), 'utf8');
    const code = text.includes(`To: ${destination}\n`) ? /\b(\d{3}) (\d{3})\b/.exec(text) : null;
    if (code) return `${code[1]}${code[2]}`;
  }
  return undefined;
}

/** A person who registers, page by page, and remembers exactly what pages have said; cut off, they come back and go on. */
export class Walker {
  readonly userName: string;
  readonly browser: Browser;
  readonly #road: Road;
  /** How many destinations have been typed: each try takes a fresh one, so that no limit is in the way. */
  #typed: number;
  signedIn = false;
  finished = false;
  /** Where a page has said that a code is on its way. */
  readonly asked = new Map<Addressed, string>();
  /** What a page has said is ready, and where it leads. */
  readonly ready = new Map<Addressed, string>();
  /** The questions whose answer a page has said is kept. */
  readonly kept = new Set<number>();
  /** Codes that were typed, or could have been: good once, and only once. */
  readonly codes = new Map<Addressed, string>();

  constructor(userName: string, { road, number }: { road: Road; number: number }) {
    this.userName = userName;
    // An address of its own: a try to sign in that a kill cuts off stays counted, and all walkers sit at one machine.
    this.browser = new Browser(road.url, {
      headers: { 'X-Forwarded-For': `198.51.100.${(number % 250) + 1}` },
    });
    this.#road = road;
    this.#typed = number * 100;
  }

  /** Walks until finished; rejects with `CutOff` when the server goes away. */
  async walk(): Promise<void> {
    await this.#safely(async () => {
      await this.comeBack();
      for (const kind of addressed) await this.#ask(kind);
      await this.#answerQuestions();
      for (const kind of addressed) await this.#prove(kind);
      this.finished = true;
    });
  }

  /** Walks until both codes are delivered, and not a step further. */
  async walkToCodes(): Promise<void> {
    await this.#safely(async () => {
      await this.comeBack();
      for (const kind of addressed) await this.#ask(kind);
      for (const kind of addressed) await this.#receive(kind);
    });
  }

  /** Opens the checklist and looks whether everything that was said still stands. */
  async comeBack(): Promise<void> {
    const { browser } = this;
    await browser.open('/register');
    if (browser.path !== '/register') await this.#signIn();
    for (const kind of addressed) {
      const isReady = this.#rowOf(kind).includes(this.#words.register.states.ready);
      if (this.ready.has(kind)) expect(isReady, `${this.userName}: ${kind} was said to be ready`).toBe(true);
      if (isReady) await this.#noteReady(kind);
    }
    const row = this.#rowOf('security-questions');
    const { partly, ready } = this.#words.register.states;
    const possible = [...Array(questionCount).keys()].map((n) => partly(n, questionCount)).concat(ready);
    if (this.kept.size > 0)
      expect(
        possible.slice(this.kept.size).some((state) => row.includes(state)),
        `${this.userName}: ${row}`,
      ).toBe(true);
  }

  get #words() {
    return wordsOn(this.browser);
  }

  #rowOf(kind: Addressed | 'security-questions'): string {
    return this.browser.row(this.#words.methods.names[kind]);
  }

  async #safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#road.isDown()) throw new CutOff(String(error));
      throw error;
    }
  }

  async #signIn(): Promise<void> {
    expect(this.signedIn, `${this.userName} was signed in`).toBe(false);
    const { signIn } = this.#words;
    this.browser.fill(signIn.userName, this.userName).fill(signIn.password, this.#road.password);
    await this.browser.press(signIn.submit);
    expect(this.browser.path, this.browser.text).toBe('/register');
    this.signedIn = true;
  }

  /** What became ready is typed once more: no code is taken twice. */
  async #noteReady(kind: Addressed): Promise<void> {
    const destination = this.asked.get(kind) ?? this.ready.get(kind);
    expect(destination, `${this.userName}: ${kind} is ready`).toBeDefined();
    this.ready.set(kind, destination ?? '');
    const code = this.codes.get(kind);
    if (code === undefined) return;
    await this.browser.post(`/register/${kind}/code`, { csrf: this.browser.csrf, code });
    expect(this.browser.status, this.browser.text).toBe(200);
    expect(this.browser.text).not.toContain(this.#words.register.said.ready(this.#words.methods.names[kind]));
    await this.browser.open('/register');
  }

  /** Who is able to reset already would have to prove that first, by a code that a limit holds back: they ask no more. */
  #isHeldUp(): boolean {
    return this.browser.path.startsWith('/register/confirm-identity');
  }

  async #ask(kind: Addressed): Promise<void> {
    if (this.ready.has(kind) || this.asked.has(kind)) return;
    await this.browser.open(`/register/${kind}`);
    if (this.#isHeldUp()) return;
    this.#typed += 1;
    const number = String(10_000_000 + this.#typed);
    const mail = `walker-${number}@example.com`;
    this.#road.onSubmit();
    if (kind === 'authentication-phone') await askPhoneCode(this.browser, `06${number}`);
    else await askMailCode(this.browser, mail);
    expect(this.browser.problems, `${this.userName} asks a code`).toEqual([]);
    expect(this.browser.path).toBe(`/register/${kind}/code`);
    this.asked.set(kind, kind === 'authentication-phone' ? `+316${number}` : mail);
  }

  async #answerQuestions(): Promise<void> {
    const { browser } = this;
    while (this.kept.size < answered) {
      await browser.open('/register/security-questions');
      const place = Number(/security-questions\/(\d)$/.exec(browser.path)?.[1] ?? Number.NaN);
      if (Number.isNaN(place) || place > answered) return;
      expect(this.kept.has(place), `the answer to question ${place} was said to be kept`).toBe(false);
      const { questions, said } = this.#words.register;
      const option = browser.document.querySelectorAll('option')[place]?.textContent ?? '';
      browser.fill(questions.question, option).fill(questions.answer, `${this.userName} antwoordt ${place}`);
      this.#road.onSubmit();
      await browser.press(questions.submit);
      expect(browser.text, `${this.userName} answers`).toContain(said.answerKept(place));
      this.kept.add(place);
    }
  }

  async #receive(kind: Addressed): Promise<string> {
    const destination = this.asked.get(kind) ?? '';
    const code = await expect
      .poll(async () => (this.#road.isDown() ? 'down' : codeSentTo(this.#road.out, destination)), {
        interval: 10,
        timeout: 60_000,
      })
      .toBeDefined()
      .then(() => codeSentTo(this.#road.out, destination));
    if (code === undefined) throw new CutOff('no code came');
    this.codes.set(kind, code);
    return code;
  }

  async #prove(kind: Addressed): Promise<void> {
    if (this.ready.has(kind) || !this.asked.has(kind)) return;
    const code = await this.#receive(kind);
    await this.browser.open(`/register/${kind}/code`);
    expect(this.browser.path, `${this.userName}: a code was said to be on its way`).toBe(
      `/register/${kind}/code`,
    );
    this.#road.onSubmit();
    // The session gets a new id here; who never saw the answer has to sign in again.
    this.signedIn = false;
    await typeCode(this.browser, code);
    expect(this.browser.path, this.browser.text).toBe('/register');
    this.signedIn = true;
    expect(this.#rowOf(kind)).toContain(this.#words.register.states.ready);
    await this.#noteReady(kind);
  }
}
