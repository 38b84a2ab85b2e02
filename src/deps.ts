import type { Store } from 'express-session';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Channel } from './delivery/delivery.ts';
import type { Directory } from './directory/directory.ts';
import type { PasswordCheck } from './directory/new-password.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Database, Time } from './store/schema.ts';

/** The outside world as one object; only `main` (and a test) makes one. */
export interface Deps {
  config: Config;
  db: Database;
  sessions: Store;
  directory: Directory;
  /** Says why a new password is refused. */
  faultOfNewPassword: PasswordCheck;
  secrets: Secrets;
  /** The channels a message can leave by. */
  carries: ReadonlySet<Channel>;
  /** Tells the queue's worker that something waits; call it after the commit. */
  wakeDelivery(): void;
  now(): Time;
  log: Logger;
}

export { inTransaction } from './store/database.ts';
