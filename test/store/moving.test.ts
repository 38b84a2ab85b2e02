import { copyFile, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { exportLines } from '../../src/store/copy.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';
import { tableKeys } from '../../src/store/table-keys.ts';
import { askPhoneCode, signIn, typeCode } from '../helpers/journeys.ts';
import { needsPostgres, startPostgres } from '../helpers/postgres-server.ts';
import { spawnServer, startServer } from '../helpers/server.ts';
import { hour, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const embedded = { DATABASE_URL: '', REDIS_URL: '' };
const phone = '+31612345678';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-move-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command as a process of its own; gives its exit code and what it said. */
async function sparekey(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = await spawnServer({ folder, args, env: { ...embedded, ...env } });
  const code = await child.ended;
  expect(child.said(), 'said in words, without a stack').not.toMatch(/^\s+at /m);
  return { code, said: child.said() };
}

function openAt(databaseUrl: string): Database {
  const db = openDatabase({ databaseUrl, databaseFile: '' }, { onBroken: () => {} });
  onTestFinished(() => db.destroy());
  return db;
}

async function contentsOf(db: Database): Promise<Map<string, unknown[]>> {
  const contents = new Map<string, unknown[]>();
  for (const [table, key] of Object.entries(tableKeys)) {
    const order = sql.join(key.map((column) => sql.ref(column)));
    const { rows } = await sql`select * from ${sql.table(table)} order by ${order}`.execute(db);
    const sorted = rows.map((row) => JSON.stringify(row, Object.keys(Object(row)).toSorted())).toSorted();
    contents.set(table, sorted);
  }
  return contents;
}

/** A house with a person who registered a phone, and many others; closed, so that its folder can be moved. */
async function makeHouse(): Promise<TestHouse> {
  const house = await openTestHouse({ env: embedded });
  await house.addPerson('jan', { workMailbox: 'jan@example.org', groups: ['a', 'b'] });
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '06 12345678');
  await typeCode(browser, await house.codeFor(phone));
  await house.deps.db
    .insertInto('people')
    .values(
      Array.from({ length: 1300 }, (_, number) => ({
        id: `id${number}`,
        user_name: `person${number}é`,
        display_name: `Zoë "${number}"\n\u{1f600}`,
        appeared_at: number,
        session_epoch: 0,
        proven_methods: 0,
        question_count: 0,
      })),
    )
    .execute();
  // What waits to be sent is sent, so that nothing changes while its rows are compared.
  await house.messages();
  return house;
}

needsPostgres('moving from the embedded database to PostgreSQL', () => {
  test('every row of every table arrives, the keys apart, and the person signs in there', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.remove());
    const house = await makeHouse();
    const [file, target] = [join(await newFolder(), 'all.jsonl'), await newFolder()];
    expect(await sparekey(house.folder, ['export', file])).toMatchObject({ code: 0 });
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(phone);

    const env = { DATABASE_URL: server.url };
    const without = await sparekey(target, ['import-backup', file], env);
    expect(without).toMatchObject({ code: 1, said: expect.stringContaining('put that file there first') });
    await mkdir(join(target, 'data', 'keys'), { recursive: true, mode: 0o700 });
    await copyFile(join(house.folder, 'data/keys/ring.json'), join(target, 'data/keys/ring.json'));
    expect(await sparekey(target, ['import-backup', file], env)).toMatchObject({ code: 0 });

    const [from, to] = [await contentsOf(house.deps.db), await contentsOf(openAt(server.url))];
    for (const [table, rows] of from) expect(to.get(table), table).toEqual(rows);
    const filled = [...from].filter(([, rows]) => rows.length > 0).map(([table]) => table);
    for (const table of ['people', 'registrations', 'challenges', 'messages', 'audit', 'sessions', 'limits'])
      expect(filled).toContain(table);

    const again = await sparekey(target, ['import-backup', file], env);
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('not empty') });
    const moved = await openTestHouse({ env, folder: target });
    const browser = await signIn(moved, 'jan');
    expect(browser.path).toBe('/register');
    expect((await moved.audit()).at(-1)?.event).toBe('person-signed-in');
  });
});

test('an export that was cut off, changed, of another version, or none at all is refused, and nothing of it is kept', async () => {
  const house = await makeHouse();
  const file = join(await newFolder(), 'all.jsonl');
  await sparekey(house.folder, ['export', file]);
  const text = await readFile(file, 'utf8');
  const bad = {
    'ends too early': `${text.split('\n').slice(0, -2).join('\n')}\n`,
    'was changed': text.replace('person700', 'person7OO'),
    'another version': text.replace('"001-first",', ''),
    'no export': 'hello\n',
  };
  const target = await newFolder();
  await mkdir(join(target, 'data', 'keys'), { recursive: true, mode: 0o700 });
  await copyFile(join(house.folder, 'data/keys/ring.json'), join(target, 'data/keys/ring.json'));
  for (const [why, content] of Object.entries(bad)) {
    const one = join(target, 'bad.jsonl');
    await writeFile(one, content);
    expect(await sparekey(target, ['import-backup', one]), why).toMatchObject({
      code: 1,
      said: expect.stringContaining(why),
    });
  }
  expect(await sparekey(target, ['import-backup', file])).toMatchObject({ code: 0 });
  expect(await sparekey(house.folder, ['export', file])).toMatchObject({ code: 1 });
});

