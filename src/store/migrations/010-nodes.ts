import type { Migration } from 'kysely/migration';

/** Which node holds what, so that others take up only what a dead one held; whose token of the first administrator it is. */
export const nodes: Migration = {
  async up(db) {
    await db.schema.alterTable('messages').addColumn('lease_owner', 'text').execute();
    await db.schema.alterTable('password_intents').addColumn('lease_owner', 'text').execute();
    await db.schema.alterTable('administrator_invitations').addColumn('made_on', 'text').execute();
  },
};
