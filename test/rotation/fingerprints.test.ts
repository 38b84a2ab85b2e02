import { expect, test } from 'vitest';
import { inTransaction } from '../../src/deps.ts';
import { destinationFingerprint } from '../../src/methods/destination-fingerprint.ts';
import type { AddressedMethod } from '../../src/methods/method.ts';
import { readPerson } from '../../src/people/person.ts';
import { readPolicy } from '../../src/policy/versions.ts';
import { registerMethod } from '../../src/registrations/register-method.ts';
import { followKeys } from '../../src/rotation/follow.ts';
import { readKeyRing } from '../../src/secrets/key-ring.ts';
import { makeSealing } from '../../src/secrets/sealing.ts';
import {
  addRegistered,
  choosePassword,
  ownMail,
  ownPhone,
  passMail,
  passPhone,
  startReset,
} from '../helpers/resets.ts';
import { hour, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { followAndSeal, keys, ringOf } from './keys-command.ts';

const phone = { kind: 'authentication-phone', number: ownPhone, channel: 'text' } as const;
const office = { kind: 'office-phone', number: ownPhone, extension: null, channel: 'call' } as const;
const mail = { kind: 'authentication-email', address: ownMail } as const;

async function destinations({ deps: { db } }: TestHouse): Promise<string[]> {
  const tables = ['registrations', 'challenges', 'reset_asks'] as const;
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).select('destination').execute()));
  return rows.flat().map(({ destination }) => destination);
}

async function provenMethods({ deps: { db } }: TestHouse, id: string): Promise<number> {
  const row = await db
    .selectFrom('people')
    .select('proven_methods')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.proven_methods;
}

/** As if the person had just typed the code to it. */
async function prove({ deps }: TestHouse, personId: string, method: AddressedMethod): Promise<void> {
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, personId);
  if (!person) throw new Error('nobody');
  const policy = await readPolicy(deps.db);
  await inTransaction(deps.db, (tx) =>
    registerMethod(tx, deps, { person, policy, address: '192.0.2.1', method }),
  );
}

test('fingerprints of numbers and addresses move to the new key, and an equal number counts once at every moment', async () => {
  const house = await openTestHouse();
  house.clock.now = Date.now() - hour;
  const { personId } = await addRegistered(house, 'jan');
  const proven = await provenMethods(house, personId);
  const read = await readKeyRing(ringOf(house.folder));
  if (read.result !== 'read') throw new Error('no ring');
  const old = { secrets: { sealing: makeSealing(read.ring) } };
  const [oldPhone, oldMail] = [destinationFingerprint(old, phone), destinationFingerprint(old, mail)];
  expect(await destinations(house)).toEqual(expect.arrayContaining([oldPhone, oldMail]));
  await followAndSeal(house);
  const reset = await startReset(house, 'jan');
  await passPhone(house, reset);

  // The new key is in use, and nothing is sealed anew yet: the same number stands under two fingerprints.
  await keys(house.folder, 'add');
  await followAndSeal(house);
  await keys(house.folder, 'use');
  await followKeys(house.deps, house.house.keys);
  await prove(house, personId, office);
  expect(await destinations(house)).toEqual(
    expect.arrayContaining([oldPhone, destinationFingerprint(house.deps, office)]),
  );
  expect(destinationFingerprint(house.deps, office)).not.toBe(oldPhone);
  expect(await provenMethods(house, personId), 'one number is one gate (S12)').toBe(proven);
  await reset.open(reset.path);
  const offered = [...reset.document.querySelectorAll('main a')].map((link) => link.getAttribute('href'));
  expect(offered).toContain('/reset/authentication-email');
  expect(offered, 'that number has been proven in this reset').not.toContain('/reset/office-phone');

  await followAndSeal(house);
  for (const stored of await destinations(house)) expect([oldPhone, oldMail]).not.toContain(stored);
  expect(await provenMethods(house, personId)).toBe(proven);
  await prove(house, personId, office);
  expect(await provenMethods(house, personId)).toBe(proven);

  // A reset that was under way goes on with what was proven in it before.
  await passMail(house, reset);
  await choosePassword(reset);
  expect(reset.path, reset.text).toBe('/reset/done');
});
