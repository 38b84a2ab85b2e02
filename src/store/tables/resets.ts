import type { Generated } from 'kysely';
import type { Sealed, Time } from './values.ts';

/* Getting back in: resets under way, what was asked and proven in them, passwords on their way into the directory. */

export interface ResetsTable {
  id: string;
  /** As it was typed, in normal form; people type passwords there too. */
  user_name: Sealed;
  /** Whose tries these are: the name's, by its fingerprint, or those of one browser that the person has signed in with. */
  counts_as: string;
  /** `forgot` or `locked`. */
  wish: string;
  address: string;
  started_at: Time;
  expires_at: Time;
  /** Known once a gate of possession was passed, with the session epoch of that moment. */
  person_id: string | null;
  epoch: number | null;
  ended_at: Time | null;
  /** `reset`, `unlocked` or `stopped`. */
  ended_as: string | null;
}

export interface ResetAsksTable {
  /** Also the id of its challenge, where what was typed is a proven method of the person: of others there is none. */
  id: string;
  reset_id: string;
  method: string;
  /** JSON of the method as it was typed. */
  value: Sealed;
  destination: string;
  language: string;
  created_at: Time;
  expires_at: Time;
  /** When a message was last asked for. */
  asked_at: Time;
  tries: Generated<number>;
  ended_at: Time | null;
  /** `passed`, `replaced` or `spent`. */
  ended_as: string | null;
}

export interface PasswordIntentsTable {
  /** One at a time for each person. */
  person_id: string;
  id: string;
  reason: string;
  /** What the directory can set without the password: a slow hash, or null where it takes only the password itself. */
  kept: string | null;
  /** The directory's mark of the password there was. */
  mark: string | null;
  public_key: string;
  wrapped_private_key: string;
  /** 1: the sealed answers stay, since the same key was wrapped anew. */
  keeps_answers: number;
  address: string;
  begun_at: Time;
  /** Until when whoever began it is at it; afterwards it is taken up again. */
  lease_until: Time;
  /** The node that is at it (`nodes.ts`); null also for one of a version that did not say. */
  lease_owner: Generated<string | null>;
}

export interface DrawnQuestionsTable {
  person_id: string;
  /** JSON: ids of questions in the order drawn. */
  question_ids: string;
  drawn_at: Time;
}
