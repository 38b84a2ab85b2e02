import { createHmac } from 'node:crypto';
import { encodeParts, isSameText } from './bytes.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys } from './subkeys.ts';

const codeCount = 1_000_000;
/** The largest multiple of a million in 32 bits: a word from here up would favour small codes. */
const firstUnfairWord = 2 ** 32 - (2 ** 32 % codeCount);

/** Derives codes from challenges, so that no store holds one. */
export interface Codes {
  /** The key a new challenge is to name. */
  readonly keyId: string;
  /** Gives the six digits of a challenge; throws when its key is not in the ring. */
  readonly codeOf: (challengeId: string, keyId: string) => string;
  /** Says, in constant time, whether exactly the six digits of a challenge were typed; an unknown key matches nothing. */
  readonly matches: (challengeId: string, keyId: string, typed: string) => boolean;
}

/** Makes the code derivation of a key ring: HMAC-SHA-256 of the challenge id, every code equally likely. */
export function makeCodes(ring: KeyRing): Codes {
  const subkeys = deriveSubkeys(ring, 'codes', 'code');
  function derive(challengeId: string, keyId: string): string | undefined {
    const secret = subkeys.find(keyId)?.secret;
    return secret && pickCode((round) => hashChallenge(secret, challengeId, round));
  }
  return {
    get keyId() {
      return subkeys.current.id;
    },
    codeOf: (challengeId, keyId) => {
      const code = derive(challengeId, keyId);
      if (code === undefined) throw new Error(`The code key ${keyId} is not in the key ring.`);
      return code;
    },
    matches: (challengeId, keyId, typed) => {
      const code = derive(challengeId, keyId);
      return code !== undefined && isSameText(code, typed);
    },
  };
}

/** Picks six digits from the first fair 32-bit word of a row of blocks, asking for the next block (0, 1, …) only when it must. */
export function pickCode(blockOf: (round: number) => Buffer): string {
  for (let round = 0; ; round += 1) {
    const block = blockOf(round);
    for (let at = 0; at + 4 <= block.length; at += 4) {
      const word = block.readUInt32BE(at);
      if (word < firstUnfairWord) return String(word % codeCount).padStart(6, '0');
    }
  }
}

function hashChallenge(secret: Buffer, challengeId: string, round: number): Buffer {
  return createHmac('sha256', secret)
    .update(encodeParts(challengeId, String(round)))
    .digest();
}
