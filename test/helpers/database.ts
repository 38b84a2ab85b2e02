import { createHash } from 'node:crypto';
import pg from 'pg';
import { createClient } from 'redis';
import { migrate, openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';

/** The PostgreSQL server on which every test is to run; without it they run on SQLite. */
const server = process.env.TEST_POSTGRES_URL;

/** The Redis server in which every house is to keep its sessions; without it they stand in the database. */
const redis = process.env.TEST_REDIS_URL;
/** As many databases as the tests' Redis is started with: each house has one of its own. */
const redisDatabases = 16_384;

function onBroken(error: Error): void {
  throw error;
}

/** Says something to the tests' PostgreSQL itself; what is there already does no harm. */
export async function askServer(sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(sql);
  } catch (error) {
    const duplicate = error instanceof pg.DatabaseError && error.code === '42P04';
    if (!duplicate) throw error;
  } finally {
    await client.end();
  }
}

/** Where a database of this name is on the tests' server. */
export function databaseAt(name: string): string {
  const url = new URL(server ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

/** The address of a database of its own, made with every table when it is not there; undefined on SQLite. */
async function databaseUrl(name: string): Promise<string | undefined> {
  if (server === undefined) return undefined;
  const template = process.env.TEST_POSTGRES_TEMPLATE;
  // Its files are copied: page by page through the log, as by default, takes five times as long.
  const like = template === undefined ? '' : ` template "${template}" strategy file_copy`;
  await askServer(`create database "${name}"${like}`);
  return databaseAt(name);
}

function digestOf(folder: string): Buffer {
  return createHash('sha256').update(folder).digest();
}

function nameOf(folder: string): string {
  return `t${digestOf(folder).toString('hex').slice(0, 20)}`;
}

function redisUrl(folder: string): string | undefined {
  if (redis === undefined) return undefined;
  return `${redis}/${digestOf(folder).readUInt32BE(28) % redisDatabases}`;
}

function newClient(url: string) {
  return createClient({ url });
}

/** Does the work in the Redis of a folder, where there is one. */
async function inRedis<T>(
  folder: string,
  work: (client: ReturnType<typeof newClient>) => Promise<T>,
): Promise<T | undefined> {
  const url = redisUrl(folder);
  if (url === undefined) return undefined;
  const client = newClient(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/**
 * Lets so many milliseconds pass in the Redis of a folder: its expiries go by the clock on the wall, which a test that
 * moves the clock of its house cannot move.
 */
export async function passTimeInRedis(folder: string, milliseconds: number): Promise<void> {
  await inRedis(folder, async (client) => {
    for (const key of await client.keys('*')) {
      const left = await client.pTTL(key);
      if (left >= 0) await client.pExpire(key, left - milliseconds);
    }
  });
}

/** The sessions that the Redis of a folder holds, each its key and what is kept under it; none where there is no Redis. */
export async function sessionsInRedis(folder: string): Promise<string[]> {
  const found = await inRedis(folder, async (client) => {
    const keys = await client.keys('sparekey:session:*');
    return Promise.all(keys.map(async (key) => `${key} ${await client.get(key)}`));
  });
  return found ?? [];
}

/** What the environment of a house on this folder says of its stores: the same folder, the same stores. */
export async function databaseEnv(folder: string): Promise<{ DATABASE_URL?: string; REDIS_URL?: string }> {
  const url = await databaseUrl(nameOf(folder));
  const sessions = redisUrl(folder);
  return {
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    ...(sessions === undefined ? {} : { REDIS_URL: sessions }),
  };
}

/** Removes the database of a folder, where it has one beside the folder. */
export async function dropDatabase(folder: string): Promise<void> {
  if (server !== undefined) await askServer(`drop database if exists "${nameOf(folder)}" with (force)`);
}

/** An empty database of its own, with every table. */
export async function openTestDatabase(): Promise<Database> {
  const url = await databaseUrl(`t${crypto.randomUUID().replaceAll('-', '')}`);
  const db = openDatabase({ databaseUrl: url, databaseFile: ':memory:' }, { onBroken });
  await migrate(db);
  return db;
}
