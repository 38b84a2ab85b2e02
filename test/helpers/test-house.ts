import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { OfficePhone } from '../../src/people/person.ts';
import { addPerson } from '../../src/people/write-person.ts';
import { defaultPolicy, type Policy, policySchema } from '../../src/policy/policy.ts';
import { readPolicyVersion, replacePolicy } from '../../src/policy/versions.ts';
import { webApp } from '../../src/web-app.ts';
import { Browser } from './browser.ts';
import { databaseEnv, dropDatabase, passTimeInRedis } from './database.ts';

/** A moment to begin at: a Monday noon in Amsterdam. */
export const monday = Date.UTC(2026, 10, 2, 11, 0, 0);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const password = 'correct horse battery';

/** A message as the folder transport wrote it. */
export interface Message {
  channel: string;
  to: string;
  subject: string;
  body: string;
  file: string;
}

/** The six digits in a message, or a failed test. */
export function codeIn(message: Message): string {
  const spoken = message.channel === 'call' ? message.body.replace(/[^\d]/g, '').slice(0, 6) : '';
  const code = spoken || (/\b(\d{3})[\s ](\d{3})\b/.exec(message.body)?.slice(1).join('') ?? '');
  expect(code, `a code in: ${message.body}`).toMatch(/^\d{6}$/);
  return code;
}

function parseMessage(file: string, text: string): Message {
  const [head = '', ...rest] = text.split('\n\n');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  return {
    file,
    channel: header('Channel'),
    to: header('To'),
    subject: header('Subject'),
    body: rest.join('\n\n'),
  };
}

/** What a test may set of its house. */
export interface Wanted {
  env?: Record<string, string>;
  policy?: Partial<Policy>;
  /** Keep an earlier house's folder: the same people and keys, started again. */
  folder?: string;
}

/** A whole house on a folder of its own, with a clock that only the test moves, and a real server on loopback. */
export class TestHouse {
  readonly folder: string;
  readonly house: House;
  readonly server: Server;
  readonly url: string;
  /** Every line of the log, as text. */
  readonly log: string[];
  readonly clock: { now: number };
  #read = new Set<string>();
  #passedUntil: number;

  constructor(parts: Pick<TestHouse, 'folder' | 'house' | 'server' | 'url' | 'log' | 'clock'>) {
    this.folder = parts.folder;
    this.house = parts.house;
    this.server = parts.server;
    this.url = parts.url;
    this.log = parts.log;
    this.clock = parts.clock;
    this.#passedUntil = parts.clock.now;
  }

  get deps() {
    return this.house.deps;
  }

  /** Moves the clock on. */
  wait(milliseconds: number): void {
    this.clock.now += milliseconds;
  }

  /** A browser without JavaScript, as fresh as out of the box. */
  browser(options: ConstructorParameters<typeof Browser>[1] = {}): Browser {
    return new Browser(this.url, { beforeSending: () => this.#passTime(), ...options });
  }

  /** What the clock was moved by has passed for the sessions too. */
  async #passTime(): Promise<void> {
    const passed = this.clock.now - this.#passedUntil;
    if (passed <= 0) return;
    this.#passedUntil = this.clock.now;
    await passTimeInRedis(this.folder, passed);
  }

  /** Adds a person whose password is `password`, unless `firstPassword` asks for a one-time one. */
  async addPerson(
    userName: string,
    person: Partial<{
      displayName: string;
      language: 'nl' | 'en' | null;
      workMailbox: string | null;
      officePhone: OfficePhone | null;
      groups: string[];
      password: string;
      oneTime: boolean;
    }> = {},
  ): Promise<{ personId: string; firstPassword: string }> {
    const { password: own = password, oneTime = false, ...rest } = person;
    const given = {
      displayName: userName,
      language: null,
      workMailbox: null,
      officePhone: null,
      groups: [],
      ...rest,
    };
    const actor = { kind: 'system' } as const;
    const added = await addPerson(
      this.deps,
      { userName, ...given },
      oneTime ? { actor } : { actor, password: own },
    );
    if (added.result !== 'added') throw new Error(added.result);
    return added;
  }

  async setPolicy(changes: Partial<Policy>): Promise<void> {
    const { version, policy } = await readPolicyVersion(this.deps.db);
    const changed = policySchema.parse({ ...policy, ...changes });
    await replacePolicy(this.deps.db, changed, { basedOn: version, by: 'test', at: this.clock.now });
  }

  /** Sends what is due and gives every message there is, oldest first. */
  async messages(): Promise<Message[]> {
    await this.house.delivery.drain();
    const out = join(this.folder, 'out');
    const files = (await readdir(out).catch(() => [])).filter((file) => file.endsWith('.txt')).sort();
    return Promise.all(
      files.map(async (file) => parseMessage(file, await readFile(join(out, file), 'utf8'))),
    );
  }

  /** Sends what is due and gives the messages that no earlier call gave. */
  async newMessages(): Promise<Message[]> {
    const fresh = (await this.messages()).filter(({ file }) => !this.#read.has(file));
    for (const { file } of fresh) this.#read.add(file);
    return fresh;
  }

  /** The code of the newest message to this destination. */
  async codeFor(to: string): Promise<string> {
    const message = (await this.messages())
      .filter((one) => one.to.includes(to) && /\b\d{3}[\s\u00a0]\d{3}\b|\d, \d/.test(one.body))
      .at(-1);
    if (!message) throw new Error(`no message to ${to}`);
    return codeIn(message);
  }

  async audit(): Promise<{ event: string; outcome: string; subject: string | null; details: string }[]> {
    return this.deps.db.selectFrom('audit').selectAll().orderBy('seq').execute();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.house.close();
  }
}

/** Opens a house that a whole file shares; `stop` closes it, and fails on a log line of level error. */
export async function startTestHouse(
  wanted: Wanted = {},
): Promise<{ house: TestHouse; stop: () => Promise<void> }> {
  const folder = wanted.folder ?? (await mkdtemp(join(tmpdir(), 'sparekey-')));
  const clock = { now: monday };
  const log: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  const config = readConfig({
    DATA_DIR: join(folder, 'data'),
    ...(await databaseEnv(folder)),
    DELIVERY: `folder:${join(folder, 'out')}`,
    SPAREKEY_HASHING_WORKERS: '2',
    ...wanted.env,
  });
  const house = await openHouse(config, {
    now: () => clock.now,
    terminal: sink,
    log: pino({ level: 'debug' }, sink),
  });
  const server = createServer(webApp(house.deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const test = new TestHouse({ folder, house, server, url: `http://127.0.0.1:${address.port}`, log, clock });
  if (wanted.policy) await test.setPolicy({ ...defaultPolicy, ...wanted.policy });
  const stop = async () => {
    await test.close().catch(() => {});
    await rm(folder, { recursive: true, force: true });
    await dropDatabase(folder);
    const errors = log.filter((line) => /"level":(50|60)/.test(line));
    expect(errors, 'errors in the log').toEqual([]);
  };
  return { house: test, stop };
}

/** Opens a house for one test and closes it afterwards. A log line of level error fails the test, unless it is expected. */
export async function openTestHouse(wanted: Wanted = {}): Promise<TestHouse> {
  const { house, stop } = await startTestHouse(wanted);
  onTestFinished(stop);
  return house;
}