test('S71 an export that is no longer fresh revives no code and no session either', async () => {
  const house = await makeHouse();
  const [file, target] = [join(await newFolder(), 'all.jsonl'), await newFolder()];
  const made = await open(file, 'w');
  for await (const lines of exportLines(house.deps.db, Date.now() - hour)) await made.write(lines);
  await made.close();
  await mkdir(join(target, 'data', 'keys'), { recursive: true, mode: 0o700 });
  await copyFile(join(house.folder, 'data/keys/ring.json'), join(target, 'data/keys/ring.json'));
  const imported = await sparekey(target, ['import-backup', file]);
  expect(imported).toMatchObject({ code: 0, said: expect.stringContaining('not fresh') });
  const back = await openTestHouse({ env: embedded, folder: target });
  for (const table of ['sessions', 'administrator_sessions', 'password_intents'] as const)
    expect(await back.deps.db.selectFrom(table).selectAll().execute()).toEqual([]);
  expect(back.deps.secrets.codes.keyId).not.toBe(house.deps.secrets.codes.keyId);
  expect((await signIn(back, 'jan')).path).toBe('/register');
});

test('a backup is taken while the server runs; a restore refuses beside it, and then revives no code and no session (S71)', async () => {
  const folder = await newFolder();
  const env = { ...embedded, SPAREKEY_TRIAL_PASSWORD: 'correct horse battery' };
  const server = await startServer({ folder, env });
  const file = join(folder, 'copy.db');
  expect(await sparekey(folder, ['backup', file])).toMatchObject({ code: 0 });
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
  expect(await sparekey(folder, ['restore', file])).toMatchObject({
    code: 1,
    said: expect.stringContaining('stop it first'),
  });
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const before = JSON.parse(await readFile(join(folder, 'data/keys/ring.json'), 'utf8'));
  expect(await sparekey(folder, ['restore', file])).toMatchObject({ code: 0 });
  const after = JSON.parse(await readFile(join(folder, 'data/keys/ring.json'), 'utf8'));
  expect(after.data).toEqual(before.data);
  for (const use of ['codes', 'sessions']) {
    expect(after[use]).toHaveLength(1);
    expect(after[use]).not.toEqual(before[use]);
  }
  const again = await startServer({ folder, env });
  expect(again.out()).not.toContain('shown only this once');
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);

  const elsewhere = await newFolder();
  for (const args of [
    ['export', 'x'],
    ['backup', 'x'],
    ['restore', 'x'],
  ])
    expect(await sparekey(elsewhere, args)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/no database|not there/),
    });
  await writeFile(join(folder, 'none.db'), 'hello');
  expect(await sparekey(folder, ['restore', join(folder, 'none.db')])).toMatchObject({
    code: 1,
    said: expect.stringContaining('no backup'),
  });
});

test('S71 who was signed in, and a code that was on its way, when the backup was made are nothing after a restore', async () => {
  const house = await openTestHouse({ env: embedded });
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '06 12345678');
  const code = await house.codeFor(phone);
  const file = join(await newFolder(), 'copy.db');
  expect(await sparekey(house.folder, ['backup', file])).toMatchObject({ code: 0 });
  const target = await newFolder();
  await mkdir(join(target, 'data', 'keys'), { recursive: true, mode: 0o700 });
  await copyFile(join(house.folder, 'data/keys/ring.json'), join(target, 'data/keys/ring.json'));
  expect(await sparekey(target, ['restore', file])).toMatchObject({ code: 0 });

  const back = await openTestHouse({ env: embedded, folder: target });
  const held = back.browser();
  for (const [name, value] of browser.cookies) held.cookies.set(name, value);
  await held.open('/register');
  expect(held.path).toMatch(/^\/sign-in/);
  const [challenge] = await back.deps.db.selectFrom('challenges').selectAll().execute();
  expect(challenge?.ended_as).toBe('cancelled');
  expect(back.deps.secrets.codes.matches(challenge?.id ?? '', challenge?.key_id ?? '', code)).toBe(false);
  await signIn(back, 'jan', held);
  await held.open('/register/authentication-phone/code');
  expect(held.path).not.toBe('/register/authentication-phone/code');
  back.wait(hour);
});
