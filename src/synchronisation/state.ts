import { z } from 'zod';
import { readMeta, writeMeta } from '../store/database.ts';
import type { Db } from '../store/schema.ts';
import { type Losses, lossesSchema } from './losses.ts';

/** How the last synchronisation left things. */
const stateSchema = z.object({
  /** How far the directory's changes had come. */
  mark: z.string(),
  /** When everybody was looked at. */
  wholeAt: z.int(),
  held: lossesSchema.nullable().default(null),
});

export type State = z.infer<typeof stateSchema>;

const metaName = 'directory-synchronised';

/** Reads how the last synchronisation left things; undefined before the first. */
export async function readState(db: Db): Promise<State | undefined> {
  const text = await readMeta(db, metaName);
  return text === undefined ? undefined : stateSchema.parse(JSON.parse(text));
}

/** Keeps how a synchronisation leaves things. */
export async function writeState(db: Db, state: State): Promise<void> {
  await writeMeta(db, metaName, JSON.stringify(state));
}

/** The people who are missing from the directory and not disabled for it, because they are too many at once. */
export async function readHeldLosses(db: Db): Promise<Losses | null> {
  return (await readState(db))?.held ?? null;
}
