import type { Config } from '../config/config.ts';
import { type KeyRing, keyRingFingerprints, readKeyRing, replaceKeys } from '../secrets/key-ring.ts';
import { CopyRefused } from '../store/copy.ts';

/** Names the keys of a ring as the database knows them. */
export function keyNames(ring: KeyRing): string[] {
  return keyRingFingerprints(ring).map(({ use, id, fingerprint }) => `${use} ${id} ${fingerprint}`);
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
