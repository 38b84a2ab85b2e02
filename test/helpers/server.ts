import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { databaseEnv } from './database.ts';
import { findFreePort } from './processes.ts';

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const program = inRoot('dist/src/main.js');

/** What a server process is started with; of the environment it sees nothing else but its folder's stores. */
export interface ServerWanted {
  /** Where it runs: its `data` and `out` are made here. */
  folder: string;
  env?: Record<string, string>;
  /** Another program than the server itself, such as its launcher. */
  program?: string;
  /** What stands behind `sparekey`. */
  args?: readonly string[];
}

/** A server as a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** All it has written so far. */
  out(): string;
  said(): string;
  /** Resolves with its exit code, or the signal it died of. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves once it has written this; rejects when it ends before. */
  hasWritten(words: string): Promise<void>;
}

/** A folder of its own, which goes with the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export { findFreePort };

/** Starts the compiled server without waiting for it; it is killed when the test ends. */
export async function spawnServer({
  folder,
  env = {},
  args = [],
  ...wanted
}: ServerWanted): Promise<ServerProcess> {
  const file = wanted.program === undefined ? program : inRoot(wanted.program);
  if (!existsSync(file)) throw new Error(`${file} is not there: run “npm run build” first.`);
  const PORT = env.PORT ?? String(await findFreePort());
  const given = { PATH: process.env.PATH ?? '', DATA_DIR: 'data', DELIVERY: 'folder:out', LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder,
    env: { ...given, ...(await databaseEnv(folder)), ...env, PORT },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', said: '' };
  child.stdout.on('data', (chunk) => {
    written.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    written.said += String(chunk);
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const hasWritten = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (written.out.includes(words)) resolve();
      };
      child.stdout.on('data', look);
      void ended.then((code) => reject(new Error(`the server ended (${code}): ${written.said}`)));
      look();
    });
  return {
    child,
    url: `http://127.0.0.1:${PORT}`,
    out: () => written.out,
    said: () => written.said,
    ended,
    hasWritten,
  };
}

/** Starts the compiled server and resolves once people can come in. */
export async function startServer(wanted: ServerWanted): Promise<ServerProcess> {
  const server = await spawnServer(wanted);
  await server.hasWritten('Sparekey is at');
  return server;
}
