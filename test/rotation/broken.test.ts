import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { peopleBinding, readPerson } from '../../src/people/person.ts';
import { writeKeysInUse } from '../../src/rotation/in-use.ts';
import { type DoorHouse, openDoorHouse } from '../admin-api/open-door.ts';
import { addAdministrator, apiTokenOf, sessionOf } from '../helpers/administrators.ts';
import { startReset } from '../helpers/resets.ts';
import { minute } from '../helpers/test-house.ts';
import { followAndSeal, keys, ringOf, rotateAtOnce } from './keys-command.ts';

const overviewSchema = z.object({ keys: z.unknown() });
const auditSchema = z.object({
  events: z.array(
    z.object({ event: z.string(), actor: z.unknown(), details: z.record(z.string(), z.unknown()) }),
  ),
});
const ringSchema = z.object({
  data: z.array(z.object({ id: z.string(), secret: z.string() })),
  codes: z.array(z.object({ secret: z.string() })),
  sessions: z.array(z.object({ secret: z.string() })),
});

async function readRing(folder: string) {
  return ringSchema.parse(JSON.parse(await readFile(ringOf(folder), 'utf8')));
}

/** Damages a sealed mailbox: the same key, other bytes. */
async function damage({ house }: DoorHouse, id: string): Promise<string> {
  const where = house.deps.db.updateTable('people').where('id', '=', id);
  const sealed = house.deps.secrets.sealing.seal(`${id}@example.org`, peopleBinding(id, 'work_mailbox'));
  const broken = `${sealed.slice(0, -8)}AAAAAAAA`;
  await where.set({ work_mailbox: broken }).execute();
  return broken;
}

/** A reset in which the answers were right keeps a proof that has nothing sealed in it. */
async function passByAnswers({ house }: DoorHouse): Promise<void> {
  const { deps, clock } = house;
  await startReset(house, 'jan');
  const { id: reset_id } = await deps.db.selectFrom('resets').select('id').executeTakeFirstOrThrow();
  const at = clock.now;
  const times = { created_at: at, expires_at: at, asked_at: at, ended_at: at };
  const row = { id: 'a', reset_id, method: 'security-questions', value: '', destination: 'questions' };
  await deps.db
    .insertInto('reset_asks')
    .values({ ...row, ...times, language: '', ended_as: 'passed' })
    .execute();
}

/** What administrators see: the keys in the overview, the figures, and the events about keys. */
async function see({ house, ask }: DoorHouse) {
  const anna = await addAdministrator(house.deps, 'anna');
  const token = await sessionOf(house.deps, anna);
  const metrics = await apiTokenOf(house.deps, anna, ['metrics']);
  const overview = overviewSchema.parse((await ask('GET', '/overview', { token })).body);
  const { events } = auditSchema.parse((await ask('GET', '/audit', { token })).body);
  return {
    keys: overview.keys,
    figures: (await ask('GET', '/metrics', { token: metrics })).raw,
    events: events.filter(({ event }) => /^(keys|data)-/.test(event)).toReversed(),
  };
}

