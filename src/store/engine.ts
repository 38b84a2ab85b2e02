import { type Kysely, PostgresAdapter } from 'kysely';

/** Whether this database is PostgreSQL; otherwise it is SQLite. Only migrations should have to ask. */
export function isPostgres(db: Pick<Kysely<unknown>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
