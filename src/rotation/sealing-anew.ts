import * as z from 'zod';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Db } from '../store/schema.ts';
import { readKeysInUse } from './in-use.ts';

const name = 'sealing-anew';
/** The data key with which all is sealed that there is; a version from before the rest was kept knows only this. */
const sealedWith = 'keys-sealed-with';

const schema = z.strictObject({
  /** The id of the key that the values get. */
  key: z.string(),
  done: z.int(),
  total: z.int(),
  /** So many cannot be opened, and stay as they are. */
  broken: z.int(),
  /** When nothing was left to do; null while it goes on. */
  finishedAt: z.number().nullable(),
});

/** How far sealing anew has come, as the node that does it last said. */
export type SealingAnew = z.infer<typeof schema>;

/** The keys in use since when, and how far what older ones sealed is sealed anew. */
export interface KeysState {
  inUseSince: number;
  sealing: Omit<SealingAnew, 'key'>;
}

/** Says how far sealing anew has come. */
export async function writeSealingAnew(db: Db, state: SealingAnew): Promise<void> {
  await writeMeta(db, name, JSON.stringify(state));
  if (state.finishedAt !== null) await writeMeta(db, sealedWith, state.key);
}

/** How far sealing with this key has come; undefined when nobody has begun. */
export async function readSealingAnew(db: Db, key: string): Promise<SealingAnew | undefined> {
  const text = await readMeta(db, name);
  const state = text === undefined ? undefined : schema.parse(JSON.parse(text));
  if (state?.key === key) return state;
  const finished = { key, done: 0, total: 0, broken: 0, finishedAt: 0 };
  return (await readMeta(db, sealedWith)) === key ? finished : undefined;
}

/** Whether anything was ever sealed anew, or looked through for it. */
export async function wasSealedBefore(db: Db): Promise<boolean> {
  return (await readMeta(db, sealedWith)) !== undefined;
}

/** Reads how the keys stand, without counting anything; null in a database that no node has opened yet. */
export async function readKeysState(db: Db): Promise<KeysState | null> {
  const inUse = await readKeysInUse(db);
  if (inUse === undefined) return null;
  const known = await readSealingAnew(db, inUse.data);
  const notBegun = (await wasSealedBefore(db)) ? null : inUse.since;
  const { key: _, ...sealing } = known ?? { key: '', done: 0, total: 0, broken: 0, finishedAt: notBegun };
  return { inUseSince: inUse.since, sealing };
}
