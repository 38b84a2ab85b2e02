import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Key, KeyRing, KeyUse } from './key-ring.ts';
import { KeysUnfit } from './open-key-ring.ts';

/** Which key of each use makes what is new, as the database says it to every node. */
export const keysInUseSchema = z.strictObject({
  data: z.string(),
  codes: z.string(),
  sessions: z.string(),
  /** When they came into use. */
  since: z.number(),
});

export type KeysInUse = z.infer<typeof keysInUseSchema>;

/** The keys of a running node. Their ring is as any other, its current keys those in use; it changes while the node runs. */
export interface HeldKeys {
  readonly ring: KeyRing;
  readonly inUse: () => KeysInUse;
  /** The file as it was last taken in. */
  readonly file: () => KeyRing;
  /** Takes in what file and database say now. A node without a key in use makes and opens nothing until it has it. */
  readonly hold: (ring: KeyRing, inUse: KeysInUse) => void;
}

/** The newest key of each use. */
export function newestKeys(ring: KeyRing, since: number): KeysInUse {
  return { data: ring.data[0].id, codes: ring.codes[0].id, sessions: ring.sessions[0].id, since };
}

/** Whether a ring holds every key in use. */
export function holdsKeysInUse(ring: KeyRing, inUse: KeysInUse): boolean {
  return (['data', 'codes', 'sessions'] as const).every((use) =>
    ring[use].some(({ id }) => id === inUse[use]),
  );
}

/** Holds the keys of a node. */
export function holdKeys(firstRing: KeyRing, firstInUse: KeysInUse): HeldKeys {
  let [file, inUse] = [firstRing, firstInUse];
  let lists = orderAll(file, inUse);
  return {
    ring: {
      format: 1,
      get data() {
        return lists.data();
      },
      get codes() {
        return lists.codes();
      },
      get sessions() {
        return lists.sessions();
      },
      get retired() {
        return file.retired;
      },
    },
    inUse: () => inUse,
    file: () => file,
    hold(ring, now) {
      if (isDeepStrictEqual(ring, file) && isDeepStrictEqual(now, inUse)) return;
      [file, inUse] = [ring, now];
      lists = orderAll(file, inUse);
    },
  };
}

function orderAll(ring: KeyRing, inUse: KeysInUse): Record<KeyUse, () => [Key, ...Key[]]> {
  const order = (use: KeyUse): (() => [Key, ...Key[]]) => {
    const first = ring[use].find(({ id }) => id === inUse[use]);
    if (first === undefined) return () => refuse(inUse[use]);
    const ordered: [Key, ...Key[]] = [first, ...ring[use].filter((key) => key !== first)];
    return () => ordered;
  };
  return { data: order('data'), codes: order('codes'), sessions: order('sessions') };
}

function refuse(id: string): never {
  throw new KeysUnfit(`The key in use, ${id}, is not in the key ring: copy the ring of another node here.`);
}
