import type { Selectable } from 'kysely';
import type { Db, Tables, Time } from '../store/schema.ts';

const day = 86_400_000;

/** How long a request waits to be approved and collected. */
export const requestLife = 3 * day;
/** How long a code is good once it is collected. */
export const codeLife = day;

/** Where a code is: waiting for a second administrator, ready to be collected, or on its way to the person. */
export type AccessCodeState = 'waiting' | 'ready' | 'collected';

/** An open one-time access code, without the code. */
export interface AccessCode {
  id: string;
  personId: string;
  state: AccessCodeState;
  reason: string;
  /** The ids of administrators. */
  requestedBy: string;
  requestedAt: Time;
  approvedBy: string | null;
  approvedAt: Time | null;
  collectedAt: Time | null;
  /** Until when it can be collected and, once collected, used. */
  expiresAt: Time;
}

/** An open code with the person it is for. */
export interface ListedAccessCode extends AccessCode {
  userName: string;
  displayName: string;
}

type Row = Selectable<Tables['access_codes']>;

function stateOf(row: Row): AccessCodeState {
  if (row.collected_at !== null) return 'collected';
  return row.approved_at === null ? 'waiting' : 'ready';
}

function accessCodeOf(row: Row): AccessCode {
  return {
    id: row.id,
    personId: row.person_id,
    state: stateOf(row),
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    collectedAt: row.collected_at,
    expiresAt: row.expires_at,
  };
}

function openCodes(db: Db, now: Time) {
  return db
    .selectFrom('access_codes')
    .selectAll('access_codes')
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now);
}

/** Finds the open code of a person: at most one. */
export async function findAccessCode(db: Db, now: Time, personId: string): Promise<AccessCode | undefined> {
  const row = await openCodes(db, now).where('person_id', '=', personId).executeTakeFirst();
  return row && accessCodeOf(row);
}

/** Reads an open code by its id. */
export async function readAccessCode(db: Db, now: Time, id: string): Promise<AccessCode | undefined> {
  const row = await openCodes(db, now).where('id', '=', id).executeTakeFirst();
  return row && accessCodeOf(row);
}

/** Reads the open codes of everybody, the oldest request first; at most 500, of which there are never so many. */
export async function listAccessCodes(db: Db, now: Time): Promise<ListedAccessCode[]> {
  const rows = await openCodes(db, now)
    .innerJoin('people', 'people.id', 'access_codes.person_id')
    .select(['people.user_name', 'people.display_name'])
    .orderBy('requested_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    ...accessCodeOf(row),
    userName: row.user_name,
    displayName: row.display_name,
  }));
}

/** Ends whatever code of a person is open; tells how many there were. */
export async function endAccessCodes(tx: Db, at: Time, personId: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('access_codes')
    .set({ cancelled_at: at })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Removes codes, used or not, that could not be used any more before this moment; the audit keeps what happened. */
export async function forgetAccessCodes(db: Db, before: Time): Promise<void> {
  await db.deleteFrom('access_codes').where('expires_at', '<', before).execute();
}
