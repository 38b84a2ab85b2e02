import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { findFreePort } from './server.ts';

export type RedisHelper = Awaited<ReturnType<typeof startRedis>>;

function launch(folder: string, port: number): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  return spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function untilReady(child: ChildProcess): Promise<void> {
  for await (const [chunk] of on(child)) if (String(chunk).includes('Ready to accept connections')) return;
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
