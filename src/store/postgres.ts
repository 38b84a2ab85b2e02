import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Tables } from './schema.ts';

const second = 1000;

/** PostgreSQL's type of 64-bit integers: times and counts, all far below 2^53. */
const bigint = 20;

/** Connections of one node; `?pool=` in the address sets another number. */
const poolSize = 20;
/** Fewer would let a start wait for itself: it holds one while the others work. */
const smallestPool = 4;

/** What an open pool of connections tells about itself. */
export interface PostgresNeeds {
  /** A connection that nobody was using has broken; the pool makes a new one when it is needed. */
  onBroken(error: Error): void;
}

/** Takes our own part out of the address; what is left (`sslmode`, `sslrootcert`, …) is the client's. */
function readAddress(text: string): { connectionString: string; max: number } {
  const url = new URL(text);
  const max = Number(url.searchParams.get('pool') ?? poolSize);
  url.searchParams.delete('pool');
  return {
    connectionString: url.href,
    max: Number.isSafeInteger(max) ? Math.max(max, smallestPool) : poolSize,
  };
}

/**
 * Opens PostgreSQL. No statement runs longer than 10 s, nobody waits longer than 5 s for a connection or 8 s for a
 * row, and a transaction that is left open is ended after 20 s; each of these rejects, and the next request finds the
 * pool as it was. After a restart of the server the pool makes its connections anew.
 */
export function openPostgres(url: string, { onBroken }: PostgresNeeds): Database {
  const pool = new pg.Pool({
    ...readAddress(url),
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
  // A connection that breaks in somebody's hands rejects what was asked of it; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
