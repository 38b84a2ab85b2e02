import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Time } from '../store/schema.ts';
import type { StoredEvent } from './seals.ts';

/** Which events are wanted; what is absent does not matter. */
export interface EventFilter {
  /** The id of the person it is about. */
  subject?: string | undefined;
  /** Who did it, under any of these ids. */
  actors?: readonly string[] | undefined;
  event?: string | undefined;
  outcome?: 'done' | 'refused' | undefined;
  from?: Time | undefined;
  /** Before this moment. */
  before?: Time | undefined;
}

/** The place of an event in the list: newest first, and of one moment the last written first. */
export interface EventPlace {
  at: Time;
  seq: number;
}

/** One thing that happened, with the ids of who did it and whom it is about. */
export interface ListedEvent extends EventPlace {
  event: string;
  actorKind: string;
  actor: string | null;
  subject: string | null;
  outcome: string;
  address: string | null;
  details: Record<string, string | number | boolean | null>;
}

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

function listedOf(row: StoredEvent): ListedEvent {
  const { seq, at, event, actor, subject, outcome, address } = row;
  const details = detailsSchema.parse(JSON.parse(row.details));
  return { seq, at, event, actorKind: row.actor_kind, actor, subject, outcome, address, details };
}

/** Reads a page of events, newest first, after this place; each filter has an index of its own. */
export async function listEvents(
  db: Db,
  filter: EventFilter,
  { after, limit }: { after?: EventPlace | undefined; limit: number },
): Promise<ListedEvent[]> {
  let query = db.selectFrom('audit').selectAll();
  const { subject, actors, event, outcome, from, before } = filter;
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (actors !== undefined) query = query.where('actor', 'in', [...actors]);
  if (event !== undefined) query = query.where('event', '=', event);
  // Written out, since an index of refused events only is not looked at for a value that may be any.
  if (outcome !== undefined) query = query.where('outcome', '=', sql.lit(outcome));
  if (from !== undefined) query = query.where('at', '>=', from);
  if (before !== undefined) query = query.where('at', '<', before);
  if (after !== undefined)
    query = query
      .where('at', '<=', after.at)
      .where((row) => row.or([row('at', '<', after.at), row('seq', '<', after.seq)]));
  const rows = await query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
  return rows.map(listedOf);
}
