import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { type HeldKeys, type KeysInUse, keysInUseSchema } from '../secrets/held-keys.ts';
import { type KeyRing, readKeyRing } from '../secrets/key-ring.ts';
import { holdsKeys, keyNames, wordsOfMissing } from '../secrets/open-key-ring.ts';
import { readMeta } from '../store/database.ts';
import { readNodeKeys, tellKeys } from '../store/nodes.ts';
import type { Db, Time } from '../store/schema.ts';
import { readKeysInUse } from './in-use.ts';

/** How often a node looks whether the key ring or the keys in use have changed. Milliseconds. */
export const followEvery = 2000;

const toldSchema = z.object({ held: z.array(z.string()), inUse: keysInUseSchema });

/**
 * Takes in what the key ring's file and the database say now, and tells the other nodes what this one has. Says why the
 * file is not fit, if it is not: then the keys from before go on being used.
 */
export async function followKeys(
  { db, config }: Pick<Deps, 'db' | 'config'>,
  keys: HeldKeys,
): Promise<string | undefined> {
  const inUse = (await readKeysInUse(db)) ?? keys.inUse();
  const known = (await readMeta(db, 'key-fingerprints'))?.split('\n') ?? [];
  const read = await readKeyRing(config.keyRingFile);
  const isFit = read.result === 'read' && holdsKeys(read.ring, known);
  keys.hold(isFit ? read.ring : keys.file(), inUse);
  const told = { held: keyNames(keys.file()), inUse: keys.inUse() };
  await tellKeys(db, config.node, JSON.stringify(told));
  if (isFit) return undefined;
  if (read.result === 'unreadable') return read.why;
  const missing = read.result === 'read' ? `: ${wordsOfMissing(read.ring, known)}` : '';
  return `${config.keyRingFile} lacks a key that is needed${missing}.`;
}

/** The names of the living nodes that do not hold every key of a ring. */
export async function nodesWithout(db: Db, ring: KeyRing, now: Time): Promise<string[]> {
  const wanted = keyNames({ ...ring, retired: [] });
  return nodesUnlike(db, now, ({ held }) => wanted.every((name) => held.includes(name)));
}

/** The names of the living nodes that use other keys than these. */
export async function nodesNotUsing(db: Db, keys: KeysInUse, now: Time): Promise<string[]> {
  return nodesUnlike(db, now, ({ inUse }) => JSON.stringify(inUse) === JSON.stringify(keys));
}

async function nodesUnlike(
  db: Db,
  now: Time,
  fits: (told: z.infer<typeof toldSchema>) => boolean,
): Promise<string[]> {
  const nodes = await readNodeKeys(db, now);
  return nodes
    .filter(({ keys }) => keys === null || !fits(toldSchema.parse(JSON.parse(keys))))
    .map(({ name }) => name.replace(/^node:/, ''));
}
