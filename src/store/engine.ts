import { type Kysely, PostgresAdapter } from 'kysely';

/** Whether this database is PostgreSQL; otherwise it is SQLite. Migrations ask, and what the engines take differently. */
export function isPostgres(db: Pick<Kysely<unknown>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
