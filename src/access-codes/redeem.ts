import { recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { type Counted, giveBack, takeFromLimits } from '../limits/limits.ts';
import { findPerson, type Person } from '../people/person.ts';
import type { Db, Time } from '../store/schema.ts';

/** A code as it was typed, parsed, with the name it was typed for (normal form) and what a wrong one counts against. */
export interface TypedCode {
  userName: string;
  code: string;
  counted: readonly Counted[];
  address: string;
}

export type CodeTried =
  | { result: 'right'; person: Person; accessCodeId: string }
  | { result: 'wrong' }
  | { result: 'resting'; until: Time };

/** What the code is compared with where there is none: the work is the same. */
const nothing = 'none';

async function findRedeemable(db: Db, now: Time, personId: string) {
  return db
    .selectFrom('access_codes')
    .select(['id', 'code_hash'])
    .where('person_id', '=', personId)
    .where('collected_at', 'is not', null)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

function canGoIn(person: Person | undefined): person is Person {
  return person !== undefined && person.disabledAt === null && person.blockedAt === null;
}

async function tellAudit(
  deps: Deps,
  { address }: TypedCode,
  tried: { person: Person | undefined; right: boolean },
) {
  const { person, right } = tried;
  await recordEvent(deps.db, deps.now(), {
    event: right ? 'access-code-accepted' : 'access-code-refused',
    actor: right && person ? { kind: 'person', id: person.id } : { kind: 'stranger' },
    ...(person ? { subject: person.id } : {}),
    outcome: right ? 'done' : 'refused',
    address,
  });
}

/**
 * Compares a one-time access code, without using it up. The try is counted before, and given back when it was right;
 * names that are not there cost the same and are told the same.
 */
export async function tryAccessCode(deps: Deps, typed: TypedCode): Promise<CodeTried> {
  const { db, secrets } = deps;
  const taken = await takeFromLimits(db, deps.now(), typed.counted);
  if (taken.result === 'full') return { result: 'resting', until: taken.freeAt };
  const person = await findPerson({ db, sealing: secrets.sealing }, typed.userName);
  const personId = person?.id ?? nothing;
  const open = await findRedeemable(db, deps.now(), personId);
  const same = secrets.accessCodes.matches(open?.code_hash ?? nothing, personId, typed.code);
  const right = same && open !== undefined && canGoIn(person);
  await tellAudit(deps, typed, { person, right });
  if (!right) return { result: 'wrong' };
  for (const one of typed.counted) await giveBack(db, deps.now(), one);
  return { result: 'right', person, accessCodeId: open.id };
}

/**
 * Uses a code up, in the transaction that begins to set the password it is for: one atomic statement, so that of two
 * who hold it one wins. False when it is used, cancelled or out of date.
 */
export async function redeemAccessCode(
  tx: Db,
  deps: Deps,
  { person, id, address }: { person: Person; id: string; address: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('access_codes')
    .set({ used_at: deps.now() })
    .where('id', '=', id)
    .where('person_id', '=', person.id)
    .where('collected_at', 'is not', null)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await recordEvent(tx, deps.now(), {
    event: 'access-code-redeemed',
    actor: { kind: 'person', id: person.id },
    subject: person.id,
    address,
  });
  return true;
}

/** Gives a code back whose password the directory refused. */
export async function releaseAccessCode(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('access_codes')
    .set({ used_at: null })
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .execute();
}

/** Tells whether a code can still be used. */
export async function isRedeemable(
  db: Db,
  now: Time,
  of: { personId: string; id: string },
): Promise<boolean> {
  return (await findRedeemable(db, now, of.personId))?.id === of.id;
}
