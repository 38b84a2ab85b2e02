import type { Migration, MigrationProvider } from 'kysely/migration';
import { first } from './migrations/001-first.ts';
import { administrators } from './migrations/002-administrators.ts';
import { rules } from './migrations/003-rules.ts';
import { people } from './migrations/004-people.ts';
import { overdue } from './migrations/005-overdue.ts';
import { imports } from './migrations/006-imports.ts';
import { resets } from './migrations/007-resets.ts';
import { links } from './migrations/008-links.ts';
import { recoveries } from './migrations/009-recoveries.ts';
import { nodes } from './migrations/010-nodes.ts';
import { reports } from './migrations/011-reports.ts';
import { directory } from './migrations/012-directory.ts';
import { keys } from './migrations/013-keys.ts';
import { filledIn } from './migrations/014-filled-in.ts';

const migrations: Record<string, Migration> = {
  '001-first': first,
  '002-administrators': administrators,
  '003-rules': rules,
  '004-people': people,
  '005-overdue': overdue,
  '006-imports': imports,
  '007-resets': resets,
  '008-links': links,
  '009-recoveries': recoveries,
  '010-nodes': nodes,
  '011-reports': reports,
  '012-directory': directory,
  '013-keys': keys,
  '014-filled-in': filledIn,
};

/**
 * Every migration in the order of its name. They expand: a node of the version before goes on working beside a newer
 * one. What is not used any more goes a version later, by a migration that raises the floor (`floor.ts`).
 */
export const migrationProvider: MigrationProvider = {
  getMigrations: async () => migrations,
};
