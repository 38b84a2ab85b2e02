import { endAccessCodes } from '../access-codes/access-codes.ts';
import { tellAdministrators } from '../administrators/tell.ts';
import { recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { useStopLink } from '../notices/stop-link.ts';
import { tellOfStop } from '../notices/tell-person.ts';
import { type Person, readPerson } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';

/** The link that was pressed, and from where. */
interface Pressed {
  token: string;
  policy: Policy;
  address: string;
}

/** Every session ends with the epoch, and with it every reset under way and every change that waits. */
async function blockPerson(tx: Db, deps: Deps, { id: personId }: Person): Promise<void> {
  const at = deps.now();
  await tx
    .updateTable('people')
    .set((row) => ({
      session_epoch: row('session_epoch', '+', 1),
      blocked_at: row.fn.coalesce('blocked_at', row.val(at)),
      blocked_why: row.fn.coalesce('blocked_why', row.val('reset-disowned')),
    }))
    .where('id', '=', personId)
    .execute();
  await cancelChallenges(tx, at, { personId });
  await endAccessCodes(tx, at, personId);
}

async function tellOf(tx: Db, deps: Deps, about: Pressed & { person: Person }): Promise<void> {
  const { person, address } = about;
  await recordEvent(tx, deps.now(), {
    event: 'account-blocked',
    actor: { kind: 'stranger' },
    subject: person.id,
    address,
    details: { why: 'reset-disowned' },
  });
  await tellAdministrators(tx, deps, { event: 'reset-disowned', userName: person.userName });
  await tellOfStop(tx, deps, about);
}

/**
 * Stops an account by the link of a notice, once: ends all sessions, open codes, resets and waiting changes, and blocks
 * signing in and resetting until an administrator lifts it; the administrators and every known address are told. It
 * resets nothing and opens nothing (S50).
 */
export async function stopAccount(
  deps: Deps,
  pressed: Pressed,
): Promise<{ result: 'stopped' | 'not-valid' }> {
  const stopped = await inTransaction(deps.db, async (tx) => {
    const link = await useStopLink(tx, deps, pressed.token);
    if (link.result !== 'ready') return false;
    const person = await readPerson({ db: tx, sealing: deps.secrets.sealing }, link.personId);
    if (!person) return false;
    await blockPerson(tx, deps, person);
    await tellOf(tx, deps, { ...pressed, person });
    return true;
  });
  if (stopped) deps.wakeDelivery();
  return { result: stopped ? 'stopped' : 'not-valid' };
}
