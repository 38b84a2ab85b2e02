import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Database } from './schema.ts';

/** Any number, as long as it is only this. */
const startLock = 7_402_013;
const patience = 300_000;
const lookAgain = 100;

/**
 * Does work that two nodes must not do at once, such as the first filling of a database: others wait. A node that dies
 * in the middle lets go. The embedded database has one process only, so there is nothing to wait for.
 */
export async function alone<T>(db: Database, work: () => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return work();
  return db.connection().execute(async (connection) => {
    const until = performance.now() + patience;
    while (!(await tryLock(connection))) {
      if (performance.now() > until) throw new Error('Another node has been starting for five minutes.');
      await setTimeout(lookAgain);
    }
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${startLock})`.execute(connection);
    }
  });
}

async function tryLock(connection: Database): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${startLock}) as taken`.execute(
    connection,
  );
  return rows[0]?.taken === true;
}
