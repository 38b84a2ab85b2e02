import type { Deps } from '../deps.ts';
import { giveBack, takeFromLimits } from '../limits/limits.ts';
import { clearSignInLock, lowerSignInLock, raiseSignInLock } from '../limits/sign-in-lock.ts';
import { networkCount } from './sign-in-limits.ts';
import type { Via } from './signed-in.ts';
import { tellOfGuessing } from './tell-of-guessing.ts';

/** From where somebody tries to come in; `network` is what counts as one, null on the Unix socket. */
export interface Origin {
  via: Via;
  address: string | null;
  network: string | null;
}

/** What a wrong password is counted for. */
export interface Count {
  network: ReturnType<typeof networkCount>;
  lock: string;
}

/** Says what to count: the machine itself and the world outside are counted apart, so that strangers cannot lock the machine's own door. */
export function countOf({ secrets }: Deps, { via, network }: Origin, name: string): Count {
  return {
    network: networkCount(secrets.sealing.fingerprint('network', network ?? 'socket')),
    lock: `administrator-${via}-${secrets.sealing.fingerprint('administrator-name', name)}`,
  };
}

/** Counts the failure beforehand, of the network and of the name. */
export async function countFailure(deps: Deps, count: Count, address: string | null) {
  const taken = await takeFromLimits(deps.db, deps.now(), [count.network]);
  if (taken.result === 'full') {
    await tellOfGuessing(deps, { network: count.network.subject, address });
    return { result: 'resting', until: taken.freeAt } as const;
  }
  const raised = await raiseSignInLock(deps.db, deps.now(), count.lock);
  if (raised.result === 'open') return raised;
  await giveBack(deps.db, deps.now(), count.network);
  return { result: 'resting', until: raised.until } as const;
}

/** Forgets the failures of a name, and this one of its network: the password was right. */
export async function forgive(deps: Deps, count: Count): Promise<void> {
  await clearSignInLock(deps.db, count.lock);
  await giveBack(deps.db, deps.now(), count.network);
}

/** Takes back one failure of which nothing was compared. */
export async function takeBack(deps: Deps, count: Count): Promise<void> {
  await lowerSignInLock(deps.db, deps.now(), count.lock);
  await giveBack(deps.db, deps.now(), count.network);
}
