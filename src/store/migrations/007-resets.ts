import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

async function createResets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('resets')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('counts_as', 'text', (c) => c.notNull())
    .addColumn('wish', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.references('people.id').onDelete('cascade'))
    .addColumn('epoch', 'integer')
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_as', 'text')
    .execute();
  await db.schema.createIndex('resets_person').on('resets').column('person_id').execute();
  await db.schema.createIndex('resets_expiry').on('resets').column('expires_at').execute();
}

async function createAsks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reset_asks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('reset_id', 'text', (c) => c.notNull().references('resets.id').onDelete('cascade'))
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('destination', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_as', 'text')
    .execute();
  await db.schema.createIndex('reset_asks_reset').on('reset_asks').columns(['reset_id', 'method']).execute();
}

async function createIntents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('password_intents')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('kept', 'text')
    .addColumn('mark', 'text')
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('wrapped_private_key', 'text', (c) => c.notNull())
    .addColumn('keeps_answers', 'integer', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('begun_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .execute();
}

/** Resets under way and what was asked in them, passwords on their way into the directory, questions drawn for a reset. */
export const resets: Migration = {
  async up(db) {
    await createResets(db);
    await createAsks(db);
    await createIntents(db);
    await db.schema
      .createTable('drawn_questions')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('question_ids', 'text', (c) => c.notNull())
      .addColumn('drawn_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
