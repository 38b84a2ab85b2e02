import type { Message } from './message.ts';
import type { Random } from './random.ts';
import type { Answer, Door } from './wire.ts';

/** One sender with a state of its own: who it is signed in as, its cookies, its token. */
export interface Lane {
  name: string;
  door: Door;
  /** Makes itself ready again: signs in anew, takes up a token. Done before the first request and every so many. */
  renew(): Promise<void>;
  /** Whether it is nobody any more, and had better be renewed. */
  isStale(): boolean;
  make(random: Random): Message;
  /** Takes what an answer gave into its state. */
  take(answer: Answer): void;
}
