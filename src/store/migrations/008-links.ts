import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

async function createStopLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stop_links')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema.createIndex('stop_links_person').on('stop_links').column('person_id').execute();
  await db.schema.createIndex('stop_links_expiry').on('stop_links').column('expires_at').execute();
}

async function createWaitingChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('waiting_changes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('lapses_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_as', 'text')
    .execute();
  // One live change per person waits.
  await db.schema
    .createIndex('waiting_changes_live')
    .unique()
    .on('waiting_changes')
    .column('person_id')
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
  await db.schema.createIndex('waiting_changes_lapse').on('waiting_changes').column('lapses_at').execute();
}

/** What a link in a notice leads to: stopping an account, and cancelling a change that waits. */
export const links: Migration = {
  async up(db) {
    await createStopLinks(db);
    await createWaitingChanges(db);
  },
};
