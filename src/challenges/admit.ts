import { recordEvent } from '../audit/audit.ts';
import { nameMessage } from '../delivery/queue.ts';
import type { Deps } from '../deps.ts';
import { channelOf } from '../methods/method.ts';
import type { Person } from '../people/person.ts';
import type { Db, Time } from '../store/schema.ts';
import { endLive, insertChallenge } from './create.ts';
import { takeMessage, type Wanted } from './message.ts';

/** Whether a challenge of this id is there and live, there and ended, or not there yet. */
async function readState(tx: Db, id: string): Promise<'live' | 'ended' | 'none'> {
  const row = await tx.selectFrom('challenges').select('ended_at').where('id', '=', id).executeTakeFirst();
  if (!row) return 'none';
  return row.ended_at === null ? 'live' : 'ended';
}

/**
 * Lets a message that was put in the queue in nobody's name go out to a person, in the caller's transaction: its
 * challenge is made under the id that the message names, unless it is there already. False when a limit holds it back,
 * or when its challenge has ended.
 */
export async function admitChallenge(
  tx: Db,
  deps: Deps,
  admitted: { person: Person; wanted: Wanted; challengeId: string; messageId: string; askedAt: Time },
): Promise<boolean> {
  const { person, wanted, challengeId, messageId } = admitted;
  const state = await readState(tx, challengeId);
  if (state === 'ended' || (await takeMessage(tx, deps, { person, wanted }))) return false;
  if (state === 'none') {
    await endLive(tx, deps.now(), admitted);
    await insertChallenge(tx, deps, { person, wanted, id: challengeId, at: admitted.askedAt });
  }
  await nameMessage(tx, messageId, person.id);
  await recordEvent(tx, deps.now(), {
    event: 'code-requested',
    actor: { kind: 'stranger' },
    subject: person.id,
    address: wanted.address,
    details: { method: wanted.method.kind, channel: channelOf(wanted.method), purpose: wanted.purpose },
  });
  return true;
}
