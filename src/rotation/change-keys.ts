import { inTransaction } from '../deps.ts';
import { type KeysInUse, newestKeys } from '../secrets/held-keys.ts';
import { type KeyRing, replaceKeys } from '../secrets/key-ring.ts';
import { keyNames } from '../secrets/open-key-ring.ts';
import { remainsOf } from '../secrets/subkeys.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Database, Time } from '../store/schema.ts';
import { writeKeysInUse } from './in-use.ts';

/** Gives a ring with a new key for each use, none of them in use yet. */
export function withNewKeys(ring: KeyRing, now: () => Time): KeyRing {
  return replaceKeys(replaceKeys(replaceKeys(ring, 'data', now), 'codes', now), 'sessions', now);
}

/** Whether the newest keys of a ring are those in use. */
export function areNewestInUse(ring: KeyRing, { data, codes, sessions }: KeysInUse): boolean {
  return ring.data[0].id === data && ring.codes[0].id === codes && ring.sessions[0].id === sessions;
}

/** Brings the newest keys of a ring into use; from here on no node starts without them. */
export async function bringIntoUse(db: Database, ring: KeyRing, at: Time): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Written first: the embedded database refuses who reads, and writes only after another has written.
    await writeKeysInUse(tx, newestKeys(ring, at));
    const known = (await readMeta(tx, 'key-fingerprints'))?.split('\n') ?? [];
    await writeMeta(tx, 'key-fingerprints', [...new Set([...known, ...keyNames(ring)])].join('\n'));
  });
}

/** Gives a ring without the keys that are not the newest; of data keys remains what recognises, and nothing that opens. */
export function withoutOldKeys(ring: KeyRing): KeyRing {
  const [data, ...old] = ring.data;
  return {
    format: 1,
    data: [data],
    codes: [ring.codes[0]],
    sessions: [ring.sessions[0]],
    retired: [...old.map(remainsOf), ...(ring.retired ?? [])],
  };
}

/** Says that the database needs no other keys than these; call it before the ring's file is written. */
export async function forgetOldKeys(db: Database, ring: KeyRing): Promise<void> {
  await writeMeta(db, 'key-fingerprints', keyNames(ring).join('\n'));
}
