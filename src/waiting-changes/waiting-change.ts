import type { Selectable } from 'kysely';
import type { Person } from '../people/person.ts';
import type { Db, Tables, Time } from '../store/schema.ts';

const hour = 3_600_000;

/** How long a change without a code waits, while every known address can cancel it. */
export const waitingTime = 72 * hour;
/** How long it can be used after that. */
export const usableTime = 7 * 24 * hour;

/** A change of methods that waits because none of them can be proven any more. */
export interface WaitingChange {
  id: string;
  askedAt: Time;
  /** From when the methods may be changed without a code. */
  dueAt: Time;
  /** Until when. */
  lapsesAt: Time;
}

type Row = Selectable<Tables['waiting_changes']>;

/**
 * Whether a change still waits for this person: a reset, a stop, a change of the password and an administrator's demand
 * have each ended those asked before.
 */
export function stillWaits(row: Row, person: Person, now: Time): boolean {
  const demanded = person.demandedAt !== null && person.demandedAt >= row.asked_at;
  return (
    row.ended_at === null &&
    row.epoch === person.sessionEpoch &&
    row.lapses_at > now &&
    person.blockedAt === null &&
    person.disabledAt === null &&
    !demanded
  );
}

/** Reads the change that waits for a person, if one does. */
export async function readWaitingChange(
  db: Db,
  person: Person,
  now: Time,
): Promise<WaitingChange | undefined> {
  const row = await db
    .selectFrom('waiting_changes')
    .selectAll()
    .where('person_id', '=', person.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!row || !stillWaits(row, person, now)) return undefined;
  return { id: row.id, askedAt: row.asked_at, dueAt: row.due_at, lapsesAt: row.lapses_at };
}

/** Ends what waits for a person; gives whether anything did. */
export async function endWaitingChange(
  tx: Db,
  at: Time,
  ended: { personId: string; as: 'used' | 'cancelled' | 'replaced' },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('waiting_changes')
    .set({ ended_at: at, ended_as: ended.as })
    .where('person_id', '=', ended.personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets a change that waits outlive a new session epoch which the person's own tidying up made. */
export async function carryOverWaitingChange(
  tx: Db,
  { id, sessionEpoch }: Pick<Person, 'id' | 'sessionEpoch'>,
): Promise<void> {
  await tx
    .updateTable('waiting_changes')
    .set({ epoch: sessionEpoch + 1 })
    .where('person_id', '=', id)
    .where('epoch', '=', sessionEpoch)
    .where('ended_at', 'is', null)
    .execute();
}

/** Removes changes that have long ended. */
export async function forgetWaitingChanges(db: Db, before: Time): Promise<void> {
  await db.deleteFrom('waiting_changes').where('lapses_at', '<', before).execute();
}
