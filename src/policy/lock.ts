import type { Db, Time } from '../store/schema.ts';

/**
 * Makes whoever changes the policy or the questions wait for each other until the transaction ends, so that what one
 * counted (approved questions against those that are asked) stays true: the write takes a row's lock.
 */
export async function lockRules(tx: Db, at: Time): Promise<void> {
  const value = String(at);
  await tx
    .insertInto('meta')
    .values({ name: 'rules-changed', value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}
