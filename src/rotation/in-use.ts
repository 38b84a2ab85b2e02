import { type KeysInUse, keysInUseSchema } from '../secrets/held-keys.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Db } from '../store/schema.ts';

const name = 'keys-in-use';

/** Reads which keys the nodes are to use; undefined in a database that no node has opened yet. */
export async function readKeysInUse(db: Db): Promise<KeysInUse | undefined> {
  const text = await readMeta(db, name);
  return text === undefined ? undefined : keysInUseSchema.parse(JSON.parse(text));
}

/** Says which keys the nodes are to use from now on. */
export async function writeKeysInUse(db: Db, inUse: KeysInUse): Promise<void> {
  await writeMeta(db, name, JSON.stringify(inUse));
}
