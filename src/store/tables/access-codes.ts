import type { Time } from './values.ts';

/** One-time access codes: who asked, who agreed, and whether it is collected or used. Open: neither used nor cancelled. */
export interface AccessCodesTable {
  id: string;
  person_id: string;
  /** Keyed hash of the code (`secrets/access-codes.ts`); null until it is collected. */
  code_hash: string | null;
  reason: string;
  /** The id of the administrator who asked; only this one collects the code. */
  requested_by: string;
  requested_at: Time;
  /** null while a second administrator still has to agree. */
  approved_by: string | null;
  approved_at: Time | null;
  collected_at: Time | null;
  /** Until when it can be collected and, once collected, used. */
  expires_at: Time;
  used_at: Time | null;
  cancelled_at: Time | null;
}
