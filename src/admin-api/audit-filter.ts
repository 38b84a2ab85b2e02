import { z } from '@hono/zod-openapi';
import type { EventFilter, EventPlace } from '../audit/list-events.ts';
import { normaliseUserName } from '../people/user-name.ts';
import type { Db } from '../store/schema.ts';
import type { RefusalCode } from './refusal.ts';

const day = 86_400_000;

/** A day or a moment; of a day both its start and its end are known, so that `to` can include it. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: 'moment-unreadable' })
  .transform((text) => {
    const start = Date.parse(text);
    return { start, end: text.includes('T') ? start : start + day };
  });

/** A place in the list, as an earlier answer gave it. */
const place = z
  .string()
  .regex(/^\d{1,15}\.\d{1,15}$/, { error: 'place-unreadable' })
  .transform((text): EventPlace => {
    const [at = 0, seq = 0] = text.split('.').map(Number);
    return { at, seq };
  });

const filters = {
  person: z.string().max(256).optional(),
  actor: z.string().max(256).optional(),
  kind: z
    .string()
    .max(100)
    .regex(/^[a-z-]+$/)
    .optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  from: moment.optional(),
  to: moment.optional(),
};

/** What can be asked of the audit without paging. */
export const auditFilter = z.strictObject(filters);

/** What can be asked of the audit by the page. */
export const auditQuery = z.strictObject({
  ...filters,
  after: place.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

type FilterRead =
  | { result: 'filter'; filter: EventFilter }
  | { result: 'unknown'; problem: RefusalCode; field: 'person' | 'actor' };

/** Turns names into the ids that the audit keeps; a name that nobody has is told. */
export async function readFilter(db: Db, asked: z.infer<typeof auditFilter>): Promise<FilterRead> {
  const { person, actor, kind, outcome, from, to } = asked;
  const subject = person === undefined ? undefined : await findPersonId(db, person);
  if (person !== undefined && subject === undefined)
    return { result: 'unknown', problem: 'person-unknown', field: 'person' };
  const actors = actor === undefined ? undefined : await findActors(db, actor);
  if (actors?.length === 0) return { result: 'unknown', problem: 'actor-unknown', field: 'actor' };
  const filter = { subject, actors, event: kind, outcome, from: from?.start, before: to?.end };
  return { result: 'filter', filter };
}

async function findPersonId(db: Db, userName: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('user_name', '=', normaliseUserName(userName))
    .executeTakeFirst();
  return row?.id;
}

/** A name may have been an administrator's more than once, and a person's as well. */
async function findActors(db: Db, name: string): Promise<string[]> {
  const administrators = await db
    .selectFrom('administrators')
    .select('id')
    .where('name', '=', normaliseUserName(name))
    .execute();
  const person = await findPersonId(db, name);
  return [...administrators.map(({ id }) => id), ...(person === undefined ? [] : [person])];
}
