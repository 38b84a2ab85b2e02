import type { Generated } from 'kysely';
import type { Sealed, Time } from './values.ts';

/* What is on its way or open for a while: challenges, messages, sessions. */

export interface ChallengesTable {
  id: string;
  person_id: string;
  purpose: string;
  method: string;
  /** JSON of the addressed method it will prove. */
  value: Sealed;
  destination: string;
  key_id: string;
  language: string;
  created_at: Time;
  expires_at: Time;
  tries: number;
  /** When the code was last asked to be sent. */
  asked_at: Time;
  /** When the code was first handed to a transport; null: nobody can have it. */
  sent_at: Time | null;
  /** Until when the checks made at its step (password, code to a proven method) stand. */
  authorised_until: Time;
  ended_at: Time | null;
  /** `used`, `replaced`, `spent`, `given-up` or `cancelled`. */
  ended_as: string | null;
}

export interface MessagesTable {
  id: string;
  person_id: string | null;
  /** A code's message carries its challenge, never the code. */
  challenge_id: string | null;
  channel: string;
  kind: string;
  /** JSON of what to send and where. */
  content: Sealed | null;
  created_at: Time;
  due_at: Time;
  /** What goes first: 0 codes, 1 notices, 2 reminders. */
  rank: Generated<number>;
  attempts: number;
  lease_until: Time | null;
  /** The node that holds it (`nodes.ts`); null also for one of a version that did not say. */
  lease_owner: Generated<string | null>;
  /** `waiting`, `sent`, `dropped` or `given-up`. */
  state: string;
  finished_at: Time | null;
  failure: string | null;
  /** The other side's own name for it, where it needs one to report. */
  remote_id: string | null;
  /** What the other side said became of it: `delivered` or `undelivered`. */
  report: string | null;
  reported_at: Time | null;
  report_reason: string | null;
}

export interface SessionsTable {
  id: string;
  person_id: string | null;
  data: Sealed;
  expires_at: Time;
}
