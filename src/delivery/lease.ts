import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type Ended, ownerHasEnded } from '../store/nodes.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { channels } from './delivery.ts';
import { ranks } from './ranks.ts';

/** Longer than any transport takes to send or fail, so that only a crash lets a lease run out; milliseconds. */
export const leaseLength = 120_000;

const leasedSchema = z.object({
  id: z.string(),
  person_id: z.string().nullable(),
  challenge_id: z.string().nullable(),
  channel: z.enum(channels),
  kind: z.string(),
  content: z.string().nullable(),
  created_at: z.int(),
  attempts: z.int(),
  failure: z.string().nullable(),
});

/** A message one worker has taken; `attempts` counts this attempt too, and so tells one lease from the next. */
export type Leased = z.infer<typeof leasedSchema>;

/** Takes the message that is due longest among those that go first, in one atomic statement, or gives undefined. */
export async function leaseNext(db: Db, now: Time, node: string | null = null): Promise<Leased | undefined> {
  const row = await db
    .updateTable('messages')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      lease_until: now + leaseLength,
      lease_owner: node,
    }))
    .where('id', '=', (eb) => firstByRank(eb, now))
    // Asked again of the row itself: on PostgreSQL two workers may have found the same one.
    .where((eb) => isFree(eb, now))
    .returning([
      'id',
      'person_id',
      'challenge_id',
      'channel',
      'kind',
      'content',
      'created_at',
      'attempts',
      'failure',
    ])
    .executeTakeFirst();
  return row && leasedSchema.parse(row);
}

type Messages = ExpressionBuilder<Tables, 'messages'>;

function firstByRank(eb: Messages, now: Time) {
  const [code, notice, reminder] = ranks;
  return eb.fn.coalesce(
    firstOf(eb, { rank: code, now }),
    firstOf(eb, { rank: notice, now }),
    firstOf(eb, { rank: reminder, now }),
  );
}

function firstOf(eb: Messages, { rank, now }: { rank: number; now: Time }) {
  return eb
    .selectFrom('messages')
    .select('id')
    .where('rank', '=', rank)
    .where((inner) => isFree(inner, now))
    .orderBy('due_at')
    .orderBy('id')
    .limit(1);
}

/** Takes back the leases of workers that have ended; every one, for who knows that no other worker lives. */
export async function releaseLeases(db: Db, ended?: Ended): Promise<void> {
  await db
    .updateTable('messages')
    .set({ lease_until: null, lease_owner: null })
    .where('state', '=', 'waiting')
    .where('lease_until', 'is not', null)
    .$if(ended !== undefined, (update) => update.where(ownerHasEnded(ended ?? { now: 0 })))
    .execute();
}

/** Tells when a worker is next needed: the first due time or end of a lease; null when nothing waits. */
export async function readNextMoment(db: Db): Promise<Time | null> {
  const { moment } = await db
    .selectFrom('messages')
    .select(sql`min(case when lease_until > due_at then lease_until else due_at end)`.as('moment'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return z.coerce.number().nullable().parse(moment);
}

function isFree(eb: ExpressionBuilder<Tables, 'messages'>, now: Time) {
  return eb.and([
    eb('state', '=', 'waiting'),
    eb('due_at', '<=', now),
    eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]),
  ]);
}
