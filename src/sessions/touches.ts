import type { Time } from '../store/schema.ts';

const minute = 60_000;

/** Tells which sessions' expiry is due to be put off: each at most once a minute, so that reading a page writes nothing. */
export interface Touches {
  /** Whether it is due now; if so, it counts as put off. */
  isDue(id: string): boolean;
}

/** Makes the memory of one node, which forgets a session after a minute. */
export function makeTouches(now: () => Time): Touches {
  /** When each session's expiry was last put off, the oldest first. */
  const touched = new Map<string, Time>();
  return {
    isDue(id) {
      const at = now();
      for (const [other, before] of touched) {
        if (before > at - minute) break;
        touched.delete(other);
      }
      if (touched.has(id)) return false;
      touched.set(id, at);
      return true;
    },
  };
}
