import type { Time } from '../../store/schema.ts';
import { SendFailed, type Taken, type Transport } from '../delivery.ts';
import { type Breaker, makeBreaker } from './breaker.ts';

interface Link {
  readonly gateway: Transport;
  readonly breaker: Breaker;
}

/**
 * Several gateways as one: each message goes to the first that takes it, and one that fails three times in a row is
 * passed over for half a minute. A fault of the message itself ends the search. When all of them rest, the first is asked.
 */
export function makeChain(gateways: readonly Transport[], needs: { now(): Time }): Transport {
  const links = gateways.map((gateway): Link => ({ gateway, breaker: makeBreaker(needs) }));
  return {
    async send(message, about) {
      const awake = links.filter(({ breaker }) => breaker.mayTry());
      const failures: string[] = [];
      for (const { gateway, breaker } of awake.length > 0 ? awake : links.slice(0, 1)) {
        const tried = await trySending(() => gateway.send(message, about));
        if (!(tried instanceof SendFailed)) {
          breaker.succeeded();
          return tried;
        }
        if (tried.permanent) throw tried;
        breaker.failed();
        failures.push(tried.message);
      }
      throw new SendFailed(failures.join('; '), false);
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.close()));
    },
  };
}

async function trySending(send: () => ReturnType<Transport['send']>): Promise<Taken | SendFailed> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof SendFailed) return error;
    throw error;
  }
}
