import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By what a directory elsewhere knows a person for good, and who was seen there by the last look at everybody. */
export const directory: Migration = {
  async up(db) {
    await db.schema.alterTable('people').addColumn('directory_id', 'text').execute();
    await db.schema
      .createIndex('people_directory_id')
      .unique()
      .on('people')
      .column('directory_id')
      .where(sql.ref('directory_id'), 'is not', null)
      .execute();
    await db.schema
      .createTable('directory_seen')
      .addColumn('directory_id', 'text', (c) => c.primaryKey())
      .addColumn('run', 'bigint', (c) => c.notNull())
      .execute();
  },
};
