import { ownAct, recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { linkHash } from '../notices/stop-link.ts';
import { tellOfCancelledChange } from '../notices/tell-person.ts';
import { mayGoOn, type Person, readPerson } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';
import { endWaitingChange, readWaitingChange, stillWaits } from './waiting-change.ts';

/** Who acts at a browser, and from where. */
interface Acting {
  person: Person;
  address: string;
}

/** Uses up a change whose waiting is over: of two requests one gets it. */
export async function admitChange(
  deps: Deps,
  { person, address }: Acting,
): Promise<{ result: 'admitted' | 'not-yet' | 'ended' }> {
  return inTransaction(deps.db, async (tx) => {
    const at = deps.now();
    const waiting = (await mayGoOn(tx, person)) ? await readWaitingChange(tx, person, at) : undefined;
    if (!waiting) return { result: 'ended' };
    if (waiting.dueAt > at) return { result: 'not-yet' };
    if (!(await endWaitingChange(tx, at, { personId: person.id, as: 'used' }))) return { result: 'ended' };
    await recordEvent(tx, at, { event: 'change-admitted', ...ownAct(person.id, address) });
    return { result: 'admitted' };
  });
}

/** Cancels what waits for the person who is signed in. */
export async function cancelOwnChange(deps: Deps, { person, address }: Acting): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await endWaitingChange(tx, deps.now(), { personId: person.id, as: 'cancelled' }))) return;
    await recordEvent(tx, deps.now(), { event: 'change-cancelled', ...ownAct(person.id, address) });
  });
}

async function personOfLink(db: Db, deps: Deps, token: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('waiting_changes')
    .selectAll()
    .where('hash', '=', linkHash(deps, token))
    .executeTakeFirst();
  const person = row && (await readPerson({ db, sealing: deps.secrets.sealing }, row.person_id));
  return row && person && stillWaits(row, person, deps.now()) ? person : undefined;
}

/** Whether the link of a notice can still cancel a change; looking uses nothing up. */
export async function canCancel(deps: Deps, token: string): Promise<boolean> {
  return (await personOfLink(deps.db, deps, token)) !== undefined;
}

/** Whoever asked was signed in with the password: every session ends with the change. */
async function cancel(tx: Db, deps: Deps, person: Person): Promise<boolean> {
  const at = deps.now();
  if (!(await endWaitingChange(tx, at, { personId: person.id, as: 'cancelled' }))) return false;
  await tx
    .updateTable('people')
    .set((row) => ({ session_epoch: row('session_epoch', '+', 1) }))
    .where('id', '=', person.id)
    .execute();
  await cancelChallenges(tx, at, { personId: person.id });
  return true;
}

/** Cancels the change that waits, by the link of its notice, once; ends all sessions and tells every known address. */
export async function cancelChange(
  deps: Deps,
  { token, policy, address }: { token: string; policy: Policy; address: string },
): Promise<{ result: 'cancelled' | 'not-valid' }> {
  const cancelled = await inTransaction(deps.db, async (tx) => {
    const person = await personOfLink(tx, deps, token);
    if (!person || !(await cancel(tx, deps, person))) return false;
    await recordEvent(tx, deps.now(), {
      event: 'change-cancelled',
      actor: { kind: 'stranger' },
      subject: person.id,
      address,
    });
    await tellOfCancelledChange(tx, deps, { person, policy, address });
    return true;
  });
  if (cancelled) deps.wakeDelivery();
  return { result: cancelled ? 'cancelled' : 'not-valid' };
}
