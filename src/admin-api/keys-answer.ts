import { z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { readKeysState } from '../rotation/sealing-anew.ts';
import { isoTime } from './door.ts';

/** How the keys stand: since when those in use are, and how far what older ones sealed is sealed anew. */
export const keysAnswer = z
  .strictObject({
    inUseSince: z.string(),
    sealing: z.strictObject({
      /** Values sealed with the key in use, and how many there are, as last counted. */
      done: z.int(),
      total: z.int(),
      /** Values that no key opens: they stay as they are. */
      unopenable: z.int(),
      finished: z.boolean(),
    }),
  })
  .nullable();

/** Reads how the keys stand, without counting anything. */
export async function readKeys({ db }: Pick<Deps, 'db'>): Promise<z.infer<typeof keysAnswer>> {
  const state = await readKeysState(db);
  if (state === null) return null;
  const { done, total, broken, finishedAt } = state.sealing;
  const sealing = { done, total, unopenable: broken, finished: finishedAt !== null };
  return { inUseSince: isoTime(state.inUseSince), sealing };
}
