import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { findFreePort } from './server.ts';

const run = promisify(execFile);

export type RedisHelper = Awaited<ReturnType<typeof startRedis>>;

function launch(folder: string, port: number, more: readonly string[] = []): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...more];
  return spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A Redis with settings of its own, that can be killed. */
export interface PlainRedis {
  port: number;
  kill(): Promise<void>;
}

/** Starts a real Redis with these settings in a folder of its own; a first word that is no setting is its file. */
export async function startPlainRedis(
  more: readonly string[],
  ready = 'Ready to accept',
): Promise<PlainRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-redis-'));
  const port = await findFreePort();
  const child = launch(folder, port, more);
  await untilReady(child, ready);
  child.stdout?.resume();
  onTestFinished(async () => {
    await end(child, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  return { port, kill: () => end(child, 'SIGKILL') };
}

/** Starts a sentinel that watches a master under the name `sparekey`, and changes it after a second of silence. */
export async function startSentinel(master: number): Promise<PlainRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-sentinel-'));
  const port = await findFreePort();
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor sparekey 127.0.0.1 ${master} 1`,
    'sentinel down-after-milliseconds sparekey 1000',
    'sentinel failover-timeout sparekey 5000',
  ];
  const file = join(folder, 'sentinel.conf');
  await writeFile(file, `${lines.join('\n')}\n`);
  const child = spawn('redis-server', [file, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await untilReady(child, '+monitor master');
  child.stdout.resume();
  onTestFinished(async () => {
    await end(child, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  return { port, kill: () => end(child, 'SIGKILL') };
}

/** Starts a Cluster of three masters. */
export async function startRedisCluster(): Promise<PlainRedis[]> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const nodes = [];
  for (let node = 0; node < 3; node += 1) nodes.push(await startPlainRedis(settings));
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
  return nodes;
}

async function untilReady(child: ChildProcess, words = 'Ready to accept connections'): Promise<void> {
  let said = '';
  for await (const [chunk] of on(child)) {
    said += String(chunk);
    if (said.includes(words)) return;
  }
}

async function* on(child: ChildProcess): AsyncGenerator<unknown[]> {
  while (child.stdout) yield await once(child.stdout, 'data');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Starts a real Redis on a free loopback port, with nothing on disk; it can be stopped, started again and frozen. */
export async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-redis-'));
  const port = await findFreePort();
  const url = `redis://127.0.0.1:${port}`;
  const state = { child: launch(folder, port) };
  await untilReady(state.child);
  onTestFinished(async () => {
    await end(state.child, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  async function ask<T>(work: (client: ReturnType<typeof newClient>) => Promise<T>): Promise<T> {
    const client = newClient();
    await client.connect();
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }
  const newClient = () => createClient({ url });
  const sessionKey = async (client: ReturnType<typeof newClient>) =>
    (await client.keys('sparekey:session:*'))[0] ?? '';
  return {
    url,
    stop: () => end(state.child, 'SIGKILL'),
    async start(): Promise<void> {
      state.child = launch(folder, port);
      await untilReady(state.child);
    },
    /** It takes connections but answers nothing, as a machine that hangs. */
    freeze: () => state.child.kill('SIGSTOP'),
    thaw: () => state.child.kill('SIGCONT'),
    /** Closes every connection but the one that asks for it. */
    drop: () => ask((client) => client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])),
    flush: () => ask((client) => client.flushAll()),
    /** Everything in it: keys and values. */
    dump: () =>
      ask(async (client) => {
        const entries = await Promise.all(
          (await client.keys('*')).map(async (key) => {
            if ((await client.type(key)) === 'set')
              return [key, (await client.sMembers(key)).join(' ')] as const;
            return [key, (await client.get(key)) ?? ''] as const;
          }),
        );
        return new Map(entries);
      }),
    /** Seconds that the one session there is has left. */
    timeLeft: () => ask(async (client) => client.ttl(await sessionKey(client))),
    setTimeLeft: (seconds: number) => ask(async (client) => client.expire(await sessionKey(client), seconds)),
    /** How often commands of this name have been given. */
    count: (command: string) =>
      ask(async (client) => {
        const stats = await client.info('commandstats');
        return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
      }),
  };
}
