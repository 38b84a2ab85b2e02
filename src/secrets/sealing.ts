import { createHmac } from 'node:crypto';
import { lockBox, unlockBox } from './box.ts';
import { bytesOf, decodeBase64url, encodeParts } from './bytes.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys, type Subkey, type Subkeys } from './subkeys.ts';

/** Where a sealed value belongs: it opens nowhere else. */
export interface Binding {
  readonly table: string;
  readonly person: string;
  readonly column: string;
}

/** Seals fields at rest and fingerprints them where equality must be asked. */
export interface Sealing {
  /** Seals a text for one place as `1.<key id>.<base64url>`, under the current data key. */
  readonly seal: (plaintext: string, binding: Binding) => string;
  /** Opens a sealed text of that same place; throws SealBroken otherwise. */
  readonly open: (sealed: string, binding: Binding) => string;
  /** Gives the same 43 characters for the same purpose and value, whichever keys were added since. */
  readonly fingerprint: (purpose: string, value: string) => string;
  /** Gives such 43 characters under the current data key: another after a rotation. */
  readonly fingerprintOfToday: (purpose: string, value: string) => string;
}

/** What was sealed does not open: altered, moved, or its key is not in the ring. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/**
 * Makes the sealing of a key ring. Random nonces are safe for 2^32 seals under one key (NIST SP 800-38D, 8.3).
 * Fingerprints use the OLDEST data key, so that they stay comparable after a rotation; of a retired key that part
 * remains in the ring.
 */
export function makeSealing(ring: KeyRing): Sealing {
  const seals = deriveSubkeys(ring, 'data', 'seal');
  const prints = deriveSubkeys(ring, 'data', 'fingerprint');
  return {
    seal: (plaintext, binding) => sealText(seals, plaintext, binding),
    open: (sealed, binding) => openText(seals, sealed, binding),
    fingerprint: (purpose, value) => printText(prints.oldest, purpose, value),
    fingerprintOfToday: (purpose, value) => printText(prints.current, purpose, value),
  };
}

function printText({ secret }: Subkey, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(encodeParts(purpose, value)).digest('base64url');
}

/** Names the data key a text was sealed with, as needed to seal anew what an old key sealed; throws SealBroken on anything else. */
export function sealedWith(sealed: string): string {
  return readSeal(sealed).keyId;
}

function sealText(seals: Subkeys, plaintext: string, binding: Binding): string {
  const { id, secret } = seals.current;
  const box = lockBox(secret, bytesOf(plaintext), associatedData(id, binding));
  return `1.${id}.${box.toString('base64url')}`;
}

function openText(seals: Subkeys, sealed: string, binding: Binding): string {
  const { keyId, box } = readSeal(sealed);
  const subkey = seals.find(keyId);
  if (subkey === undefined) throw new SealBroken('The key of this seal is not in the key ring.');
  const plain = unlockBox(subkey.secret, box, associatedData(keyId, binding));
  if (plain === undefined) throw new SealBroken('The seal was altered, or belongs to another place.');
  return plain.toString('utf8');
}

function readSeal(sealed: string): { readonly keyId: string; readonly box: Buffer } {
  const [format, keyId, text, ...rest] = sealed.split('.');
  const box = text === undefined ? undefined : decodeBase64url(text);
  if (format !== '1' || !keyId || box === undefined || rest.length > 0) {
    throw new SealBroken('This is not a sealed text.');
  }
  return { keyId, box };
}

function associatedData(keyId: string, { table, person, column }: Binding): Buffer {
  return encodeParts('sparekey/sealed', '1', keyId, table, person, column);
}
