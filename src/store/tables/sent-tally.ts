/** How many messages went out on a day, and what they cost as far as known. */
export interface SentTallyTable {
  /** `2026-11-02`, where the house stands. */
  day: string;
  channel: string;
  /** ISO code; empty for mails and for numbers of no country. */
  country: string;
  /** ISO code; empty when the price is not known. */
  currency: string;
  count: number;
  /** In millionths of the currency. */
  cost: number;
}
