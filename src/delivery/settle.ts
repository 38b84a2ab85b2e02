import { inTransaction } from '../store/database.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Channel } from './delivery.ts';
import type { Leased } from './lease.ts';
import { countSent, type Sent } from './tally.ts';

const firstWait = 5_000;
const longestWait = 600_000;
/** Somebody is looking at the page where a code is to be typed. */
const longestWaitForCode = 60_000;

/** A message that will not be sent any more; holds no code, number or address. */
export interface GivenUp {
  readonly messageId: string;
  readonly personId: string | null;
  readonly challengeId: string | null;
  readonly channel: Channel;
  readonly kind: string;
  readonly attempts: number;
  readonly reason: string;
}

/** Tells the house, in the transaction that gives the message up. */
export type OnGivenUp = (tx: Db, message: GivenUp) => Promise<void>;

/** Marks a message as sent, or as dropped because it lost its point, and wipes its content; false when another worker has it by now. */
export async function finishMessage(
  db: Db,
  message: Leased,
  end: { state: 'sent' | 'dropped' | 'given-up'; at: Time; failure: string | null },
): Promise<boolean> {
  const row = await db
    .updateTable('messages')
    .set({ state: end.state, finished_at: end.at, failure: end.failure, lease_until: null, content: null })
    .where('id', '=', message.id)
    .where('attempts', '=', message.attempts)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks a message as sent, under the other side's name for it, and counts it; nothing when another worker has it by now. */
export async function finishSent(
  db: Db,
  message: Leased,
  { at, remoteId, sent }: { at: Time; remoteId: string | undefined; sent: Sent },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await finishMessage(tx, message, { state: 'sent', at, failure: null }))) return;
    await countSent(tx, sent);
    if (remoteId !== undefined)
      await tx.updateTable('messages').set({ remote_id: remoteId }).where('id', '=', message.id).execute();
  });
}

/** Lets a message wait for its next try: 5 s, 15 s, 45 s and so on, at most 10 minutes, for a code 1 minute. */
export async function postponeMessage(
  db: Db,
  message: Leased,
  why: { at: Time; reason: string },
): Promise<void> {
  const longest = message.challenge_id === null ? longestWait : longestWaitForCode;
  const wait = Math.min(firstWait * 3 ** (message.attempts - 1), longest);
  await db
    .updateTable('messages')
    .set({ due_at: why.at + wait, lease_until: null, failure: why.reason })
    .where('id', '=', message.id)
    .where('attempts', '=', message.attempts)
    .where('state', '=', 'waiting')
    .execute();
}

/** Gives a message up, ends the challenge whose code nobody can have, and tells the house: all or nothing. */
export async function giveMessageUp(
  { db, onGivenUp }: { db: Db; onGivenUp: OnGivenUp },
  message: Leased,
  { at, reason }: { at: Time; reason: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await finishMessage(tx, message, { state: 'given-up', at, failure: reason }))) return;
    const {
      id: messageId,
      person_id: personId,
      challenge_id: challengeId,
      channel,
      kind,
      attempts,
    } = message;
    if (challengeId !== null) await endUndelivered(tx, challengeId, at);
    await onGivenUp(tx, { messageId, personId, challengeId, channel, kind, attempts, reason });
  });
}

/** A code that was sent again may have arrived the first time, or still arrive: then its challenge stands. */
async function endUndelivered(tx: Db, challengeId: string, at: Time): Promise<void> {
  const other = await tx
    .selectFrom('messages')
    .select('id')
    .where('challenge_id', '=', challengeId)
    .where('state', 'in', ['sent', 'waiting'])
    .limit(1)
    .executeTakeFirst();
  if (other) return;
  await tx
    .updateTable('challenges')
    .set({ sent_at: null, ended_at: at, ended_as: 'given-up' })
    .where('id', '=', challengeId)
    .where('ended_at', 'is', null)
    .execute();
}
