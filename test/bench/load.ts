import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import autocannon from 'autocannon';
import { z } from 'zod';
import { findLiveChallenge } from '../../src/challenges/challenge.ts';
import type { Deps } from '../../src/deps.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import { Client } from './load-client.ts';
import { type LoadHouse, openLoadHouse, password } from './load-house.ts';
import { tableOf } from './measure.ts';

const seconds = 5;
const workers = 1;
const connections = 8;
const people = 60;

interface Setting {
  name: string;
  nodes: number;
  databaseUrl: string | undefined;
}

/** Starts one of the limits (`load-limits.ts`) beside this process. */
async function limit(what: string, { databaseUrl, nodes }: Setting, databaseFile: string) {
  const given = { what, databaseUrl, databaseFile, workers: workers * nodes, seconds };
  const worker = new Worker(new URL('./load-limits.ts', import.meta.url), { workerData: given });
  const [said] = await once(worker, 'message');
  return { said, stop: () => worker.terminate() };
}

async function rateOf(what: 'argon2' | 'inserts', setting: Setting, file: string): Promise<number> {
  const { said, stop } = await limit(what, setting, file);
  await stop();
  return z.number().parse(said);
}

async function signIn(client: Client, userName: string): Promise<Client> {
  await client.open('/sign-in');
  await client.post('/sign-in', { userName, password, return: '' });
  if (client.path !== '/register') throw new Error(`signed in to ${client.path}`);
  return client;
}

/** Asks one page by several connections, over all nodes in turn. */
async function cannon(urls: string[], path: string, cookie: string): Promise<{ rate: number; p99: number }> {
  const runs = await Promise.all(
    urls.map((url) =>
      autocannon({
        url: url + path,
        connections: connections / urls.length,
        duration: seconds,
        headers: { cookie, 'x-forwarded-for': '203.0.113.9' },
      }),
    ),
  );
  const bad = runs.reduce((sum, run) => sum + run.non2xx + run.errors, 0);
  if (bad > 0) throw new Error(`${bad} answers of ${path} were no good`);
  return {
    rate: runs.reduce((sum, run) => sum + run.requests.total / run.duration, 0),
    p99: Math.max(...runs.map((run) => run.latency.p99)),
  };
}

async function emptyPage(setting: Setting, file: string): Promise<number> {
  const { said, stop } = await limit('empty-page', setting, file);
  const { port } = z.object({ port: z.number() }).parse(said);
  const client = await new Client(`http://127.0.0.1:${port}`, '203.0.113.9').open('/start');
  const { rate } = await cannon([client.url], '/', client.cookieLine);
  await stop();
  return rate;
}

/** Lets everybody do something, eight at a time, and gives how many a second. */
async function everybody(work: (number: number) => Promise<unknown>): Promise<number> {
  const from = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < people) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return (people * 1000) / (performance.now() - from);
}

