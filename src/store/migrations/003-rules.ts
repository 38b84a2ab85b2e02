import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

async function createSeals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_seals')
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('from_seq', 'bigint', (c) => c.notNull())
    .addColumn('to_seq', 'bigint', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('checkpoint', 'text')
    .execute();
}

/** One index per way in which the audit is looked through, newest first. */
async function indexAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('audit_at').on('audit').columns(['at', 'seq']).execute();
  await db.schema.createIndex('audit_actor').on('audit').columns(['actor', 'at', 'seq']).execute();
  await db.schema.createIndex('audit_event').on('audit').columns(['event', 'at', 'seq']).execute();
  await db.schema
    .createIndex('audit_refused')
    .on('audit')
    .columns(['at', 'seq'])
    .where(sql.ref('outcome'), '=', sql.lit('refused'))
    .execute();
}

async function rememberChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('questions')
    .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('questions').addColumn('changed_at', 'bigint').execute();
  await db.schema.alterTable('questions').addColumn('changed_by', 'text').execute();
  await db.schema.alterTable('questions').addColumn('replaces', 'text').execute();
}

/** Seals over the audit, ways to look through it, and who changed which question last. */
export const rules: Migration = {
  async up(db) {
    await createSeals(db);
    await indexAudit(db);
    await rememberChanges(db);
  },
};
