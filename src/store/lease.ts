import type { Db, Time } from './schema.ts';

/** Work that only one process at a time does. */
export interface Lease {
  /** Says that the work goes on; false when somebody else has it by now, or could have. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Takes the lease of this name in one atomic statement, for `length` milliseconds; undefined while somebody has it. */
export async function takeLease(
  db: Db,
  name: string,
  { now, length }: { now(): Time; length: number },
): Promise<Lease | undefined> {
  let until = now() + length;
  const taken = await db
    .insertInto('leases')
    .values({ name, until })
    .onConflict((c) => c.column('name').doUpdateSet({ until }).where('leases.until', '<=', now()))
    .returning('name')
    .executeTakeFirst();
  if (!taken) return undefined;
  const move = async (to: Time): Promise<boolean> => {
    const mine = db
      .updateTable('leases')
      .set({ until: to })
      .where('name', '=', name)
      .where('until', '=', until)
      .where('until', '>', now());
    until = to;
    return (await mine.returning('name').executeTakeFirst()) !== undefined;
  };
  return {
    renew: () => move(now() + length),
    async release() {
      await move(now());
    },
  };
}
