import type { Selectable } from 'kysely';
import { z } from 'zod';
import { tellOfGuessing } from '../administrators/tell-of-guessing.ts';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Tables, Time } from '../store/schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a reset may take, from its start. */
export const resetLife = hour;

const startsPerName: Limit = { name: 'resets-name', most: 10, within: day };
const startsPerAddress: Limit = { name: 'resets-address', most: 30, within: hour };

/** What somebody says is the matter. */
export const wishes = ['forgot', 'locked'] as const;
export type Wish = (typeof wishes)[number];

const ends = ['setting', 'reset', 'unlocked', 'stopped'] as const;

/** Somebody on the way to a new password or an unlocked account; whose it is stays open until a gate of possession is passed. */
export interface Reset {
  id: string;
  /** In normal form; nobody need have it. */
  userName: string;
  countsAs: string;
  wish: Wish;
  /** The network address it was started from. */
  address: string;
  startedAt: Time;
  expiresAt: Time;
  personId: string | null;
  epoch: number | null;
  endedAs: (typeof ends)[number] | null;
}

/** Who starts a reset: the name typed, and whose tries it counts as (`lockSubject`). */
export interface Starting {
  userName: string;
  wish: Wish;
  counted: { known: boolean; subject: string };
  /** A fingerprint of the network it comes from. */
  network: string;
  address: string;
}

export type Started = { result: 'started'; id: string } | { result: 'wait'; until: Time };

function resetBinding(id: string) {
  return { table: 'resets', person: id, column: 'user_name' };
}

/** Strangers' starts never hold up a browser that the person has signed in with (S35): it is counted by itself. */
async function takeStart(deps: Deps, { counted, network, address }: Starting) {
  const perName = { limit: startsPerName, subject: counted.subject };
  const perAddress = counted.known ? [] : [{ limit: startsPerAddress, subject: network }];
  const taken = await takeFromLimits(deps.db, deps.now(), [perName, ...perAddress]);
  if (taken.result === 'full' && taken.limit === startsPerAddress.name)
    await tellOfGuessing(deps, { network, address });
  return taken;
}

/** Starts a reset. Nothing of any account is read: the name may be anybody's or nobody's, and costs the same (S37). */
export async function startReset(deps: Deps, starting: Starting): Promise<Started> {
  const taken = await takeStart(deps, starting);
  if (taken.result === 'full') return { result: 'wait', until: taken.freeAt };
  const { userName, wish, counted, address } = starting;
  const [id, at] = [newId(), deps.now()];
  await inTransaction(deps.db, async (tx) => {
    await tx
      .insertInto('resets')
      .values({
        id,
        user_name: deps.secrets.sealing.seal(userName, resetBinding(id)),
        counts_as: counted.subject,
        wish,
        address,
        started_at: at,
        expires_at: at + resetLife,
      })
      .execute();
    await recordEvent(tx, at, {
      event: 'reset-started',
      actor: { kind: 'stranger' },
      address,
      details: { wish },
    });
  });
  return { result: 'started', id };
}

function resetOf({ secrets }: Pick<Deps, 'secrets'>, row: Selectable<Tables['resets']>): Reset {
  return {
    id: row.id,
    userName: secrets.sealing.open(row.user_name, resetBinding(row.id)),
    countsAs: row.counts_as,
    wish: z.enum(wishes).parse(row.wish),
    address: row.address,
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    personId: row.person_id,
    epoch: row.epoch,
    endedAs: z.enum(ends).nullable().parse(row.ended_as),
  };
}

/** Reads a reset whose time is not up, also one that has ended; undefined otherwise. */
export async function readReset(
  deps: Pick<Deps, 'db' | 'secrets' | 'now'>,
  id: string,
): Promise<Reset | undefined> {
  const row = await deps.db
    .selectFrom('resets')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at', '>', deps.now())
    .executeTakeFirst();
  return row && resetOf(deps, row);
}

/** Ends a reset; false when it has ended already. */
export async function endReset(
  tx: Db,
  at: Time,
  { id, as }: { id: string; as: NonNullable<Reset['endedAs']> },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('resets')
    .set({ ended_at: at, ended_as: as })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes resets that were over before then, and all that was asked in them. */
export async function forgetResets(db: Db, before: Time): Promise<void> {
  await db.deleteFrom('resets').where('expires_at', '<', before).execute();
}
