import { hkdfSync } from 'node:crypto';
import type { Key, KeyRing, KeyUse, Remains } from './key-ring.ts';

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
  readonly madeAt: number;
  readonly secret: Buffer;
}

/** The subkeys of one purpose: the current one, the oldest, all (newest first), and one by its id. */
export interface Subkeys {
  readonly current: Subkey;
  readonly oldest: Subkey;
  readonly all: readonly Subkey[];
  readonly find: (id: string) => Subkey | undefined;
}

/** What the subkeys of one purpose come from: a use of the ring, and what remains of its retired keys for that purpose. */
interface Source {
  readonly use: KeyUse;
  readonly purpose: SubkeyPurpose;
}

/**
 * Derives the subkeys of one purpose from the keys of one use by HKDF-SHA-256 (RFC 5869). They follow the ring: one
 * whose keys are replaced while the house runs is derived from anew.
 */
export function deriveSubkeys(ring: KeyRing, use: KeyUse, purpose: SubkeyPurpose): Subkeys {
  let derived: { readonly from: KeyRing[KeyUse]; readonly all: readonly [Subkey, ...Subkey[]] } | undefined;
  const read = () => {
    const from = ring[use];
    if (derived?.from !== from) derived = { from, all: deriveAll(ring, { use, purpose }) };
    return derived.all;
  };
  return {
    get current() {
      return read()[0];
    },
    get oldest() {
      return read().reduce((oldest, one) => (one.madeAt <= oldest.madeAt ? one : oldest));
    },
    get all() {
      return read();
    },
    find: (id) => read().find((subkey) => subkey.id === id),
  };
}

/** Derives what is kept of a data key when it is retired: everything but what opens seals. */
export function remainsOf(key: Key): Remains {
  const keep = (purpose: SubkeyPurpose) => deriveSubkey(key, purpose).secret.toString('base64');
  return {
    id: key.id,
    madeAt: key.madeAt,
    fingerprint: keep('fingerprint'),
    answer: keep('answer'),
    wrap: keep('wrap'),
    audit: keep('audit'),
  };
}

function deriveAll(ring: KeyRing, { use, purpose }: Source): readonly [Subkey, ...Subkey[]] {
  const [newest, ...older] = ring[use];
  return [
    deriveSubkey(newest, purpose),
    ...older.map((key) => deriveSubkey(key, purpose)),
    ...(use === 'data' ? (ring.retired ?? []).flatMap((remains) => keptOf(remains, purpose)) : []),
  ];
}

function keptOf(remains: Remains, purpose: SubkeyPurpose): Subkey[] {
  switch (purpose) {
    case 'fingerprint':
    case 'answer':
    case 'wrap':
    case 'audit':
      return [{ id: remains.id, madeAt: remains.madeAt, secret: Buffer.from(remains[purpose], 'base64') }];
    default:
      return [];
  }
}

function deriveSubkey(key: Key, purpose: SubkeyPurpose): Subkey {
  const secret = Buffer.from(key.secret, 'base64');
  const derived = hkdfSync('sha256', secret, '', `sparekey/1/${purpose}`, 32);
  return { id: key.id, madeAt: key.madeAt, secret: Buffer.from(derived) };
}
