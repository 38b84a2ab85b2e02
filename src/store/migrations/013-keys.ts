import type { Migration } from 'kysely/migration';

/** Which keys each node holds, so that none comes into use that one of them is without. */
export const keys: Migration = {
  async up(db) {
    await db.schema.alterTable('leases').addColumn('keys', 'text').execute();
  },
};
