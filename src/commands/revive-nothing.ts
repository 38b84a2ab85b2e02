import type { Db, Time } from '../store/schema.ts';

/**
 * Ends, in a database put back from a copy, whatever somebody could still hold of the time it was made: codes, resets,
 * access codes, sessions of people and of administrators, invitations, and passwords that were on their way (S71).
 */
export async function reviveNothing(tx: Db, at: Time): Promise<void> {
  const ended = { ended_at: at };
  await tx
    .updateTable('challenges')
    .set({ ...ended, ended_as: 'cancelled' })
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .updateTable('resets')
    .set({ ...ended, ended_as: 'stopped' })
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .updateTable('reset_asks')
    .set({ ...ended, ended_as: 'spent' })
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .updateTable('access_codes')
    .set({ cancelled_at: at })
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
  await tx.updateTable('administrator_gates').set(ended).where('ended_at', 'is', null).execute();
  await tx.updateTable('administrator_invitations').set(ended).where('ended_at', 'is', null).execute();
  await tx.updateTable('administrator_recoveries').set(ended).where('ended_at', 'is', null).execute();
  await tx.deleteFrom('administrator_sessions').execute();
  await tx.deleteFrom('sessions').execute();
  await tx.deleteFrom('password_intents').execute();
  await tx
    .updateTable('people')
    .set((c) => ({ session_epoch: c('session_epoch', '+', 1) }))
    .execute();
}
