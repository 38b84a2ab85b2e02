import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { readNewer } from './floor.ts';
import { withoutHurry } from './hurry.ts';
import { migrationProvider } from './migrations.ts';
import { openNodeSqlite } from './node-sqlite.ts';
import { openPostgres, type PostgresNeeds } from './postgres.ts';
import type { Database, Db, Tables } from './schema.ts';

/** Opens the embedded database in one file; makes the file when it is not there. */
export function openEmbeddedDatabase(file: string): Database {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(file) }) });
}

/** Opens the database that the configuration names: PostgreSQL where there is a URL, else the embedded one. */
export function openDatabase(
  { databaseUrl, databaseFile }: { databaseUrl: string | undefined; databaseFile: string },
  needs: PostgresNeeds,
): Database {
  return databaseUrl === undefined ? openEmbeddedDatabase(databaseFile) : openPostgres(databaseUrl, needs);
}

/**
 * Brings the schema up to this version; throws when a migration fails, and then nothing of it is kept. What a newer
 * version has added is left as it is; throws `SchemaUnfit` when that version has taken something away.
 */
export async function migrate(db: Database): Promise<void> {
  const own = await migrationProvider.getMigrations();
  const newer = await readNewer(db, Object.keys(own));
  const provider = { getMigrations: async () => ({ ...own, ...newer }) };
  const { error } = await withoutHurry(db, (alone) =>
    new Migrator({ db: alone, provider }).migrateToLatest(),
  );
  if (!error) return;
  // A newer node may have come between the look and the lock.
  const now = await readNewer(db, Object.keys(own));
  if (Object.keys(now).length === Object.keys(newer).length) throw error;
  await migrate(db);
}

/** Does the work in one transaction, joining the one that is already open. Await nothing but the database inside. */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Reads a fact of the installation itself. */
export async function readMeta(db: Db, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Keeps a fact of the installation itself. */
export async function writeMeta(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}
