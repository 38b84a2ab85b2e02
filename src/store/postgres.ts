import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Tables } from './schema.ts';

const second = 1000;

/** PostgreSQL's type of 64-bit integers: times and counts, all far below 2^53. */
const bigint = 20;

/** What an open pool of connections tells about itself. */
export interface PostgresNeeds {
  /** A connection that nobody was using has broken; the pool makes a new one when it is needed. */
  onBroken(error: Error): void;
}

/**
 * Opens PostgreSQL. No statement runs longer than 10 s, nobody waits longer than 5 s for a connection or 8 s for a
 * row, and a transaction that is left open is ended after 20 s; each of these rejects, and the next request finds the
 * pool as it was.
 */
export function openPostgres(url: string, { onBroken }: PostgresNeeds): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5 * second,
    statement_timeout: 10 * second,
    lock_timeout: 8 * second,
    idle_in_transaction_session_timeout: 20 * second,
    keepAlive: true,
    application_name: 'sparekey',
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        id === bigint ? Number : pg.types.getTypeParser(id, format),
    },
  });
  pool.on('error', onBroken);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
