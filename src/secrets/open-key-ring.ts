import { createHash } from 'node:crypto';
import {
  type KeyRing,
  keyRingFingerprints,
  makeKeyRing,
  type Remains,
  readKeyRing,
  writeKeyRing,
} from './key-ring.ts';
import { remainsOf } from './subkeys.ts';

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

/** Names the keys of a ring as the database knows them, a retired one as such. */
export function keyNames(ring: KeyRing): string[] {
  const keys = keyRingFingerprints(ring).map(({ use, id, fingerprint }) => `${use} ${id} ${fingerprint}`);
  return [...keys, ...(ring.retired ?? []).map(retiredName)];
}

/** Whether a ring can do all that the keys of these names could; a whole key can what is left of it when it is retired. */
export function holdsKeys(ring: KeyRing, names: readonly string[]): boolean {
  return namesWithout(ring, names).length === 0;
}

/** Says which of the keys of these names are not in a ring, by their ids: `a1b2c3d4 (retired since), e5f6a7b8`. */
export function wordsOfMissing(ring: KeyRing, names: readonly string[]): string {
  const words = namesWithout(ring, names).map((name) => {
    const [use = '', id = ''] = name.split(' ');
    const isRetired = use === 'data' && ring.retired?.some((remains) => remains.id === id);
    return isRetired ? `${id} (retired since)` : id;
  });
  return words.join(', ');
}

function namesWithout(ring: KeyRing, names: readonly string[]): string[] {
  const held = new Set([...keyNames(ring), ...ring.data.map((key) => retiredName(remainsOf(key)))]);
  return names.filter((name) => !held.has(name));
}

function retiredName({ id, fingerprint, answer, wrap, audit }: Remains): string {
  const digest = createHash('sha256').update([id, fingerprint, answer, wrap, audit].join('\n'));
  return `retired ${id} ${digest.digest('base64url')}`;
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
  if (!holdsKeys(ring, before))
    throw new KeysUnfit(
      `A key that the database was sealed with is not in ${file}: ${wordsOfMissing(ring, before)}. Put the right file back.`,
    );
  // A key that was added but never used has sealed nothing: another node may still be without it.
  if (before.length === 0) await known.writeKnown(keyNames(ring).join('\n'));
  return ring;
}
