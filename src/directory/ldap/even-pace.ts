import { setTimeout } from 'node:timers/promises';

/** Milliseconds: no answer comes sooner, and none is held up for longer. */
const soonest = 250;
const latest = 4000;

/** How many comparisons are remembered, and for how long. */
const remembered = 20;
const keptFor = 10 * 60_000;

/** What came of some work, and whether the directory compared a password of somebody who is there. */
interface Worked<T> {
  value: T;
  compared: boolean;
}

/** The time that this part of the last comparisons did not exceed: one that took very long holds nobody up. */
const part = 0.85;

/**
 * Holds every answer back until all but the slowest of the last real comparisons would have come, so that a name that is not
 * there takes as long as one that is, however slow the directory is.
 */
export function makeEvenPace(): <T>(work: () => Promise<Worked<T>>) => Promise<T> {
  const recent: { took: number; at: number }[] = [];

  function heldUntil(): number {
    const fresh = recent.filter(({ at }) => at > performance.now() - keptFor);
    const times = fresh.map(({ took }) => took).toSorted((one, other) => one - other);
    const slow = times[Math.floor(part * (times.length - 1))] ?? 0;
    return Math.min(latest, Math.max(soonest, slow));
  }

  return async (work) => {
    const began = performance.now();
    const { value, compared } = await work();
    const took = performance.now() - began;
    if (compared) recent.push({ took, at: began });
    if (recent.length > remembered) recent.shift();
    await setTimeout(Math.max(0, heldUntil() - took));
    return value;
  };
}
