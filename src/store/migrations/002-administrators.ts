import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('administrators')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('mail', 'text')
    .addColumn('language', 'text')
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addColumn('password_changed_at', 'bigint', (c) => c.notNull())
    .addColumn('added_at', 'bigint', (c) => c.notNull())
    .addColumn('added_by', 'text')
    .addColumn('last_sign_in_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('removed_by', 'text')
    .execute();
  // A removed account keeps its row, so that the audit can name it; its name is free again.
  await db.schema
    .createIndex('administrators_name')
    .unique()
    .on('administrators')
    .column('name')
    .where(sql.ref('removed_at'), 'is', null)
    .execute();
}

async function createInvitations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('administrator_invitations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text')
    .addColumn('display_name', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('mail', 'text')
    .addColumn('language', 'text')
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('made_by', 'text')
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
}

async function createWaysIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('administrator_sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('administrator_id', 'text', (c) =>
      c.notNull().references('administrators.id').onDelete('cascade'),
    )
    .addColumn('via', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('administrator_sessions_of')
    .on('administrator_sessions')
    .column('administrator_id')
    .execute();
  await db.schema
    .createTable('administrator_gates')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('administrator_id', 'text', (c) =>
      c.notNull().references('administrators.id').onDelete('cascade'),
    )
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('ended_at', 'bigint')
    .execute();
}

async function createApiTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull().references('administrators.id').onDelete('cascade'))
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('revoked_by', 'text')
    .execute();
}

/** The administrators: their accounts, invitations, sessions, codes by mail at sign-in, and API tokens. */
export const administrators: Migration = {
  async up(db) {
    await createAccounts(db);
    await createInvitations(db);
    await createWaysIn(db);
    await createApiTokens(db);
  },
};
