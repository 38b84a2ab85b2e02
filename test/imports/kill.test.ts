import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { followImport, readImport, stepImport } from '../../admin-tui/imports.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Deps } from '../../src/deps.ts';
import { openHouse } from '../../src/house.ts';
import { readPerson } from '../../src/people/person.ts';
import { readRegistrations } from '../../src/registrations/registration.ts';
import { addAdministrator, apiTokenOf } from '../helpers/administrators.ts';
import { databaseEnv } from '../helpers/database.ts';
import { csvOf, makeImporter } from '../helpers/imports.ts';
import { diskFolder } from '../helpers/quick-folder.ts';
import { startServer } from '../helpers/server.ts';

const count = 3000;

const file = csvOf([
  [
    'Login',
    'Naam',
    'E-mail',
    'Kantoortelefoon',
    'Groepen',
    'Privé e-mail',
    'Toestemming door',
    'Toestemming op',
    'Toestemming hoe',
  ],
  ...Array.from({ length: count }, (_, index) => [
    `person${String(index).padStart(5, '0')}`,
    `Persoon ${index}`,
    `p${index}@example.org`,
    index % 50 === 3 ? '12' : '020 794 0000',
    `A;B${index % 5}`,
    index % 3 === 0 ? `p${index}@example.com` : '',
    ...['Persoon', '2026-10-01', 'form'],
  ]),
]);

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(diskFolder(), 'sk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Does something with the house in a folder while no server is in it. */
async function inHouse<T>(folder: string, work: (deps: Deps) => Promise<T>): Promise<T> {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  const stores = await databaseEnv(folder);
  const DELIVERY = `folder:${join(folder, 'out')}`;
  const config = readConfig({ DATA_DIR: join(folder, 'data'), DELIVERY, ...stores });
  const house = await openHouse(config, { now: Date.now, terminal: sink, log: pino({ level: 'silent' }) });
  try {
    return await work(house.deps);
  } finally {
    await house.close();
  }
}

function prepare(folder: string): Promise<string> {
  return inHouse(folder, async (deps) => apiTokenOf(deps, await addAdministrator(deps, 'anna'), ['people']));
}

/** What stands of everybody imported, opened, without ids and times. */
function endState(folder: string): Promise<unknown[]> {
  return inHouse(folder, async (deps) => {
    const store = { db: deps.db, sealing: deps.secrets.sealing };
    const rows = await deps.db
      .selectFrom('people')
      .leftJoin('embedded_accounts', 'embedded_accounts.user_name', 'people.user_name')
      .select(['people.id', 'people.user_name', 'embedded_accounts.one_time'])
      .where('people.user_name', 'like', 'person%')
      .orderBy('people.user_name')
      .execute();
    const keys = await deps.db
      .selectFrom('search_keys')
      .selectAll()
      .orderBy('user_name')
      .orderBy('key')
      .execute();
    const keysOf = Map.groupBy(keys, ({ user_name }) => user_name);
    const people: unknown[] = [];
    for (const { id, user_name, one_time } of rows) {
      const person = await readPerson(store, id);
      if (!person) throw new Error('a row leads to nobody');
      const { appearedAt, id: _, ...facts } = person;
      const { workMailbox, officePhone, officePhoneText } = person;
      const methods = Object.values(await readRegistrations(store, id)).map(({ method, consent }) => ({
        method,
        consent: { ...consent, recordedBy: null },
      }));
      const keys = keysOf.get(user_name)?.map(({ key }) => key);
      people.push({ ...facts, workMailbox, officePhone, officePhoneText, one_time, methods, keys });
    }
    return people;
  });
}

test('killed in the middle, twice, and repeated, an import comes to the same end; once more it changes nothing', {
  timeout: 240_000,
}, async () => {
  const [folder, other] = [await makeFolder(), await makeFolder()];
  const importer = makeImporter({ socket: join(folder, 'data', 'admin.sock'), token: await prepare(folder) });
  const start = () => startServer({ folder, env: { SPAREKEY_TRIAL_PASSWORD: 'correct horse' } });
  const killAfter = async (id: string, rows: number) => {
    await stepImport(importer.door, id, 'run');
    await expect
      .poll(async () => (await readImport(importer.door, id)).progress.rowsDone, {
        interval: 5,
        timeout: 60_000,
      })
      .toBeGreaterThan(rows);
    server.child.kill('SIGKILL');
    expect(await server.ended).toBe('SIGKILL');
    server = await start();
    const one = await readImport(importer.door, id);
    expect(one.state).toBe('interrupted');
    expect(one.progress.rowsDone).toBeLessThan(count);
    expect((await importer.rows(id)).map(({ line }) => line)).toEqual(
      Array.from({ length: one.progress.rowsDone }, (_, index) => index + 2),
    );
    return one;
  };
  let server = await start();

  const { id } = await importer.check(file);
  const first = await killAfter(id, 0);
  const second = await killAfter(id, first.progress.rowsDone);
  const repeated = await importer.run(file);
  const done = second.totals.created;
  const created = count - count / 50;
  expect(repeated.one.totals).toEqual({
    created: created - done,
    updated: 0,
    disabled: 0,
    same: done,
    refused: count / 50,
  });
  await stepImport(importer.door, id, 'run');
  const goneOn = await followImport(importer.door, id, () => {});
  expect(goneOn).toMatchObject({ state: 'done', totals: { created: done, same: created - done } });
  expect(await importer.rows(id)).toHaveLength(count);
  expect((await importer.run(file)).one.totals).toMatchObject({ created: 0, updated: 0, same: created });
  expect(await readdir(join(folder, 'data', 'imports'))).toEqual([]);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);

  const unbroken = makeImporter({ socket: join(other, 'data', 'admin.sock'), token: await prepare(other) });
  server = await startServer({ folder: other });
  await unbroken.run(file);
  server.child.kill('SIGTERM');
  await server.ended;
  const [broken, whole] = [await endState(folder), await endState(other)];
  expect(whole).toHaveLength(created);
  expect(broken).toEqual(whole);
});
