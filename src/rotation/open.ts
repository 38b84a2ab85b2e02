import { type HeldKeys, holdKeys, holdsKeysInUse, newestKeys } from '../secrets/held-keys.ts';
import { KeysUnfit, openKeyRing } from '../secrets/open-key-ring.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Db, Time } from '../store/schema.ts';
import { readKeysInUse, writeKeysInUse } from './in-use.ts';

/** Opens the keys of a node that starts; throws `KeysUnfit` when they do not fit the database. */
export async function openKeys(db: Db, file: string, now: () => Time): Promise<HeldKeys> {
  const ring = await openKeyRing(file, {
    now,
    readKnown: () => readMeta(db, 'key-fingerprints'),
    writeKnown: (known) => writeMeta(db, 'key-fingerprints', known),
  });
  const known = await readKeysInUse(db);
  const inUse = known ?? newestKeys(ring, now());
  if (known === undefined) await writeKeysInUse(db, inUse);
  if (!holdsKeysInUse(ring, inUse))
    throw new KeysUnfit(`A key in use is not in ${file}: copy the ring of another node here.`);
  return holdKeys(ring, inUse);
}
