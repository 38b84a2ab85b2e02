import type { SessionData, Store } from 'express-session';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import type { Channel } from './delivery/delivery.ts';
import type { Directory } from './directory/directory.ts';
import type { PasswordCheck } from './directory/new-password.ts';
import type { Figures } from './figures/figures.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Database, Time } from './store/schema.ts';

/** The outside world as one object; only `main` (and a test) makes one. */
export interface Deps {
  config: Config;
  db: Database;
  sessions: Store;
  sessionList: SessionList;
  directory: Directory;
  /** Says why a new password is refused. */
  faultOfNewPassword: PasswordCheck;
  secrets: Secrets;
  /** The channels a message can leave by. */
  carries: ReadonlySet<Channel>;
  /** Tells the queue's worker that something waits; call it after the commit. */
  wakeDelivery(): void;
  background: Background;
  now(): Time;
  log: Logger;
  figures: Figures;
}

/** A session kept for somebody signed in; whether it is over by its epoch or age is for the reader to say. */
export interface KeptSession {
  id: string;
  data: SessionData;
  /** To within a minute. */
  lastUsedAt: Time;
}

/** The sessions of one person, found without looking through those of others. */
export interface SessionList {
  /** Gives what is kept for a person. */
  list(personId: string): Promise<KeptSession[]>;
  /** Ends a session at once; whatever answer is still under way does not write it anew. */
  end(id: string): Promise<void>;
}

/** Work that goes on after the request that asked for it was answered. */
export interface Background {
  /** Begins it. When the house closes `stop` is aborted, and the house waits for the work to end. */
  start(name: string, work: (stop: AbortSignal) => Promise<void>): void;
  /** Aborts what runs and resolves when it has ended; what is begun later is told to stop at once. */
  stop(): Promise<void>;
}

/** Makes the background of one house; what a piece of work throws is logged under its name. */
export function makeBackground(log: Logger): Background {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    start(name, work) {
      const done = work(stopping.signal)
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

export { inTransaction } from './store/database.ts';
