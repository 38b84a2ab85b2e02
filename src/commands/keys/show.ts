import { areNewestInUse } from '../../rotation/change-keys.ts';
import { readProgress } from '../../rotation/sealed-columns.ts';
import type { KeysInUse } from '../../secrets/held-keys.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { readNeeds, type Step, sayNeeds } from './opened.ts';

function madeAtOf(ring: KeyRing, { data }: KeysInUse): number {
  return ring.data.find(({ id }) => id === data)?.madeAt ?? 0;
}

/** Shows the keys, how far each column is sealed anew, and what needs the old ones. */
export const show: Step = async (opened, { now, say }) => {
  const { db, ring, inUse } = opened;
  for (const { id, madeAt } of ring.data) {
    const state =
      id === inUse.data ? 'in use' : madeAt > madeAtOf(ring, inUse) ? 'waiting to be used' : 'old';
    say(`${id}  made ${new Date(madeAt).toISOString().slice(0, 10)}  ${state}`);
  }
  for (const { id } of ring.retired ?? []) say(`${id}  retired: opens nothing, only recognises`);
  for (const { table, column, done, total } of await readProgress(db, inUse.data))
    if (total > 0) say(`${table}.${column}: ${done} of ${total} sealed with the key in use`);
  if (ring.data.length > 1 && areNewestInUse(ring, inUse)) sayNeeds(await readNeeds(opened, now()), say);
  return 0;
};
