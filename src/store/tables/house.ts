import type { Generated } from 'kysely';
import type { Time } from './values.ts';

/* What the house asks and remembers: settings, policy, questions, limits, audit. */

export interface MetaTable {
  name: string;
  value: string;
}

export interface LimitsTable {
  key: string;
  state: string;
  forget_at: Time;
}

export interface AuditTable {
  seq: Generated<number>;
  at: Time;
  event: string;
  actor_kind: string;
  actor: string | null;
  subject: string | null;
  outcome: string;
  address: string | null;
  details: string;
}

export interface PoliciesTable {
  version: number;
  at: Time;
  by: string;
  policy: string;
  /** JSON of what was asked since when (`policy/askings.ts`); null in versions from before it was kept. */
  askings: string | null;
}

export interface QuestionsTable {
  id: string;
  /** The key of a predefined question, or null for a custom one. */
  predefined: string | null;
  nl: string | null;
  en: string | null;
  position: number;
  created_at: Time;
  retired_at: Time | null;
  /** Raised by every change, so that who looked at an older one is told. */
  revision: Generated<number>;
  changed_at: Generated<Time | null>;
  /** The id of the administrator who changed it last. */
  changed_by: Generated<string | null>;
  /** The question that this one took the place of, with another meaning. */
  replaces: Generated<string | null>;
}
