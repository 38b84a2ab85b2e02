import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import { makeKeyRing, writeKeyRing } from '../../src/secrets/key-ring.ts';
import { type PostgresServer, startPostgres } from '../helpers/postgres-server.ts';
import { findFreePort, newFolder, type ServerProcess, startServer } from '../helpers/server.ts';

export const password = 'correct horse battery';

/** What is committed outlives PostgreSQL's own end, though not the machine's. */
const quickButKept = [
  'fsync=off',
  'listen_addresses=127.0.0.1',
  'max_connections=100',
  'shared_buffers=64MB',
];

/** Nodes with one key ring and one PostgreSQL, each in a folder of its own. */
export interface Cluster {
  folder: string;
  postgres: PostgresServer;
  env: Record<string, string>;
  /** Where texts and calls are written, by whichever node. */
  out: string;
  /** Starts a node, or starts it anew in its old folder. */
  start(name: string, more?: Record<string, string>): Promise<ServerProcess>;
  /** Opens the same house in this process, with nobody at its doors. */
  inside<T>(work: (house: House) => Promise<T>): Promise<T>;
}

/** Starts PostgreSQL, and makes what the nodes are to share; `env` is every node's. */
export async function openCluster(env: Record<string, string> = {}): Promise<Cluster> {
  const folder = await newFolder();
  const postgres = await startPostgres(quickButKept);
  onTestFinished(() => postgres.remove());
  const ring = makeKeyRing(Date.now);
  const out = join(folder, 'out');
  const common = {
    DATABASE_URL: postgres.url,
    DELIVERY: `folder:${out}`,
    SPAREKEY_HASHING_WORKERS: '1',
    SPAREKEY_TRIAL_PASSWORD: password,
    ...env,
  };
  async function folderOf(name: string): Promise<string> {
    const own = join(folder, name);
    await mkdir(join(own, 'data', 'keys'), { recursive: true, mode: 0o700 });
    await writeKeyRing(join(own, 'data', 'keys', 'ring.json'), ring);
    return own;
  }
  return {
    folder,
    postgres,
    env: common,
    out,
    start: async (name, more = {}) =>
      startServer({ folder: await folderOf(name), env: { ...common, ...more } }),
    async inside(work) {
      const own = await folderOf('inside');
      const config = readConfig({ ...common, DATA_DIR: join(own, 'data') });
      const terminal = new Writable({ write: (_chunk, _encoding, done) => done() });
      const house = await openHouse(config, { now: Date.now, terminal, log: pino({ level: 'silent' }) });
      try {
        return await work(house);
      } finally {
        await house.close();
      }
    },
  };
}

/** Ports for so many nodes and one proxy before them. */
export async function findPorts(count: number): Promise<number[]> {
  const ports = [];
  for (let found = 0; found < count; found += 1) ports.push(await findFreePort());
  return ports;
}
