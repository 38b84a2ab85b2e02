import { createHmac } from 'node:crypto';
import { encodeParts } from './bytes.ts';
import type { Hashing } from './hashing.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys, type Subkey } from './subkeys.ts';

/** Hashes answers to security questions: slow like passwords, and of no use to who lacks the key. */
export interface AnswerHashing {
  /** Gives `<key id>.<argon2id string>` of a normalised answer, bound to the person; rejects with TooBusy. */
  readonly hashAnswer: (answer: string, personId: string) => Promise<string>;
  /** Says whether a hash is of this answer of this person; rejects with TooBusy, throws when its key is not in the ring. */
  readonly verifyAnswer: (hash: string, answer: string, personId: string) => Promise<boolean>;
  /** Says whether a hash was made with an older key or at another cost than today's. */
  readonly needsUpgrade: (hash: string) => boolean;
}

/** Makes answer hashing of a key ring, through the same bounded queue as passwords. */
export function makeAnswerHashing(
  ring: KeyRing,
  hashing: Pick<Hashing, 'hashPassword' | 'verifyPassword' | 'needsUpgrade'>,
): AnswerHashing {
  const subkeys = deriveSubkeys(ring, 'data', 'answer');
  return {
    hashAnswer: async (answer, personId) => {
      const { current } = subkeys;
      return `${current.id}.${await hashing.hashPassword(keyAnswer(current, answer, personId))}`;
    },
    verifyAnswer: async (hash, answer, personId) => {
      const { keyId, slowHash } = readHash(hash);
      const subkey = subkeys.find(keyId);
      if (subkey === undefined) throw new Error(`The data key ${keyId} is not in the key ring.`);
      return hashing.verifyPassword(slowHash, keyAnswer(subkey, answer, personId));
    },
    needsUpgrade: (hash) => {
      const { keyId, slowHash } = readHash(hash);
      return keyId !== subkeys.current.id || hashing.needsUpgrade(slowHash);
    },
  };
}

function keyAnswer({ secret }: Subkey, answer: string, personId: string): string {
  return createHmac('sha256', secret).update(encodeParts(personId, answer)).digest('base64url');
}

function readHash(hash: string): { readonly keyId: string; readonly slowHash: string } {
  const end = hash.indexOf('.');
  if (end < 1) throw new Error('This is not the hash of an answer.');
  return { keyId: hash.slice(0, end), slowHash: hash.slice(end + 1) };
}
