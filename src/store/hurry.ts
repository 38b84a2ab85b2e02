import { sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Database } from './schema.ts';

/** Gives work a connection of its own on which nothing is cut off for taking long; on SQLite there is only one. */
export async function withoutHurry<T>(db: Database, work: (alone: Database) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return work(db);
  return db.connection().execute(async (alone) => {
    await sql`select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false),
      set_config('idle_in_transaction_session_timeout', '0', false)`.execute(alone);
    try {
      return await work(alone);
    } finally {
      for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
        await sql`reset ${sql.id(name)}`.execute(alone);
    }
  });
}
