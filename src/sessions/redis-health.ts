import { setTimeout as pause } from 'node:timers/promises';
import { SessionsAway } from './sessions-away.ts';

/** How long a command or connection may take before the page says that it cannot go on. */
export const patience = 1000;
const ticksOfPatience = 10;
const lookAgain = 250;

/** Whether Redis answers, told by what became of every command. */
export interface Health {
  /** Does a command, and rejects with `SessionsAway` when it fails, takes too long, or Redis is known to be away. */
  ask<T>(command: () => Promise<T>): Promise<T>;
  /** The connection itself has failed, or a part of it. */
  failed(error: Error): void;
  stop(): void;
}

function away(cause: unknown): SessionsAway {
  return new SessionsAway('Redis does not answer.', { cause });
}

/**
 * A second as this process lives it: while it is held up itself no answer can be taken in, and that is no fault of
 * Redis. So ten short waits are counted, however long each of them took.
 */
async function within<T>(command: (isLate: () => boolean) => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let ticks = 0;
  const isLate = () => ticks >= ticksOfPatience;
  const timer = setInterval(() => {
    ticks += 1;
    if (isLate()) reject(new Error(`no answer within ${patience} ms`));
  }, patience / ticksOfPatience);
  try {
    return await Promise.race([command(isLate), late]);
  } finally {
    clearInterval(timer);
  }
}

/** Asks until there is an answer or patience ends: a connection that was dropped is made anew meanwhile. */
function anyAnswer(probe: () => Promise<unknown>): Promise<unknown> {
  return within(async (isLate) => {
    for (;;) {
      try {
        return await probe();
      } catch (error) {
        if (isLate()) throw error;
        await pause(patience / ticksOfPatience);
      }
    }
  });
}

/**
 * Watches over Redis: while it is away every command is refused at once, so that nobody waits and nothing piles up, and
 * it is asked four times a second whether it is back. `onAway` and `onBack` are told once each time.
 */
export function makeHealth(told: {
  probe(): Promise<unknown>;
  onAway(error: Error): void;
  onBack(): void;
}): Health {
  const state: { away: boolean; doubting: boolean; stopped: boolean; timer: NodeJS.Timeout | undefined } = {
    away: false,
    doubting: false,
    stopped: false,
    timer: undefined,
  };
  const look = () => {
    if (state.stopped) return;
    state.timer = setTimeout(() => void within(told.probe).then(back, look), lookAgain).unref();
  };
  const back = () => {
    if (state.stopped) return;
    state.away = false;
    told.onBack();
  };
  // One command may fail alone, as with one node of a Cluster or when a connection is dropped: Redis is away when it
  // does not answer at all for as long as patience lasts.
  const failed = (error: unknown) => {
    if (state.away || state.stopped || state.doubting) return;
    state.doubting = true;
    const settle = (away: boolean) => {
      state.doubting = false;
      if (!away || state.stopped) return;
      state.away = true;
      told.onAway(error instanceof Error ? error : new Error(String(error)));
      look();
    };
    void anyAnswer(told.probe).then(
      () => settle(false),
      () => settle(true),
    );
  };
  return {
    async ask(command) {
      if (state.away) throw away('known to be away');
      try {
        return await within(command);
      } catch (error) {
        failed(error);
        throw away(error);
      }
    },
    failed,
    stop() {
      state.stopped = true;
      clearTimeout(state.timer);
    },
  };
}
