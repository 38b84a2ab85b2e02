import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readConfig } from '../../src/config/config.ts';
import type { Deps } from '../../src/deps.ts';
import { openHouse } from '../../src/house.ts';
import { addPerson } from '../../src/people/write-person.ts';
import { makeKeyRing, writeKeyRing } from '../../src/secrets/key-ring.ts';

const program = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
export const password = 'correct horse battery';

/** Nodes under load: real processes of the compiled server. */
export interface LoadHouse {
  urls: string[];
  databaseFile: string;
  /** The same database and keys, in this process. */
  deps: Deps;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function addPeople(deps: Deps, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const userName = `person${number}`;
    const nobody = { workMailbox: null, officePhone: null, groups: [], language: 'nl' } as const;
    await addPerson(
      deps,
      { ...nobody, userName, displayName: userName },
      { actor: { kind: 'system' }, password },
    );
  }
}

/** Opens so many nodes on one database with so many people; without `databaseUrl` one node on its embedded one. */
export async function openLoadHouse(wanted: {
  nodes: number;
  people: number;
  databaseUrl: string | undefined;
  workers: number;
}): Promise<LoadHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-load-'));
  const ring = makeKeyRing(Date.now);
  const env = {
    ...(wanted.databaseUrl === undefined ? {} : { DATABASE_URL: wanted.databaseUrl }),
    DELIVERY: `folder:${join(folder, 'out')}`,
    SPAREKEY_HASHING_WORKERS: String(wanted.workers),
    SPAREKEY_HASHING_WAITING: '1000',
    SPAREKEY_TRIAL_PASSWORD: password,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'error',
  };
  const folders = Array.from({ length: wanted.nodes }, (_, index) => join(folder, `node${index}`, 'data'));
  for (const data of folders) {
    await mkdir(join(data, 'keys'), { recursive: true, mode: 0o700 });
    await writeKeyRing(join(data, 'keys', 'ring.json'), ring);
  }
  const config = readConfig({ ...env, DATA_DIR: folders[0] ?? '' });
  const terminal = new Writable({ write: (_chunk, _encoding, done) => done() });
  const house = await openHouse(config, { now: Date.now, terminal, log: pino({ level: 'silent' }) });
  await addPeople(house.deps, wanted.people);
  const nodes: { child: ChildProcess; url: string }[] = [];
  for (const data of folders) nodes.push(await startNode({ ...env, DATA_DIR: data }));
  return {
    urls: nodes.map(({ url }) => url),
    databaseFile: config.databaseFile,
    deps: house.deps,
    async close() {
      for (const { child } of nodes) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startNode(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const PORT = String(await freePort());
  const child = spawn(process.execPath, [program], {
    env: { ...env, PORT },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { promise: isUp, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (said.includes('Sparekey is at')) resolve();
  });
  child.once('exit', (code) => reject(new Error(`a node ended with ${code}`)));
  await isUp;
  return { child, url: `http://127.0.0.1:${PORT}` };
}