test('a value that no key opens is named by its place, keeps nothing else from being done, and is left only when told to', async () => {
  const door = await openDoorHouse();
  const { house } = door;
  const { db } = house.deps;
  const ids = [];
  for (const name of ['jan', 'eva', 'ada']) {
    house.clock.now = Date.now();
    ids.push((await house.addPerson(name, { workMailbox: `${name}@example.org` })).personId);
  }
  const [jan = '', eva = '', ada = ''] = ids;
  await followAndSeal(house);
  const before = await see(door);
  expect(before.keys).toMatchObject({ sealing: { finished: true, unopenable: 0 } });
  expect(before.events, 'the first keys of a house are no change of keys').toEqual([]);
  const broken = [await damage(door, eva), await damage(door, ada)];
  await passByAnswers(door);

  await rotateAtOnce(house, { SUDO_USER: 'anna' });
  const person = await readPerson({ db, sealing: house.deps.secrets.sealing }, jan);
  expect(person?.workMailbox, 'the rest is done').toBe('jan@example.org');
  const warned = house.log.filter((line) => line.includes('cannot be opened'));
  expect(warned).toHaveLength(1);
  for (const id of [eva, ada]) expect(warned[0]).toContain(`people.work_mailbox of the row with id ${id}`);

  // It is refused, with where they stand and not what is in them.
  const refused = await keys(house.folder, 'retire');
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('No key opens these 2 values');
  for (const id of [eva, ada])
    expect(refused.said).toContain(`  people.work_mailbox of the row with id ${id}\n`);
  expect(refused.said).toContain('sparekey keys retire --leave-broken 2');
  for (const value of broken) expect(refused.said + warned.join()).not.toContain(value.slice(-30));
  expect((await keys(house.folder)).said).toContain(`people.work_mailbox of the row with id ${eva}\n`);

  // One is taken away by hand: that is seen at once.
  await db.updateTable('people').set({ work_mailbox: null }).where('id', '=', ada).execute();
  const one = await keys(house.folder, 'retire');
  expect(one.said).toContain('No key opens this value');
  expect(one.said).not.toContain(ada);
  for (const wrong of [['--leave-broken'], ['--leave-broken', '1', '2']])
    expect((await keys(house.folder, 'retire', ...wrong)).code, wrong.join(' ')).toBe(2);

  const rings = await readRing(house.folder);
  const during = await see(door);
  expect(during.keys).toMatchObject({ sealing: { done: 2, total: 4, unopenable: 2, finished: true } });
  expect(during.figures).toMatch(/^sparekey_sealing_done_ratio 0\.5$/m);
  expect(during.figures).toMatch(/^sparekey_sealing_unopenable 2$/m);
  expect(during.figures).toMatch(/^sparekey_keys_in_use_since_seconds \d+/m);
  expect((await keys(house.folder, 'retire', '--leave-broken', '1')).code).toBe(0);
  await followAndSeal(house);
  expect((await readRing(house.folder)).data).toHaveLength(1);

  // Who did what with which key is in the audit; the keys themselves are not.
  const { events } = await see(door);
  expect(events.map(({ event }) => event)).toEqual([
    'keys-added',
    'keys-taken-into-use',
    'data-sealed-anew',
    'keys-retired',
  ]);
  const [added, , sealed, retired] = events;
  const [newest, oldest] = rings.data;
  expect(added).toMatchObject({ actor: { kind: 'system' }, details: { data: newest?.id } });
  expect(added?.details.by).toMatch(/^anna as \S+@\S+$/);
  expect(sealed?.details).toEqual({ key: newest?.id, values: 2, unopenable: 2 });
  expect(retired?.details).toMatchObject({
    data: oldest?.id,
    unopenable: 1,
    by: String(added?.details.by).replace('anna as ', ''),
  });
  const told = JSON.stringify(events);
  for (const { secret } of [...rings.data, ...rings.codes, ...rings.sessions])
    expect(told).not.toContain(secret);

  // What was left is looked at again later, and known once it is mended.
  const mended = house.deps.secrets.sealing.seal('eva@example.org', peopleBinding(eva, 'work_mailbox'));
  await db.updateTable('people').set({ work_mailbox: mended }).where('id', '=', eva).execute();
  house.wait(11 * minute);
  await followAndSeal(house);
  expect(await see(door)).toMatchObject({
    keys: { sealing: { unopenable: 0, finished: true } },
    figures: expect.stringMatching(/^sparekey_sealing_done_ratio 1$/m),
    events: { length: 4 },
  });
});

test('before sealing anew has begun the overview says so', async () => {
  const door = await openDoorHouse();
  await followAndSeal(door.house);
  const inUse = door.house.house.keys.inUse();
  await writeKeysInUse(door.house.deps.db, { ...inUse, data: 'another-key' });
  expect(await see(door)).toMatchObject({
    keys: { sealing: { done: 0, total: 0, finished: false } },
    figures: expect.stringMatching(/^sparekey_sealing_done_ratio 0$/m),
  });
});
