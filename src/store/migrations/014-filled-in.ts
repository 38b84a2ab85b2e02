import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

async function countWhatThereIs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('people')
    .addColumn('filled_in', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update people set filled_in =
    (select count(*) from registrations where person_id = people.id and proven_at is null)`.execute(db);
}

/** The index that carries all that is counted carries this as well; and whoever has something filled in has one. */
async function replaceIndexes(db: Kysely<unknown>): Promise<void> {
  const facts = ['appeared_at', 'last_check_at', 'disabled_at', 'demanded_at', 'filled_in'] as const;
  await db.schema.dropIndex('people_by_name').execute();
  await db.schema
    .createIndex('people_by_name')
    .on('people')
    .columns(['user_name', 'proven_methods', 'question_count', ...facts])
    .execute();
  await db.schema.dropIndex('registrations_filled_in').execute();
  await db.schema
    .createIndex('people_filled_in')
    .on('people')
    .column('user_name')
    .where(sql.ref('filled_in'), '>', sql.lit(0))
    .execute();
}

/** How much is filled in for a person and not proven stands in the person's row: a million are counted in one pass. */
export const filledIn: Migration = {
  async up(db) {
    await countWhatThereIs(db);
    await replaceIndexes(db);
  },
};
