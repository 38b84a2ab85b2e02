import type { Generated } from 'kysely';
import type { Time } from './values.ts';

/* What is done again and again: reminding people, and who does it now. */

export interface RemindersTable {
  person_id: string;
  /** The moment that was reminded of; another one begins the count anew. */
  for_due: Time;
  count: number;
  last_at: Time;
}

/** Work that one process of many does at a time. */
export interface LeasesTable {
  name: string;
  until: Time;
  /** Of a node: JSON of the keys that it holds and uses; null until it has said so. */
  keys: Generated<string | null>;
}
