import { createHmac } from 'node:crypto';
import { encodeParts, isSameText } from './bytes.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys, type Subkey } from './subkeys.ts';

/** Hashes one-time access codes, so that the store holds none. */
export interface AccessCodes {
  /** Gives the hash of a person's code, in its normal form. */
  readonly hashOf: (personId: string, code: string) => string;
  /** Says, in constant time, whether this is the code of this hash and person. */
  readonly matches: (hash: string, personId: string, code: string) => boolean;
}

/**
 * Makes the hashing of access codes: HMAC-SHA-256 bound to the person; 80 random bits need no slow hash. Every code
 * key of the ring counts: a restored backup leaves only a new one in it, and no code of before is anything then (S71).
 */
export function makeAccessCodes(ring: KeyRing): AccessCodes {
  const subkeys = deriveSubkeys(ring, 'codes', 'access-code');
  const hashWith = ({ secret }: Subkey, personId: string, code: string) =>
    createHmac('sha256', secret)
      .update(encodeParts('sparekey/access-code', '1', personId, code))
      .digest('base64url');
  return {
    hashOf: (personId, code) => hashWith(subkeys.current, personId, code),
    // Every key is tried whatever the outcome, so that the time does not tell which of them fits.
    matches: (hash, personId, code) =>
      subkeys.all.filter((key) => isSameText(hash, hashWith(key, personId, code))).length > 0,
  };
}
