import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { releaseLeases } from '../../src/delivery/lease.ts';
import { takeOver } from '../../src/housekeeping.ts';
import { releasePasswordLeases } from '../../src/passwords/resume.ts';
import { migrate } from '../../src/store/database.ts';
import { raiseFloor, SchemaUnfit } from '../../src/store/floor.ts';
import { migrationProvider } from '../../src/store/migrations.ts';
import { beat, endNode } from '../../src/store/nodes.ts';
import type { Database } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { openTestHouse } from '../helpers/test-house.ts';

async function openDatabase(): Promise<Database> {
  const db = await openTestDatabase();
  onTestFinished(() => db.destroy());
  return db;
}

const now = 1_000_000_000;

/** One message in the hands of each of these. */
async function holdAll(db: Database, owners: readonly (string | null)[]): Promise<void> {
  const times = { created_at: now, due_at: now, lease_until: now + 60_000 };
  const row = { channel: 'text', kind: 'code', content: null, attempts: 1, state: 'waiting' };
  const rows = owners.map((owner) => ({
    ...times,
    ...row,
    id: `of ${owner}`,
    person_id: null,
    challenge_id: null,
    lease_owner: owner,
  }));
  await db.insertInto('messages').values(rows).execute();
}

async function held(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('messages').select('id').where('lease_until', 'is not', null).execute();
  return rows.map(({ id }) => id).toSorted();
}

test('a start frees what its own former self and the dead held, and nothing of the living or of an older version', async () => {
  const db = await openDatabase();
  await beat(db, 'node:living', now);
  await beat(db, 'node:silent', now - 60_000);
  await beat(db, 'node:starting', now);
  await holdAll(db, ['node:living', 'node:silent', 'node:ended', 'node:starting', null]);
  await releaseLeases(db, { now });
  expect(await held(db)).toEqual(['of node:living', 'of node:starting', 'of null']);
  await releaseLeases(db, { now, starting: 'node:starting' });
  expect(await held(db)).toEqual(['of node:living', 'of null']);
  await endNode(db, 'node:living');
  await releaseLeases(db, { now });
  expect(await held(db)).toEqual(['of null']);
  await releaseLeases(db);
  expect(await held(db)).toEqual([]);
});

test('a node that was held up for longer than it counts as living keeps what it has in its own hands', async () => {
  const { deps } = await openTestHouse();
  const { db, config } = deps;
  await beat(db, config.node, deps.now() - 60_000);
  await holdAll(db, [config.node, 'node:dead']);
  await takeOver(deps);
  expect(await held(db)).toEqual([`of ${config.node}`]);
});

async function intentsHeld(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('password_intents').select('id').where('lease_until', '>', 0).execute();
  return rows.map(({ id }) => id).toSorted();
}

test('a password that another node is setting is not given up before its lease has run out, however silent the node', async () => {
  const house = await openTestHouse();
  const { deps } = house;
  const { db, config } = deps;
  const nodes = [config.node, 'node:silent'];
  for (const [index, node] of nodes.entries()) {
    const person = await house.addPerson(`person${index}`);
    const keys = { public_key: '', wrapped_private_key: '', keeps_answers: 0 };
    const times = { begun_at: deps.now(), lease_until: deps.now() + 60_000 };
    const what = { id: node, reason: 'reset', kept: null, mark: null, address: '' };
    await db
      .insertInto('password_intents')
      .values({ ...what, ...keys, ...times, person_id: person.personId, lease_owner: node })
      .execute();
  }
  await takeOver(deps);
  expect(await intentsHeld(db)).toEqual(nodes.toSorted());
  await releasePasswordLeases(db, config.node);
  expect(await intentsHeld(db)).toEqual(['node:silent']);
});

/** Does what a newer version does: all that this one knows, and more. */
async function migrateAsNewer(db: Database, newer: Record<string, () => Promise<void>>): Promise<unknown> {
  const known = await migrationProvider.getMigrations();
  const added = Object.fromEntries(Object.entries(newer).map(([name, up]) => [name, { up }]));
  const provider = { getMigrations: async () => ({ ...known, ...added }) };
  return (await new Migrator({ db, provider }).migrateToLatest()).error;
}

test('a version beside a newer one takes its additions for done, and refuses once something it needs is gone', async () => {
  const db = await openDatabase();
  const add = async () => void (await db.schema.createTable('next_things').addColumn('id', 'text').execute());
  // On SQLite there is one connection, which the migration has: what it adds is added beforehand.
  await add();
  expect(await migrateAsNewer(db, { '998-next': async () => {} })).toBeUndefined();
  await migrate(db);
  await migrate(db);
  await raiseFloor(db, '010-nodes');
  await migrate(db);
  await raiseFloor(db, '998-next');
  await expect(migrate(db)).rejects.toThrow(SchemaUnfit);
  await expect(migrate(db)).rejects.toThrow('belongs to a newer Sparekey (998-next;');
});

test('a database with a change that is not newer but of somebody else is refused', async () => {
  const db = await openDatabase();
  await sql`insert into kysely_migration (name, timestamp) values ('000-other', '2026-11-01T00:00:00.000Z')`.execute(
    db,
  );
  await expect(migrate(db)).rejects.toThrow('belongs to another Sparekey');
});
