import { z } from '@hono/zod-openapi';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { EventPlace, ListedEvent } from '../audit/list-events.ts';
import type { CsvCell } from '../csv.ts';
import type { Db } from '../store/schema.ts';
import { isoTime } from './door.ts';
import { safeJson } from './export.ts';

/** One event, for the reader: names in place of ids. */
export const eventAnswer = z
  .strictObject({
    seq: z.int(),
    at: z.string(),
    event: z.string(),
    outcome: z.string(),
    actor: z.strictObject({ kind: z.string(), name: z.string().nullable() }),
    /** The user name of the person it is about. */
    person: z.string().nullable(),
    address: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditEvent');

export type EventAnswer = z.infer<typeof eventAnswer>;

/** The columns of an exported event. */
export const eventColumns = [
  'seq',
  'at',
  'event',
  'outcome',
  'actorKind',
  'actor',
  'person',
  'address',
  'details',
] as const;

/** The cells of an exported event, in the order of its columns. */
export function eventCells(event: EventAnswer): CsvCell[] {
  const { seq, at, outcome, actor, person, address, details } = event;
  return [seq, at, event.event, outcome, actor.kind, actor.name, person, address, safeJson(details)];
}

/** The place of an event, as the door writes it. */
export function placeOf({ at, seq }: EventPlace): string {
  return `${at}.${seq}`;
}

async function readUserNames(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('people').select(['id', 'user_name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, user_name }) => [id, user_name]));
}

/** Gives events their names; an id that nobody has any more is shown as it is. */
export async function eventAnswersOf(db: Db, events: readonly ListedEvent[]): Promise<EventAnswer[]> {
  const ids = new Set(events.flatMap(({ actor, subject }) => [actor, subject]).filter((id) => id !== null));
  const people = await readUserNames(db, [...ids]);
  const administrators = await readAdministratorNames(db, [...ids]);
  const nameOf = (id: string | null) => id && (people.get(id) ?? administrators.get(id) ?? id);
  return events.map(({ seq, at, event, outcome, actorKind, actor, subject, address, details }) => ({
    seq,
    at: isoTime(at),
    event,
    outcome,
    actor: { kind: actorKind, name: nameOf(actor) },
    person: nameOf(subject),
    address,
    details,
  }));
}
