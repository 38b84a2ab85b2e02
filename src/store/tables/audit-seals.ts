import type { Time } from './values.ts';

/** One batch of the audit, chained to the one before it by a keyed digest. */
export interface AuditSealsTable {
  /** 1, 2, 3 … without a gap. */
  number: number;
  from_seq: number;
  to_seq: number;
  count: number;
  at: Time;
  /** The key the digest was made with. */
  key_id: string;
  /** The digest of the seal before it; empty for the first. */
  previous: string;
  digest: string;
  /** On the newest batch whose rows were pruned: the keyed digest that says so. */
  checkpoint: string | null;
}
