import { setTimeout } from 'node:timers/promises';
import { isStoreAway } from '../store/store-away.ts';
import { leaseLength } from './lease.ts';

const firstWait = 200;
const longestWait = 2_000;

/**
 * Notes what became of a message, again and again while the database is away: one that has gone must not go a second
 * time because that could not be written down. Gives up with the lease, when another worker takes the message, and when
 * it is told to stop. `write` must change nothing when the message is another worker's by then.
 */
export async function noteWhenBack(write: () => Promise<void>, stop: AbortSignal): Promise<void> {
  let waited = 0;
  for (let wait = firstWait; ; wait = Math.min(2 * wait, longestWait)) {
    try {
      return await write();
    } catch (error) {
      if (!isStoreAway(error) || stop.aborted || waited >= leaseLength) throw error;
    }
    waited += wait;
    await setTimeout(wait, undefined, { signal: stop, ref: false }).catch(() => {});
  }
}
