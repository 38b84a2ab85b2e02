import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import { addPerson } from '../../src/people/write-person.ts';
import { databaseEnv } from '../helpers/database.ts';
import { diskFolder } from '../helpers/quick-folder.ts';
import { findFreePort, type ServerProcess, startServer } from '../helpers/server.ts';
import { lookThrough } from './look.ts';
import { CutOff, type Road, Walker } from './walker.ts';

const kills = Number(process.env.KILLS ?? 8);
const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31));
const lanes = 4;
const password = 'correct horse battery';

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function seeded(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A house that is killed and started again, and the people who walk in it. */
class Scene {
  readonly folder: string;
  readonly port: number;
  readonly walkers: Walker[] = [];
  readonly idle: Walker[] = [];
  server: ServerProcess | undefined;
  #down = true;
  #made = 0;
  #onSubmit = () => {};

  constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  get road(): Road {
    return {
      url: `http://127.0.0.1:${this.port}`,
      out: join(this.folder, 'out'),
      password,
      isDown: () => this.#down,
      onSubmit: () => this.#onSubmit(),
    };
  }

  async start(): Promise<void> {
    const env = { PORT: String(this.port), SPAREKEY_TRIAL_PASSWORD: password, TRUST_PROXY: '1' };
    this.server = await startServer({ folder: this.folder, env });
    this.#down = false;
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#down = true;
    this.server?.child.kill(signal);
    expect(await this.server?.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0);
    expect(this.server?.said()).toBe('');
    expect(this.server?.out()).not.toMatch(/"level":(50|60)/);
  }

  /** Opens the house that has ended, with nobody at its doors. */
  async inside(work: (house: House) => Promise<void>): Promise<void> {
    const stores = await databaseEnv(this.folder);
    const config = readConfig({
      DATA_DIR: join(this.folder, 'data'),
      DELIVERY: 'folder:/nowhere',
      ...stores,
    });
    const terminal = new Writable({ write: (_chunk, _encoding, done) => done() });
    const house = await openHouse(config, { now: Date.now, terminal, log: pino({ level: 'silent' }) });
    try {
      await work(house);
    } finally {
      await house.close();
    }
  }

  /** Looks through the house while it is closed, and adds people until there are enough to walk. */
  async look(): Promise<void> {
    await this.inside(async ({ deps }) => {
      await lookThrough(deps, this.walkers);
      while (this.idle.length < 2 * lanes) {
        this.#made += 1;
        const userName = `walker${this.#made}`;
        const nobody = { displayName: userName, language: 'nl', officePhone: null, groups: [] } as const;
        const person = { ...nobody, userName, workMailbox: `${userName}@example.org` };
        await addPerson(deps, person, { actor: { kind: 'system' }, password });
        this.idle.push(new Walker(userName, { road: this.road, number: this.#made }));
      }
    });
  }

  /** The walker to walk next: one who was cut off, else a fresh one. */
  next(busy: ReadonlySet<Walker>): Walker | undefined {
    const unfinished = this.walkers.find((walker) => !walker.finished && !busy.has(walker));
    if (unfinished) return unfinished;
    const fresh = this.idle.shift();
    if (fresh) this.walkers.push(fresh);
    return fresh;
  }

  /** Lets people walk side by side until the server is killed: so long after the start, or after so many forms went in. */
  async walkUntilKilled({ forms, after }: { forms: number; after: number }): Promise<void> {
    const busy = new Set<Walker>();
    const killed = new Promise<void>((resolve, reject) => {
      const kill = () => setTimeout(() => void this.end('SIGKILL').then(resolve, reject), after);
      let left = forms;
      if (forms === 0) kill();
      this.#onSubmit = () => {
        left -= 1;
        if (left === 0) kill();
      };
    });
    await Promise.all([killed, ...Array.from({ length: lanes }, () => this.#lane(busy))]);
  }

  async #lane(busy: Set<Walker>): Promise<void> {
    while (!this.#down) {
      const walker = this.next(busy);
      if (!walker) return;
      busy.add(walker);
      try {
        await walker.walk();
      } catch (error) {
        if (!(error instanceof CutOff)) throw error;
      }
    }
  }
}

async function openScene(): Promise<Scene> {
  const folder = await mkdtemp(join(diskFolder(), 'sparekey-crash-'));
  const scene = new Scene(folder, await findFreePort());
  onTestFinished(async () => {
    scene.server?.child.kill('SIGKILL');
    await scene.server?.ended;
    await rm(folder, { recursive: true, force: true });
  });
  await scene.start();
  await scene.end('SIGTERM');
  await scene.look();
  return scene;
}

/** How long a person takes here and now, in milliseconds; it ends with the first kill. */
async function measureWalk(scene: Scene): Promise<number> {
  await scene.start();
  const began = performance.now();
  await scene.next(new Set())?.walk();
  const took = performance.now() - began;
  await scene.end('SIGKILL');
  await scene.look();
  return took;
}

/** Every message was delivered at least once, or dropped because its challenge had ended. */
async function lookAtDelivered(scene: Scene): Promise<void> {
  await scene.inside(async ({ deps: { db } }) => {
    const rows = await db
      .selectFrom('messages')
      .leftJoin('challenges', 'challenges.id', 'messages.challenge_id')
      .select(['messages.state', 'messages.kind', 'messages.channel', 'challenges.ended_at'])
      .execute();
    const dropped = rows.filter(({ state }) => state !== 'sent');
    expect(dropped.filter(({ state, ended_at }) => state !== 'dropped' || ended_at === null)).toEqual([]);
    const names = (await readdir(scene.road.out)).filter((name) => name.endsWith('.txt'));
    const texts = await Promise.all(names.map((name) => readFile(join(scene.road.out, name), 'utf8')));
    for (const isCode of [true, false])
      for (const channel of ['text', 'mail']) {
        const sent = rows.filter(
          (row) => row.state === 'sent' && row.channel === channel && (row.kind === 'code') === isCode,
        );
        const files = texts.filter(
          (text) => text.includes(`Channel: ${channel}\n`) && /\b\d{3} \d{3}\b/.test(text) === isCode,
        );
        expect(files.length, `${channel}, codes: ${isCode}`).toBeGreaterThanOrEqual(sent.length);
      }
  });
}

async function untilQueueIsEmpty(scene: Scene): Promise<void> {
  await scene.inside(async ({ deps: { db } }) => {
    const waiting = () => db.selectFrom('messages').select('id').where('state', '=', 'waiting').execute();
    await expect.poll(waiting, { interval: 20, timeout: 60_000 }).toEqual([]);
  });
}

test('codes delivered before the server is killed are good once after it', async () => {
  const scene = await openScene();
  await scene.start();
  const walkers = [1, 2, 3].map(() => scene.next(new Set())).filter((walker) => walker !== undefined);
  for (const walker of walkers) await walker.walkToCodes();
  await scene.end('SIGKILL');
  await scene.look();
  await scene.start();
  for (const walker of walkers) {
    const before = new Map(walker.codes);
    await walker.walk();
    expect(walker.codes).toEqual(before);
    expect([...walker.ready.keys()]).toEqual(['authentication-phone', 'authentication-email']);
  }
  await scene.end('SIGKILL');
  await scene.look();
});

test(
  `a server killed ${kills} times at random moments (KILL_SEED=${seed}) keeps all that its pages said`,
  async () => {
    const random = seeded(seed);
    const scene = await openScene();
    const longest = Math.min(2 * (await measureWalk(scene)), 2500);
    const writing = longest / 20;
    for (let kill = 0; kill < kills - 1; kill += 1) {
      await scene.start();
      // Every other time while a form is being written down: there the server has most to lose.
      const atForm = { forms: 1 + Math.floor(random() * 12), after: random() * writing };
      await scene.walkUntilKilled(kill % 2 === 0 ? atForm : { forms: 0, after: random() * longest });
      await scene.look();
    }
    await scene.start();
    for (const walker of scene.walkers) if (!walker.finished) await walker.walk();
    for (const walker of scene.walkers.slice(-2 * lanes)) await walker.comeBack();
    await untilQueueIsEmpty(scene);
    await scene.end('SIGTERM');
    await scene.look();
    await lookAtDelivered(scene);
    const ready = scene.walkers.reduce((sum, walker) => sum + walker.ready.size, 0);
    const kept = scene.walkers.reduce((sum, walker) => sum + walker.kept.size, 0);
    process.stdout.write(
      `${kills} kills, seed ${seed}: ${scene.walkers.length} people, ${ready} methods ready, ${kept} answers kept\n`,
    );
    expect(ready).toBeGreaterThan(0);
  },
  60_000 + kills * 30_000,
);
