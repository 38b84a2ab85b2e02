/** Work is refused because too much waits already; try again after so many seconds. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too much is waiting to be hashed.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** How much runs at once, and how much may wait for its turn. */
export interface QueueBounds {
  readonly workers: number;
  readonly waiting: number;
  /** Hears of each refusal, to count it. */
  readonly onRefused?: (() => void) | undefined;
}

/** A queue that does work in the order it came, a bounded amount at once. */
export interface BoundedQueue {
  /** Does the work when its turn comes and gives what it gave; rejects with TooBusy when too much waits. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly waiting: () => number;
  readonly running: () => number;
}

/** Generous for one argon2id on a slow core: what the time to come back is reckoned with. */
const secondsAPiece = 0.1;

/** Makes a first-in first-out queue; throws a RangeError when it could never do anything. */
export function makeBoundedQueue(bounds: QueueBounds): BoundedQueue {
  if (!(bounds.workers >= 1 && bounds.waiting >= 0)) throw new RangeError('A queue needs a worker.');
  const turns: (() => void)[] = [];
  let running = 0;

  function takeTurn(): Promise<void> {
    if (running < bounds.workers) {
      running += 1;
      return Promise.resolve();
    }
    if (turns.length >= bounds.waiting) {
      bounds.onRefused?.();
      return Promise.reject(new TooBusy(secondsToDrain(bounds)));
    }
    return new Promise((resolve) => turns.push(resolve));
  }

  // A turn is handed on rather than given back, so that nobody who comes later slips in between.
  function passTurn(): void {
    const next = turns.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    run: async (work) => {
      await takeTurn();
      try {
        return await work();
      } finally {
        passTurn();
      }
    },
    waiting: () => turns.length,
    running: () => running,
  };
}

function secondsToDrain({ workers, waiting }: QueueBounds): number {
  return Math.max(1, Math.ceil((waiting / workers) * secondsAPiece));
}
