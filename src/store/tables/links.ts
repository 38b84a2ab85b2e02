import type { Time } from './values.ts';

/* What the links in notices lead to; of each only a keyed hash stands here. */

export interface StopLinksTable {
  hash: string;
  person_id: string;
  made_at: Time;
  expires_at: Time;
  used_at: Time | null;
}

export interface WaitingChangesTable {
  id: string;
  person_id: string;
  /** Of the link that cancels it. */
  hash: string;
  /** The person's session epoch when it was asked; a later one has ended it. */
  epoch: number;
  asked_at: Time;
  /** From when the methods may be changed without a code. */
  due_at: Time;
  /** Until when that can be done. */
  lapses_at: Time;
  ended_at: Time | null;
  /** `used`, `cancelled` or `replaced`. */
  ended_as: string | null;
}
