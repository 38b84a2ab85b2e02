import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { raiseFloor } from '../../src/store/floor.ts';
import { migrationProvider } from '../../src/store/migrations.ts';
import type { Database } from '../../src/store/schema.ts';
import { Browser } from '../helpers/browser.ts';
import { askPhoneCode, typeCode, wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { type ServerProcess, spawnServer } from '../helpers/server.ts';
import { openCluster, password } from './cluster.ts';
import { makePostbox } from './outcome.ts';

async function signInAt(node: ServerProcess, userName: string): Promise<Browser> {
  const browser = await new Browser(node.url, { language: 'nl' }).open('/sign-in');
  const { signIn } = wordsOn(browser);
  return browser.fill(signIn.userName, userName).fill(signIn.password, password).press(signIn.submit);
}

/** The token that a node has shown for the first administrator. */
function tokenOf(node: ServerProcess): string {
  return /one-time token:\n\n +(\S+)\n/.exec(node.out())?.[1] ?? '';
}

async function openTokens(db: Database): Promise<number> {
  const rows = await db
    .selectFrom('administrator_invitations')
    .select('id')
    .where('name', 'is', null)
    .where('ended_at', 'is', null)
    .execute();
  return rows.length;
}

/** A code whose challenge is no more, held by the living node in this folder for an hour. */
async function holdMessage(db: Database, folder: string): Promise<void> {
  const nodes = await db.selectFrom('leases').select('name').execute();
  const owner = nodes.find(({ name }) => name.endsWith(folder))?.name ?? 'nobody';
  const at = Date.now();
  const times = { created_at: at, due_at: at, lease_until: at + 3_600_000 };
  const row = { channel: 'text', kind: 'code', content: null, rank: 0, attempts: 1, state: 'waiting' };
  await db
    .insertInto('messages')
    .values({ ...times, ...row, id: 'held', person_id: 'gone', challenge_id: 'gone', lease_owner: owner })
    .execute();
}

async function readMessage(db: Database) {
  return db.selectFrom('messages').selectAll().where('id', '=', 'held').executeTakeFirstOrThrow();
}

/** What the next version does to the schema, beside all that this one knows. */
async function migrateFurther(
  db: Database,
  name: string,
  up: (db: Database) => Promise<unknown>,
): Promise<void> {
  const known = await migrationProvider.getMigrations();
  const later = { up: async () => void (await up(db)) };
  const provider = { getMigrations: async () => ({ ...known, ...added, [name]: later }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  added[name] = later;
  expect(error).toBeUndefined();
}
const added: Record<string, { up(): Promise<void> }> = {};

needs('pg_ctlcluster')('several nodes on one PostgreSQL', () => {
  test('two that start at once share one trial, one ring and the first tokens; a start takes nothing from the living', async () => {
    const cluster = await openCluster();
    const [one, two] = await Promise.all([cluster.start('one'), cluster.start('two')]);
    const shown = [one, two].filter((node) => node.out().includes('shown only this once'));
    expect(shown).toHaveLength(1);
    expect(tokenOf(one)).not.toBe(tokenOf(two));
    await cluster.inside(async ({ deps: { db } }) => {
      expect(await db.selectFrom('people').select('id').execute()).toHaveLength(3);
      expect(await openTokens(db)).toBe(2);
    });

    // A message is in the hands of one of them.
    await cluster.inside(({ deps: { db } }) => holdMessage(db, '/one/data'));
    const three = await cluster.start('three');
    // Who starts beside it leaves that message alone, and both tokens.
    await cluster.inside(async ({ deps: { db } }) => {
      expect((await readMessage(db)).lease_owner).toMatch(/\/one\/data$/);
      expect(await openTokens(db)).toBe(3);
    });
    // Its holder dies, and another takes it up long before the lease would have run out.
    one.child.kill('SIGKILL');
    await one.ended;
    await cluster.inside(async ({ deps: { db } }) => {
      const state = async () => (await readMessage(db)).state;
      await expect.poll(state, { timeout: 120_000, interval: 100 }).toBe('dropped');
    });
    three.child.kill('SIGTERM');
    expect(await three.ended).toBe(0);
  }, 600_000);

  test('a node goes on beside a newer one that has expanded the schema, starts again beside it, and refuses what was taken away', async () => {
    const cluster = await openCluster();
    const old = await cluster.start('old');
    await cluster.inside(async ({ deps }) => {
      const nobody = { language: 'nl', workMailbox: null, officePhone: null, groups: [] } as const;
      for (const userName of ['eva', 'ada'])
        await addPerson(
          deps,
          { ...nobody, userName, displayName: userName },
          { actor: { kind: 'system' }, password },
        );
      await migrateFurther(deps.db, '998-next', async (db) => {
        await db.schema.alterTable('people').addColumn('of_the_next', 'text').execute();
        await db.schema
          .createTable('next_things')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .execute();
        await sql`update people set of_the_next = 'kept'`.execute(db);
      });
    });
    const second = await cluster.start('again');
    const readPost = makePostbox(cluster.out, { mails: [] });
    for (const [node, userName, digits] of [
      [old, 'eva', '12345671'],
      [second, 'ada', '12345672'],
    ] as const) {
      const browser = await signInAt(node, userName);
      await askPhoneCode(browser, `06 ${digits}`);
      const sent = async () => (await readPost()).find(({ to }) => to === `+316${digits}`)?.code;
      await expect.poll(sent, { timeout: 20_000 }).toBeDefined();
      // Half of it at the other node: the session and the challenge are everybody's.
      const other = new Browser((node === old ? second : old).url, { language: 'nl' });
      for (const [name, value] of browser.cookies) other.cookies.set(name, value);
      await other.open('/register/authentication-phone/code');
      await typeCode(other, (await sent()) ?? '');
      const { methods, register } = wordsOn(other);
      expect(other.row(methods.names['authentication-phone'])).toContain(register.states.ready);
    }
    await cluster.inside(async ({ deps }) => {
      const rows = await sql`select 1 from people where of_the_next = 'kept'`.execute(deps.db);
      expect(rows.rows.length).toBeGreaterThanOrEqual(2);
      await migrateFurther(deps.db, '999-contract', (db) => raiseFloor(db, '998-next'));
    });
    const late = await spawnServer({
      folder: cluster.folder,
      env: { ...cluster.env, DATA_DIR: 'again/data' },
    });
    expect(await late.ended).toBe(1);
    expect(late.said()).toContain('The database belongs to a newer Sparekey (998-next;');
    expect(late.said()).not.toMatch(/^\s+at /m);
  }, 600_000);
});
