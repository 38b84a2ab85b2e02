import { createHmac } from 'node:crypto';
import { encodeParts } from './bytes.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys } from './subkeys.ts';

/** Makes keyed digests over the audit, which nobody makes without the key ring. */
export interface AuditSeal {
  /** The key that digests are made with now. */
  readonly keyId: string;
  /** Gives 43 characters for exactly this list of texts (HMAC-SHA-256), or undefined when the ring lacks the key. */
  readonly digest: (keyId: string, parts: readonly string[]) => string | undefined;
}

/** Makes the audit's seal from the data keys of a ring. */
export function makeAuditSeal(ring: KeyRing): AuditSeal {
  const subkeys = deriveSubkeys(ring, 'data', 'audit');
  return {
    get keyId() {
      return subkeys.current.id;
    },
    digest(keyId, parts) {
      const subkey = subkeys.find(keyId);
      return (
        subkey &&
        createHmac('sha256', subkey.secret)
          .update(encodeParts('sparekey/audit', '1', keyId, ...parts))
          .digest('base64url')
      );
    },
  };
}
