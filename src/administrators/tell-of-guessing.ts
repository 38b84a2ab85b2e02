import { tellOfLimit } from '../audit/tell-of-limit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import type { Db } from '../store/schema.ts';
import { tellAdministrators } from './tell.ts';

const hour = 3_600_000;
const triesOfHouse: Limit = { name: 'wrong-tries-house', most: 100, within: hour, slot: 60_000 };

/**
 * Tells the audit and every administrator of a network that has used up its tries: somebody may be guessing at many names
 * (S28); once a day for each network, whose keyed fingerprint is `network`.
 */
export async function tellOfGuessing(
  deps: Deps,
  { network, address }: { network: string; address: string | null },
): Promise<void> {
  const told = { event: 'guessing-noticed', subject: network, ...(address && { address }) } as const;
  const fresh = await inTransaction(deps.db, async (tx) => {
    const first = await tellOfLimit(tx, deps.now(), told);
    if (first) await tellAdministrators(tx, deps, { event: told.event });
    return first;
  });
  if (!fresh) return;
  deps.log.warn('a network has used up its tries');
  deps.wakeDelivery();
}

async function tellOfSpray(tx: Db, deps: Deps): Promise<boolean> {
  const details = { tries: triesOfHouse.most };
  const told = { event: 'spray-noticed', subject: 'house', within: hour, details } as const;
  if (!(await tellOfLimit(tx, deps.now(), told))) return false;
  await tellAdministrators(tx, deps, { event: told.event });
  return true;
}

/**
 * Counts a wrong password or code over all names and networks together, which no other limit does: one guess each at
 * many names, from as many addresses (S28). Nobody is held up by it; beyond a hundred in an hour the audit and every
 * administrator are told, once an hour at most.
 */
export async function noticeWrongTry(deps: Deps): Promise<void> {
  const counted = { limit: triesOfHouse, subject: 'house' };
  if ((await takeFromLimits(deps.db, deps.now(), [counted])).result === 'taken') return;
  if (!(await inTransaction(deps.db, (tx) => tellOfSpray(tx, deps)))) return;
  deps.log.warn('many wrong passwords and codes over all names');
  deps.wakeDelivery();
}
