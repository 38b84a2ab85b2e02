import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { type Deps, inTransaction } from '../../src/deps.ts';
import { openHouse } from '../../src/house.ts';
import { readPerson } from '../../src/people/person.ts';
import { addPerson } from '../../src/people/write-person.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { readPolicyVersion, replacePolicy } from '../../src/policy/versions.ts';
import { registerMethod } from '../../src/registrations/register-method.ts';
import { Browser } from '../helpers/browser.ts';
import { databaseEnv } from '../helpers/database.ts';
import { typeCode } from '../helpers/journeys.ts';
import { diskFolder } from '../helpers/quick-folder.ts';
import { newPassword } from '../helpers/resets.ts';
import { findFreePort, startServer } from '../helpers/server.ts';
import { codeSentTo } from './walker.ts';

const kills = Number(process.env.KILLS ?? 8);
const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31));
const oldPassword = 'correct horse battery';

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

interface Resetter {
  userName: string;
  personId: string;
  address: string;
}

/** Does something in the house of a server that has ended, with nobody at its doors. */
async function inside<T>(folder: string, work: (deps: Deps) => Promise<T>): Promise<T> {
  const stores = await databaseEnv(folder);
  const config = readConfig({ DATA_DIR: join(folder, 'data'), DELIVERY: 'folder:/nowhere', ...stores });
  const terminal = new Writable({ write: (_chunk, _encoding, done) => done() });
  const house = await openHouse(config, { now: Date.now, terminal, log: pino({ level: 'silent' }) });
  try {
    return await work(house.deps);
  } finally {
    await house.close();
  }
}

async function letOneMethodDo(deps: Deps): Promise<void> {
  const policy = { ...defaultPolicy, methodsToReset: 1, methodsToRegister: 1 };
  const { version } = await readPolicyVersion(deps.db);
  await replacePolicy(deps.db, policy, { basedOn: version, by: 'test', at: deps.now() });
}

/** Adds a person with a mailbox that was never sent anything, so that no limit is in the way. */
async function addResetter(deps: Deps, number: number): Promise<Resetter> {
  const userName = `resetter${number}`;
  const address = `${userName}@example.com`;
  const nobody = {
    displayName: userName,
    language: 'nl',
    officePhone: null,
    groups: [],
    workMailbox: null,
  } as const;
  const by = { actor: { kind: 'system' }, password: oldPassword } as const;
  const added = await addPerson(deps, { ...nobody, userName }, by);
  if (added.result !== 'added') throw new Error(added.result);
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, added.personId);
  if (!person) throw new Error('nobody');
  const { policy } = await readPolicyVersion(deps.db);
  const method = { kind: 'authentication-email', address } as const;
  await inTransaction(deps.db, (tx) => registerMethod(tx, deps, { person, policy, address: '::1', method }));
  await deps.db.deleteFrom('messages').execute();
  return { userName, personId: added.personId, address };
}

/** Walks to where the password is chosen. */
async function walk(
  url: string,
  out: string,
  { userName, address }: Resetter,
  number: number,
): Promise<Browser> {
  const browser = new Browser(url, { headers: { 'X-Forwarded-For': `198.51.100.${(number % 250) + 1}` } });
  await browser.open('/reset');
  await browser.post('/reset', { csrf: browser.csrf, userName, wish: 'forgot' });
  await browser.open('/reset/authentication-email');
  await browser.post('/reset/authentication-email', { csrf: browser.csrf, address });
  const code = () => codeSentTo(out, address);
  await expect.poll(code, { interval: 20, timeout: 60_000 }).toBeDefined();
  await typeCode(browser, (await code()) ?? '');
  expect(browser.path, browser.text).toBe('/reset/new-password');
  return browser;
}

async function postPassword(browser: Browser): Promise<number> {
  const fields = { csrf: browser.csrf, password: newPassword, repeat: newPassword, passwords: 'hidden' };
  const answer = await browser.send('post', '/reset/new-password', { fields }).catch(() => undefined);
  return answer?.status ?? 0;
}

async function startAndStop(folder: string, env: Record<string, string>): Promise<void> {
  const server = await startServer({ folder, env });
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}

/** Exactly one of both passwords works, and all that follows from a reset is there or nothing of it is. */
async function lookAt(deps: Deps, { userName, personId }: Resetter): Promise<boolean> {
  const checks = [];
  for (const one of [oldPassword, newPassword])
    checks.push(await deps.directory.checkPassword(userName, one));
  expect(checks.toSorted(), userName).toEqual(['right', 'wrong']);
  const isNew = checks[1] === 'right';
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, personId);
  expect(person?.sessionEpoch, userName).toBe(isNew ? 1 : 0);
  const events = await deps.db.selectFrom('audit').select('event').where('subject', '=', personId).execute();
  expect(events.filter(({ event }) => event === 'password-reset').length, userName).toBe(isNew ? 1 : 0);
  const pair = await deps.db
    .selectFrom('key_pairs')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  expect(pair !== undefined, userName).toBe(isNew);
  if (pair)
    expect((await deps.secrets.answerSeal.openPrivateKey(pair.wrapped_private_key, newPassword)).result).toBe(
      'opened',
    );
  return isNew;
}

async function filesIn(out: string): Promise<string> {
  const names = (await readdir(out).catch(() => [])).filter((name) => name.endsWith('.txt'));
  return (await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')))).join('\n');
}

test(
  `a server killed ${kills} times while it sets a password (KILL_SEED=${seed}) leaves the old one or the new one working`,
  async () => {
    const random = seeded(seed);
    const folder = await mkdtemp(join(diskFolder(), 'sparekey-reset-crash-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const out = join(folder, 'out');
    const env = {
      PORT: String(await findFreePort()),
      SPAREKEY_TRIAL_PASSWORD: oldPassword,
      TRUST_PROXY: '1',
    };
    await startAndStop(folder, env);
    await inside(folder, letOneMethodDo);
    const resetters: Resetter[] = [];
    let took = 0;
    for (let kill = 0; kill <= kills; kill += 1) {
      const resetter = await inside(folder, (deps) => addResetter(deps, kill));
      resetters.push(resetter);
      const server = await startServer({ folder, env });
      const browser = await walk(server.url, out, resetter, kill);
      const began = performance.now();
      const posted = postPassword(browser);
      // The first is let through, to know how long it takes here and now.
      if (kill === 0) expect(await posted).toBe(303);
      else await new Promise((resolve) => setTimeout(resolve, random() * 1.2 * took));
      if (kill === 0) took = performance.now() - began;
      server.child.kill('SIGKILL');
      await Promise.all([posted, server.ended]);
      // The next start takes up what was cut off, before anybody can come in.
      await startAndStop(folder, env);
      await inside(folder, async (deps) => {
        expect(await deps.db.selectFrom('password_intents').selectAll().execute()).toEqual([]);
        await lookAt(deps, resetter);
      });
    }
    const outcomes = await inside(folder, async (deps) => {
      const all = [];
      for (const resetter of resetters) all.push(await lookAt(deps, resetter));
      return all;
    });
    expect(outcomes[0]).toBe(true);
    expect(await filesIn(out)).not.toContain(newPassword);
    process.stdout.write(
      `${kills} kills, seed ${seed}: ${outcomes.filter(Boolean).length - 1} got the new password\n`,
    );
  },
  60_000 + kills * 30_000,
);
