import { recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import { type KeysInUse, newestKeys } from '../secrets/held-keys.ts';
import { type KeyRing, keyUses, replaceKeys } from '../secrets/key-ring.ts';
import { keyNames } from '../secrets/open-key-ring.ts';
import { remainsOf } from '../secrets/subkeys.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Database, Db, Time } from '../store/schema.ts';
import { writeKeysInUse } from './in-use.ts';

/** When keys were changed, and by whom: the user of the server's machine who ran the command. */
export interface Changed {
  at: Time;
  by: string;
}

/** Gives a ring with a new key for each use, none of them in use yet. */
export function withNewKeys(ring: KeyRing, now: () => Time): KeyRing {
  return replaceKeys(replaceKeys(replaceKeys(ring, 'data', now), 'codes', now), 'sessions', now);
}

/** Whether the newest keys of a ring are those in use. */
export function areNewestInUse(ring: KeyRing, { data, codes, sessions }: KeysInUse): boolean {
  return ring.data[0].id === data && ring.codes[0].id === codes && ring.sessions[0].id === sessions;
}

/** Writes into the audit that the newest keys of a ring were added; call it once the ring's file holds them. */
export async function noteNewKeys(db: Db, ring: KeyRing, { at, by }: Changed): Promise<void> {
  const details = { ...newestIds(ring), by };
  await recordEvent(db, at, { event: 'keys-added', actor: { kind: 'system' }, details });
}

/** Brings the newest keys of a ring into use; from here on no node starts without them. */
export async function bringIntoUse(db: Database, ring: KeyRing, { at, by }: Changed): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Written first: the embedded database refuses who reads, and writes only after another has written.
    await writeKeysInUse(tx, newestKeys(ring, at));
    const known = (await readMeta(tx, 'key-fingerprints'))?.split('\n') ?? [];
    await writeMeta(tx, 'key-fingerprints', [...new Set([...known, ...keyNames(ring)])].join('\n'));
    const details = { ...newestIds(ring), by };
    await recordEvent(tx, at, { event: 'keys-taken-into-use', actor: { kind: 'system' }, details });
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

/** Says that the database needs the old keys of a ring no more; call it before the ring's file is written without them. */
export async function forgetOldKeys(
  db: Database,
  ring: KeyRing,
  { at, by, unopenable }: Changed & { unopenable: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await writeMeta(tx, 'key-fingerprints', keyNames(withoutOldKeys(ring)).join('\n'));
    const details = { ...oldIds(ring), by, unopenable };
    await recordEvent(tx, at, { event: 'keys-retired', actor: { kind: 'system' }, details });
  });
}

function newestIds(ring: KeyRing): Record<string, string> {
  return Object.fromEntries(keyUses.map((use) => [use, ring[use][0].id]));
}

function oldIds(ring: KeyRing): Record<string, string> {
  const ids = (use: (typeof keyUses)[number]) => ring[use].slice(1).map(({ id }) => id);
  return Object.fromEntries(keyUses.map((use) => [use, ids(use).join(' ')]));
}
