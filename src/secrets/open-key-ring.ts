import { type KeyRing, keyRingFingerprints, makeKeyRing, readKeyRing, writeKeyRing } from './key-ring.ts';

/** The keys do not fit this database; the message says what to do. */
export class KeysUnfit extends Error {
  override readonly name = 'KeysUnfit';
}

/** Where the fingerprints of the ring stand beside the data that it sealed. */
export interface KnownKeys {
  now(): number;
  readKnown(): Promise<string | undefined>;
  writeKnown(known: string): Promise<void>;
}

function namesOf(ring: KeyRing): string[] {
  return keyRingFingerprints(ring).map(({ use, id, fingerprint }) => `${use} ${id} ${fingerprint}`);
}

/**
 * Reads the key ring, or makes one when there is neither a ring nor a database that one has been used with. Throws
 * `KeysUnfit` when a key that the database knows is missing: what it sealed could not be opened.
 */
export async function openKeyRing(file: string, known: KnownKeys): Promise<KeyRing> {
  const read = await readKeyRing(file);
  const before = (await known.readKnown())?.split('\n') ?? [];
  if (read.result === 'unreadable') throw new KeysUnfit(read.why);
  if (read.result === 'missing' && before.length > 0)
    throw new KeysUnfit(
      `The keys in ${file} are gone, but the database was sealed with them. Put the file back.`,
    );
  const ring = read.result === 'read' ? read.ring : makeKeyRing(known.now);
  if (read.result === 'missing') await writeKeyRing(file, ring);
  const names = namesOf(ring);
  if (before.some((name) => !names.includes(name)))
    throw new KeysUnfit(
      `A key that the database was sealed with is not in ${file}. Put the right file back.`,
    );
  await known.writeKnown(names.join('\n'));
  return ring;
}
