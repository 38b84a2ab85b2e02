import { tellOfLimit } from '../audit/tell-of-limit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { tellAdministrators } from './tell.ts';

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
