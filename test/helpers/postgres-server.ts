import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { needs } from './needs.ts';
import { findFreePort } from './server.ts';

const run = promisify(execFile);
const debian = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs stand: Debian keeps them out of the path, one folder a version. */
function findPostgres(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const [newest] = versions.toSorted((a, b) => Number(b) - Number(a));
  return newest === undefined ? undefined : join(debian, newest, 'bin');
}

/** `describe` for tests that start a PostgreSQL of their own: as `needs`, skipped by name or failing where it is not there. */
export function needsPostgres(name: string, tests: () => void): void {
  if (findPostgres() === undefined) needs('postgres')(name, tests);
  else describe(name, tests);
}

async function idOf(flag: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [flag, 'postgres'])).stdout);
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
async function asOwner(folder: string): Promise<(command: string, args: string[]) => Promise<unknown>> {
  if (process.getuid?.() !== 0) return (command, args) => run(command, args);
  const [uid, gid] = [await idOf('-u'), await idOf('-g')];
  await chown(folder, uid, gid);
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--init-groups'];
  return (command, args) => run('setpriv', [...become, command, ...args], { cwd: folder });
}

/** Quick rather than lasting: nothing of a test has to outlive a power cut, but all of it the end of a server. */
const forTests = [
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
  'max_connections=300',
  'shared_buffers=64MB',
  'listen_addresses=127.0.0.1',
];

/** A PostgreSQL of its own in a temporary folder, that can be stopped and started again. */
export interface PostgresServer {
  url: string;
  folder: string;
  start(settings?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a private PostgreSQL on a free port; the user `sparekey` owns it. */
export async function startPostgres(settings: readonly string[] = forTests): Promise<PostgresServer> {
  const programs = findPostgres();
  if (programs === undefined) throw new Error('PostgreSQL is not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-pg-'));
  const data = join(folder, 'data');
  const as = await asOwner(folder);
  const port = await findFreePort();
  const initial = ['-D', data, '-A', 'trust', '-U', 'sparekey', '--no-sync', '-E', 'UTF8'];
  await as(join(programs, 'initdb'), [...initial, '--locale=C.UTF-8']);
  const control = (...args: string[]) => as(join(programs, 'pg_ctl'), ['-D', data, '-w', ...args]);
  const server = {
    url: `postgres://sparekey@127.0.0.1:${port}/postgres`,
    folder,
    async start(more: readonly string[] = []) {
      const options = [...settings, ...more, `unix_socket_directories=${folder}`].map((one) => `-c ${one}`);
      await control('-l', join(folder, 'log'), '-o', `-p ${port} ${options.join(' ')}`, 'start');
    },
    async stop() {
      await control('-m', 'immediate', 'stop');
    },
    async remove() {
      await server.stop().catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
