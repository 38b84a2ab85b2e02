import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

async function createRecoveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('administrator_recoveries')
    .addColumn('token', 'text', (c) => c.primaryKey())
    .addColumn('administrator_id', 'text', (c) =>
      c.notNull().references('administrators.id').onDelete('cascade'),
    )
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('administrator_recoveries_account')
    .on('administrator_recoveries')
    .column('administrator_id')
    .execute();
}

/** The way back for an administrator who forgot the password: a one-time token made on the server's machine. */
export const recoveries: Migration = {
  async up(db) {
    await createRecoveries(db);
  },
};
