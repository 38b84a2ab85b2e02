import type { Migration, MigrationProvider } from 'kysely/migration';
import { first } from './migrations/001-first.ts';

const migrations: Record<string, Migration> = { '001-first': first };

/** Every migration in the order of its name; later ones expand first and contract a version later. */
export const migrationProvider: MigrationProvider = {
  getMigrations: async () => migrations,
};
