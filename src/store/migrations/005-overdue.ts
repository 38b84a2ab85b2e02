import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * One index per order in which overdue people are paged. Each carries every column its scan looks at: a partial index
 * alone is not covering, and a million look-ups in the table take seconds.
 */
async function indexStandings(db: Kysely<unknown>): Promise<void> {
  const facts = ['disabled_at', 'demanded_at'] as const;
  await db.schema
    .createIndex('people_by_appearance')
    .on('people')
    .columns(['proven_methods', 'question_count', 'appeared_at', 'user_name', 'last_check_at', ...facts])
    .execute();
  await db.schema
    .createIndex('people_by_check')
    .on('people')
    .columns(['proven_methods', 'question_count', 'last_check_at', 'user_name', ...facts])
    .where(sql.ref('last_check_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('people_demanded')
    .on('people')
    .columns(['demanded_at', 'user_name', 'proven_methods', 'question_count', 'disabled_at'])
    .where(sql.ref('demanded_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('people_disabled')
    .on('people')
    .columns(['id', 'user_name', 'disabled_at'])
    .where(sql.ref('disabled_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('people_by_name')
    .on('people')
    .columns(['user_name', 'proven_methods', 'question_count', 'appeared_at', 'last_check_at', ...facts])
    .execute();
}

async function createReminders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminders')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
    .addColumn('for_due', 'bigint', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}

/** What waits is taken by rank: codes, then notices, then reminders, each in the order in which it is due. */
async function rankMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('messages')
    .addColumn('rank', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema
    .createIndex('messages_by_rank')
    .on('messages')
    .columns(['rank', 'due_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute();
}

/** Who is overdue among a million, what was asked since when, and who was reminded of it. */
export const overdue: Migration = {
  async up(db) {
    await db.schema.alterTable('policies').addColumn('askings', 'text').execute();
    await db.schema
      .createIndex('registrations_filled_in')
      .on('registrations')
      .column('person_id')
      .where(sql.ref('proven_at'), 'is', null)
      .execute();
    await indexStandings(db);
    await createReminders(db);
    await rankMessages(db);
  },
};
