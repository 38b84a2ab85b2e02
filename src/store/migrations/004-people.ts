import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../engine.ts';

/** SQLite compares text bytewise by itself; PostgreSQL has to be told. */
async function sortBytewise(db: Kysely<unknown>): Promise<void> {
  await sql`alter table people alter column user_name type text collate "C"`.execute(db);
  await sql`alter table memberships alter column group_name type text collate "C"`.execute(db);
  await sql`alter table limits alter column key type text collate "C"`.execute(db);
}

async function createSearchKeys(db: Kysely<unknown>): Promise<void> {
  const bytewise = isPostgres(db) ? sql`text collate "C"` : 'text';
  await db.schema
    .createTable('search_keys')
    .addColumn('user_name', bytewise, (c) => c.notNull().references('people.user_name').onDelete('cascade'))
    .addColumn('key', bytewise, (c) => c.notNull())
    .addPrimaryKeyConstraint('search_keys_pk', ['user_name', 'key'])
    .execute();
  await db.schema.createIndex('search_keys_prefix').on('search_keys').columns(['key', 'user_name']).execute();
}

async function createAccessCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_codes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('code_hash', 'text')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('requested_by', 'text', (c) => c.notNull())
    .addColumn('requested_at', 'bigint', (c) => c.notNull())
    .addColumn('approved_by', 'text')
    .addColumn('approved_at', 'bigint')
    .addColumn('collected_at', 'bigint')
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('cancelled_at', 'bigint')
    .execute();
  // One open code per person: a new one ends the old.
  await db.schema
    .createIndex('access_codes_open')
    .unique()
    .on('access_codes')
    .column('person_id')
    .where(sql.ref('used_at'), 'is', null)
    .where(sql.ref('cancelled_at'), 'is', null)
    .execute();
  await db.schema.createIndex('access_codes_person').on('access_codes').column('person_id').execute();
}

async function widenPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('people').addColumn('blocked_at', 'bigint').execute();
  await db.schema.alterTable('people').addColumn('blocked_why', 'text').execute();
  await db.schema
    .alterTable('people')
    .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

async function widenMemberships(db: Kysely<unknown>): Promise<void> {
  const bytewise = isPostgres(db) ? sql`text collate "C"` : 'text';
  await db.schema.alterTable('memberships').addColumn('user_name', bytewise).execute();
  await sql`update memberships set user_name =
    (select people.user_name from people where people.id = memberships.person_id)`.execute(db);
  await db.schema
    .createIndex('memberships_group')
    .on('memberships')
    .columns(['group_name', 'user_name'])
    .execute();
}

async function indexGivenUp(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('messages_given_up')
    .on('messages')
    .columns(['person_id', 'finished_at'])
    .where(sql.ref('state'), '=', sql.lit('given-up'))
    .execute();
}

/** Finding people among a million, groups by name, one-time access codes, and people who are blocked. */
export const people: Migration = {
  async up(db) {
    if (isPostgres(db)) await sortBytewise(db);
    await widenPeople(db);
    await createSearchKeys(db);
    await createAccessCodes(db);
    await widenMemberships(db);
    await indexGivenUp(db);
  },
};
