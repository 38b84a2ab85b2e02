import { hkdfSync } from 'node:crypto';
import type { Key } from './key-ring.ts';

/** What a subkey is for; each purpose has its own, so that nothing made for one can serve another. */
export type SubkeyPurpose =
  | 'seal'
  | 'fingerprint'
  | 'answer'
  | 'wrap'
  | 'code'
  | 'access-code'
  | 'csrf'
  | 'cookie'
  | 'browser'
  | 'form'
  | 'session'
  | 'audit';

/** The key of one purpose, under the id of the ring key it came from. */
export interface Subkey {
  readonly id: string;
  readonly secret: Buffer;
}

/** The subkeys of one purpose: the current one, the oldest, all (newest first), and one by its id. */
export interface Subkeys {
  readonly current: Subkey;
  readonly oldest: Subkey;
  readonly all: readonly Subkey[];
  readonly find: (id: string) => Subkey | undefined;
}

/** Derives the subkeys of one purpose from a list of keys (newest first) by HKDF-SHA-256 (RFC 5869). */
export function deriveSubkeys(keys: readonly [Key, ...Key[]], purpose: SubkeyPurpose): Subkeys {
  const [newest, ...older] = keys;
  const current = deriveSubkey(newest, purpose);
  const all = [current, ...older.map((key) => deriveSubkey(key, purpose))];
  return {
    current,
    oldest: all.at(-1) ?? current,
    all,
    find: (id) => all.find((subkey) => subkey.id === id),
  };
}

function deriveSubkey(key: Key, purpose: SubkeyPurpose): Subkey {
  const secret = Buffer.from(key.secret, 'base64');
  return { id: key.id, secret: Buffer.from(hkdfSync('sha256', secret, '', `sparekey/1/${purpose}`, 32)) };
}
