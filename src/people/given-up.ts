import { z } from 'zod';
import { type Channel, channels } from '../delivery/delivery.ts';
import { type Why, whyOf } from '../delivery/why.ts';
import type { Db, Time } from '../store/schema.ts';

const channelSchema = z.enum(channels);

/** A message to a person that did not arrive: why in a word, and as it was noted. */
export interface GivenUpMessage {
  at: Time;
  channel: Channel;
  kind: string;
  why: Why;
  reason: string;
}

/** A message to a person that is on its way, was taken, or arrived as the other side reports. */
export interface OtherMessage {
  at: Time;
  channel: Channel;
  kind: string;
  state: 'waiting' | 'sent' | 'delivered';
  /** Why it could not be sent yet. */
  why: Why | null;
}

/** Reads the last messages to a person that were given up or reported as not delivered, newest first; at most five. */
export async function readGivenUp(db: Db, personId: string): Promise<GivenUpMessage[]> {
  const rows = await messagesOf(db, personId)
    .where((eb) => eb.or([eb('state', '=', 'given-up'), eb('report', '=', 'undelivered')]))
    .execute();
  return rows.map((row) => {
    const reason = row.report_reason ?? row.failure ?? '';
    const at = row.reported_at ?? row.finished_at ?? row.created_at;
    return { at, channel: channelSchema.parse(row.channel), kind: row.kind, why: whyOf(reason), reason };
  });
}

/** Reads the last messages to a person of which nothing bad is known, newest first; at most five. */
export async function readOtherMessages(db: Db, personId: string): Promise<OtherMessage[]> {
  const rows = await messagesOf(db, personId)
    .where('state', 'in', ['waiting', 'sent'])
    .where((eb) => eb.or([eb('report', 'is', null), eb('report', '=', 'delivered')]))
    .execute();
  return rows.map(({ channel, kind, failure, report, ...row }) => ({
    at: row.reported_at ?? row.finished_at ?? row.created_at,
    channel: channelSchema.parse(channel),
    kind,
    state: report === 'delivered' ? 'delivered' : row.state === 'sent' ? 'sent' : 'waiting',
    why: row.state === 'waiting' && failure !== null ? whyOf(failure) : null,
  }));
}

function messagesOf(db: Db, personId: string) {
  return db
    .selectFrom('messages')
    .select(['created_at', 'finished_at', 'reported_at', 'channel', 'kind', 'state', 'failure'])
    .select(['report', 'report_reason'])
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('finished_at', (order) => order.desc().nullsLast())
    .limit(5);
}
