import type { Time } from '../../store/schema.ts';

const failuresToOpen = 3;
const restFor = 30_000;

/** Keeps a gateway that fails from being asked each time. */
export interface Breaker {
  /** Whether it may be asked now; after a rest, one asker at a time finds out whether it is back. */
  mayTry(): boolean;
  succeeded(): void;
  failed(): void;
}

/** A circuit breaker: three failures in a row, and the gateway rests for 30 s. */
export function makeBreaker({ now }: { now(): Time }): Breaker {
  let failures = 0;
  let restsUntil = 0;
  return {
    mayTry() {
      if (failures < failuresToOpen) return true;
      if (now() < restsUntil) return false;
      restsUntil = now() + restFor;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= failuresToOpen) restsUntil = now() + restFor;
    },
  };
}
