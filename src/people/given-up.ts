import type { Db, Time } from '../store/schema.ts';

/** A message to a person that could not be delivered, and why. */
export interface GivenUpMessage {
  at: Time;
  channel: string;
  kind: string;
  reason: string;
}

/** Reads the last messages to a person that were given up, newest first; at most five. */
export async function readGivenUp(db: Db, personId: string): Promise<GivenUpMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['finished_at', 'channel', 'kind', 'failure'])
    .where('person_id', '=', personId)
    .where('state', '=', 'given-up')
    .orderBy('finished_at', 'desc')
    .limit(5)
    .execute();
  return rows.map((row) => ({
    at: row.finished_at ?? 0,
    channel: row.channel,
    kind: row.kind,
    reason: row.failure ?? '',
  }));
}
