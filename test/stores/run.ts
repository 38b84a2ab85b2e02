import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../helpers/postgres-server.ts';
import { setup } from '../helpers/quick-folder.ts';
import { findFreePort } from '../helpers/server.ts';

/* npm run test:stores [-- FILE…]: the tests on a PostgreSQL and a Redis of their own, started here and gone afterwards. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-redis-'));
  const port = await findFreePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const child = spawn('redis-server', [...settings, '--databases', '16384'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilReady(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady({ stdout }: ChildProcess): Promise<void> {
  for (let said = ''; !said.includes('Ready to accept connections'); ) {
    const [chunk]: unknown[] = stdout ? await once(stdout, 'data') : [];
    said += String(chunk);
  }
  stdout?.resume();
}

async function main(args: readonly string[]): Promise<number> {
  const removeFolder = setup();
  const postgres = await startPostgres();
  const redis = await startRedis();
  const env = { ...process.env, TEST_POSTGRES_URL: postgres.url, TEST_REDIS_URL: redis.url };
  try {
    const words = [vitest, 'run', '-c', 'test/vitest.config.ts', ...args];
    const tests = spawn(process.execPath, words, { cwd: root, env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tests.kill(signal));
    const [code]: unknown[] = await once(tests, 'exit');
    return typeof code === 'number' ? code : 1;
  } finally {
    await Promise.all([redis.stop(), postgres.remove()]);
    removeFolder();
  }
}

process.exitCode = await main(process.argv.slice(2));