async function codeOf(deps: Deps, userName: string): Promise<string> {
  const { id } = await deps.db
    .selectFrom('people')
    .select('id')
    .where('user_name', '=', userName)
    .executeTakeFirstOrThrow();
  const asked = { method: 'authentication-phone', purpose: 'register' } as const;
  for (;;) {
    const challenge = await findLiveChallenge(deps, id, asked);
    if (challenge && challenge.sentAt !== null)
      return deps.secrets.codes.codeOf(challenge.id, challenge.keyId);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function registerPhone(deps: Deps, client: Client, number: number): Promise<void> {
  const page = '/register/authentication-phone';
  await client.open(page);
  await client.post(page, { number: `06 1${String(2_000_000 + number)}`, channel: 'text' });
  await client.post(`${page}/code`, { code: await codeOf(deps, `person${number}`) });
  if (client.path !== '/register') throw new Error(`registered to ${client.path}`);
}

/** Signs people in for as long as `going` says, eight at a time over all nodes, and gives how many a second. */
async function signInRate({ urls }: LoadHouse, going: () => boolean): Promise<number> {
  const from = performance.now();
  let done = 0;
  const lane = async (number: number) => {
    for (; going(); done += 1) {
      const url = urls[number % urls.length] ?? '';
      await signIn(new Client(url, `198.51.100.${number}`), `person${number}`);
    }
  };
  await Promise.all(Array.from({ length: 2 * connections }, (_, number) => lane(number)));
  return (done * 1000) / (performance.now() - from);
}

async function measure(setting: Setting): Promise<string[]> {
  const house = await openLoadHouse({ ...setting, people, workers });
  try {
    const clients: Client[] = [];
    for (let number = 0; number < people; number += 1)
      clients.push(new Client(house.urls[number % house.urls.length] ?? '', `198.51.100.${number}`));
    await everybody((number) => signIn(clients[number] ?? new Client('', ''), `person${number}`));
    const cookie = clients[0]?.cookieLine ?? '';
    const empty = await emptyPage(setting, house.databaseFile);
    const idle = await cannon(house.urls, '/register', cookie);
    const inserts = await rateOf('inserts', setting, house.databaseFile);
    const phones = await everybody((number) =>
      registerPhone(house.deps, clients[number] ?? new Client('', ''), number),
    );
    const raw = await rateOf('argon2', setting, house.databaseFile);
    const until = performance.now() + seconds * 1000;
    const signIns = await signInRate(house, () => performance.now() < until);
    let over = false;
    const [, busy] = await Promise.all([
      signInRate(house, () => !over),
      cannonGently(house.urls, '/register', cookie).finally(() => {
        over = true;
      }),
    ]);
    const alone = await cannonGently(house.urls, '/register', cookie);
    return [
      setting.name,
      ...[empty, idle.rate].map(Math.round).map(String),
      (idle.rate / empty).toFixed(2),
      inserts.toFixed(0),
      phones.toFixed(1),
      (phones / inserts).toFixed(3),
      raw.toFixed(1),
      signIns.toFixed(1),
      (signIns / raw).toFixed(2),
      String(alone),
      String(busy),
    ];
  } finally {
    await house.close();
  }
}

/** The p99 of a page that is asked a hundred times a second, in milliseconds. */
async function cannonGently(urls: string[], path: string, cookie: string): Promise<number> {
  const headers = { cookie, 'x-forwarded-for': '203.0.113.9' };
  const run = await autocannon({
    url: (urls[0] ?? '') + path,
    connections: 2,
    overallRate: 100,
    duration: seconds,
    headers,
  });
  return run.latency.p99;
}

const head =
  'setting,empty page/s,checklist/s,ratio,inserts/s,phones/s,ratio,argon2/s,sign-ins/s,ratio,p99 idle,p99 busy';

/** Measures one node on SQLite, and one and two on PostgreSQL, each beside its limits in the same run. */
export async function benchLoad(write: (text: string) => void): Promise<string[]> {
  const rows = [head.split(',')];
  const add = async (setting: Setting) => rows.push(await measure(setting));
  await add({ name: '1 node, SQLite', nodes: 1, databaseUrl: undefined });
  for (const nodes of [1, 2]) {
    const postgres = await startPostgres(['listen_addresses=127.0.0.1', 'max_connections=120']);
    try {
      await add({ name: `${nodes} on PostgreSQL`, nodes, databaseUrl: postgres.url });
    } finally {
      await postgres.remove();
    }
  }
  write(tableOf(rows));
  const [one = []] = rows.slice(1);
  const [signInRatio, alone, busy] = [Number(one[9]), Number(one[10]), Number(one[11])];
  return [
    ...(signInRatio < 0.9 ? [`sign-in at ${signInRatio} of the raw argon2 rate`] : []),
    ...(busy > Math.max(5 * alone, 50) ? [`other pages at a p99 of ${busy} ms while people sign in`] : []),
  ];
}
