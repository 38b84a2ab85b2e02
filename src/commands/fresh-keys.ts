import type { Config } from '../config/config.ts';
import { writeKeysInUse } from '../rotation/in-use.ts';
import { newestKeys } from '../secrets/held-keys.ts';
import { type KeyRing, readKeyRing, replaceKeys } from '../secrets/key-ring.ts';
import { keyNames } from '../secrets/open-key-ring.ts';
import { CopyRefused } from '../store/copy.ts';
import { writeMeta } from '../store/database.ts';
import type { Db, Time } from '../store/schema.ts';

/** Says in a database put back from a copy that these are its keys, the newest of each use in use. */
export async function writeKeys(tx: Db, ring: KeyRing, at: Time): Promise<void> {
  await writeMeta(tx, 'key-fingerprints', keyNames(ring).join('\n'));
  await writeKeysInUse(tx, newestKeys(ring, at));
}

/** A ring with new keys for codes and sessions: `both` keeps the old ones until the copy is in its place, `only` does not. */
export async function freshKeys(
  config: Config,
  now: () => number,
): Promise<{ both: KeyRing; only: KeyRing }> {
  const read = await readKeyRing(config.keyRingFile);
  if (read.result !== 'read')
    throw new CopyRefused(
      read.result === 'unreadable' ? read.why : `${config.keyRingFile} is not there: put it back first.`,
    );
  const both = replaceKeys(replaceKeys(read.ring, 'codes', now), 'sessions', now);
  const only: KeyRing = { ...both, codes: [both.codes[0]], sessions: [both.sessions[0]] };
  return { both, only };
}
