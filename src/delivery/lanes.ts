const mostLanes = 4;
const longestSleep = 5_000;
const sleepAfterSurprise = 1_000;

/** Work that is taken one piece at a time; `untilNext` tells in how many milliseconds more will be there, null for none known. */
export interface Work<T> {
  takeNext(): Promise<T | undefined>;
  handle(piece: T): Promise<void>;
  untilNext(): Promise<number | null>;
  onSurprise(error: unknown): void;
}

/**
 * Works in up to four lanes side by side, so that one slow piece holds nobody up. A lane that finds a piece opens
 * another; one that finds none closes; when all are closed, a timer that keeps no process alive looks again.
 */
export function makeLanes<T>(work: Work<T>) {
  const open = new Set<Promise<void>>();
  let stopped = false;
  let calls = 0;
  let timer: NodeJS.Timeout | undefined;

  function openLane(): void {
    if (stopped || open.size >= mostLanes) return;
    clearTimeout(timer);
    const lane: Promise<void> = runLane().then(async (sleep) => {
      open.delete(lane);
      if (open.size === 0 && !stopped) timer = setTimeout(openLane, sleep).unref();
    });
    open.add(lane);
  }

  async function runLane(): Promise<number> {
    try {
      return await workUntilNothingIsLeft();
    } catch (error) {
      work.onSurprise(error);
      return sleepAfterSurprise;
    }
  }

  async function workUntilNothingIsLeft(): Promise<number> {
    while (!stopped) {
      const callsBefore = calls;
      const piece = await work.takeNext();
      if (piece !== undefined) {
        openLane();
        await work.handle(piece);
        continue;
      }
      const until = await work.untilNext();
      // Whoever called in the meantime may have brought a piece this lane did not see yet.
      const isDone = callsBefore === calls && (until === null || until > 0);
      if (isDone) return Math.min(until ?? longestSleep, longestSleep);
    }
    return longestSleep;
  }

  function wake(): void {
    calls += 1;
    openLane();
  }

  async function whenAllClosed(): Promise<void> {
    while (open.size > 0) await Promise.all(open);
  }

  return {
    wake,
    async drain(): Promise<void> {
      wake();
      await whenAllClosed();
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await whenAllClosed();
    },
  };
}
