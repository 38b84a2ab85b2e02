import { existsSync } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readPerson } from '../../src/people/person.ts';
import { readKeysState } from '../../src/rotation/sealing-anew.ts';
import { exportLines } from '../../src/store/copy.ts';
import { signIn } from '../helpers/journeys.ts';
import { newFolder } from '../helpers/server.ts';
import { hour, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { followAndSeal, passSessions, ringOf, rotateAtOnce, sparekey } from './keys-command.ts';

const env = { DATABASE_URL: '', REDIS_URL: '' };

/** A folder of its own with this key ring in it, and no database yet. */
async function folderWith(ring: string): Promise<string> {
  const folder = await newFolder();
  await mkdir(dirname(ringOf(folder)), { recursive: true, mode: 0o700 });
  await writeFile(ringOf(folder), ring, { mode: 0o600 });
  return folder;
}

async function mailboxOf({ deps: { db, secrets } }: TestHouse, id: string) {
  return (await readPerson({ db, sealing: secrets.sealing }, id))?.workMailbox;
}

/** Takes a backup, and an export that is no longer fresh. */
async function copy(house: TestHouse): Promise<{ backup: string; exported: string }> {
  const folder = await newFolder();
  const [backup, exported] = [join(folder, 'copy.db'), join(folder, 'all.jsonl')];
  expect(await sparekey({ folder: house.folder, env }, ['backup', backup])).toMatchObject({ code: 0 });
  const made = await open(exported, 'w');
  for await (const lines of exportLines(house.deps.db, Date.now() - hour)) await made.write(lines);
  await made.close();
  return { backup, exported };
}

test('a backup and an export from before a rotation come back with the old key in the ring, and without it say which is missing', async () => {
  const house = await openTestHouse({ env });
  house.clock.now = Date.now() - hour;
  const { personId } = await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  await followAndSeal(house);
  const oldKey = house.house.keys.inUse().data;
  const { backup, exported } = await copy(house);
  const ringBefore = await readFile(ringOf(house.folder), 'utf8');
  await rotateAtOnce(house, env);
  const ringBetween = await readFile(ringOf(house.folder), 'utf8');

  // The old key is still in the ring: the newest is in use, and what the old one sealed is sealed anew.
  const folder = await folderWith(ringBetween);
  expect(await sparekey({ folder, env }, ['restore', backup])).toMatchObject({ code: 0 });
  const back = await openTestHouse({ env, folder });
  back.clock.now = Date.now();
  expect((await signIn(back, 'jan')).path).toBe('/register');
  expect(await mailboxOf(back, personId)).toBe('jan@example.org');
  await followAndSeal(back);
  expect(back.house.keys.inUse().data).toBe(house.house.keys.inUse().data);
  expect(await readKeysState(back.deps.db)).toMatchObject({ sealing: { done: 1, total: 1, broken: 0 } });
  expect(await mailboxOf(back, personId)).toBe('jan@example.org');

  // An export that is put back needs what sealed it, not what made codes and sessions of its time.
  const ringOfBack = await readFile(ringOf(folder), 'utf8');
  const imported = { folder: await folderWith(ringOfBack), env };
  expect(await sparekey(imported, ['import-backup', exported])).toMatchObject({
    code: 0,
    said: expect.stringContaining('not fresh'),
  });

  // The old key is retired: both are refused by its name, and nothing is made.
  await passSessions(house.deps.db);
  expect(await sparekey({ folder: house.folder, env }, ['keys', 'retire'])).toMatchObject({ code: 0 });
  const late = await folderWith(await readFile(ringOf(house.folder), 'utf8'));
  for (const args of [
    ['restore', backup],
    ['import-backup', exported],
  ])
    expect(await sparekey({ folder: late, env }, args), args[0]).toMatchObject({
      code: 1,
      said: expect.stringContaining(`${oldKey} (retired since)`),
    });
  expect(existsSync(join(late, 'data/sparekey.db'))).toBe(false);

  // With the ring of its time it opens.
  await writeFile(ringOf(late), ringBefore);
  expect(await sparekey({ folder: late, env }, ['restore', backup])).toMatchObject({ code: 0 });
  const again = await openTestHouse({ env, folder: late });
  expect((await signIn(again, 'jan')).path).toBe('/register');
  expect(await mailboxOf(again, personId)).toBe('jan@example.org');
});
