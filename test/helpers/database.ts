import { createHash } from 'node:crypto';
import pg from 'pg';
import { migrate, openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';

/** The PostgreSQL server on which every test is to run; without it they run on SQLite. */
const server = process.env.TEST_POSTGRES_URL;

function onBroken(error: Error): void {
  throw error;
}

/** The address of a database of its own on the tests' server, made when it is not there; undefined on SQLite. */
async function databaseUrl(name: string): Promise<string | undefined> {
  if (server === undefined) return undefined;
  const client = new pg.Client(server);
  await client.connect();
  const known = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`create database "${name}"`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** What the environment of a house on this folder says of its database: the same folder, the same database. */
export async function databaseEnv(folder: string): Promise<{ DATABASE_URL?: string }> {
  const name = `t${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`;
  const url = await databaseUrl(name);
  return url === undefined ? {} : { DATABASE_URL: url };
}

/** An empty database of its own, with every table. */
export async function openTestDatabase(): Promise<Database> {
  const url = await databaseUrl(`t${crypto.randomUUID().replaceAll('-', '')}`);
  const db = openDatabase({ databaseUrl: url, databaseFile: ':memory:' }, { onBroken });
  await migrate(db);
  return db;
}
