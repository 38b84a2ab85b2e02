import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from './schema.ts';

/** The database was changed by a version that this one cannot work beside; the message says what to do. */
export class SchemaUnfit extends Error {
  override readonly name = 'SchemaUnfit';
}

const floor = 'schema-floor';

/**
 * For a migration that takes something away: from now on a node must know the migration of this name, whose version
 * was the first to do without. Older nodes have to be stopped before, and refuse to start after.
 */
export async function raiseFloor(db: Pick<Kysely<unknown>, 'getExecutor'>, name: string): Promise<void> {
  await sql`insert into meta (name, value) values (${floor}, ${name})
    on conflict (name) do update set value = excluded.value`.execute(db);
}

function never(name: string): Migration {
  return {
    up: async () => {
      throw new Error(`${name} is not known to this version.`);
    },
  };
}

async function readNames(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

async function readFloor(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`select value from meta where name = ${floor}`.execute(db);
  return rows[0]?.value;
}

/**
 * The migrations that a newer version has done here and this one does not know, so that they can stand beside its own
 * as done. Throws `SchemaUnfit` when one of them took away what this version needs, or is not newer at all.
 */
export async function readNewer(db: Database, known: readonly string[]): Promise<Record<string, Migration>> {
  const unknown = (await readNames(db)).filter((name) => !known.includes(name));
  if (unknown.length === 0) return {};
  const last = known.toSorted().at(-1) ?? '';
  const stray = unknown.find((name) => name < last);
  if (stray !== undefined)
    throw new SchemaUnfit(
      `The database has a change (${stray}) that belongs to another Sparekey than this one: check DATABASE_URL.`,
    );
  const needed = await readFloor(db);
  if (needed !== undefined && !known.includes(needed))
    throw new SchemaUnfit(
      `The database belongs to a newer Sparekey (${needed}; this one knows up to ${last}): start that version.`,
    );
  return Object.fromEntries(unknown.map((name) => [name, never(name)]));
}
