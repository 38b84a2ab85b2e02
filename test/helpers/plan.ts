import { CompiledQuery, PostgresAdapter } from 'kysely';
import type { Database } from '../../src/store/schema.ts';

/** How the database would go about a query, as it says it itself. */
export async function planOf(
  db: Database,
  query: { compile(): { sql: string; parameters: readonly unknown[] } },
): Promise<string> {
  const { sql, parameters } = query.compile();
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const explain = isPostgres ? 'explain' : 'explain query plan';
  const { rows } = await db.executeQuery(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]));
  return JSON.stringify(rows);
}
