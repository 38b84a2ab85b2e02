import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What became of a message once it was handed over, found by its person, and by the other side's name for it. */
async function widenMessages(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['remote_id', 'text'],
    ['report', 'text'],
    ['reported_at', 'bigint'],
    ['report_reason', 'text'],
  ] as const;
  for (const [name, type] of columns) await db.schema.alterTable('messages').addColumn(name, type).execute();
  await db.schema
    .createIndex('messages_person')
    .on('messages')
    .columns(['person_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('messages_remote')
    .on('messages')
    .column('remote_id')
    .where(sql.ref('remote_id'), 'is not', null)
    .execute();
}

async function createSentTally(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sent_tally')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addColumn('cost', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sent_tally_pk', ['day', 'channel', 'country', 'currency'])
    .execute();
}

/** Reports of delivery, and what was sent at what cost. */
export const reports: Migration = {
  async up(db) {
    await widenMessages(db);
    await createSentTally(db);
  },
};
