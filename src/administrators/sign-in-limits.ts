import type { Counted, Limit } from '../limits/limits.ts';

const hour = 3_600_000;
const day = 24 * hour;

const perNetwork: Limit = { name: 'administrator-wrong-passwords', most: 30, within: 600_000 };
const gatesPerHour: Limit = { name: 'administrator-gates', most: 10, within: hour };
const wrongCodesPerDay: Limit = { name: 'administrator-wrong-codes', most: 20, within: day };

/** Wrong passwords from one network; the keyed fingerprint stands for it. */
export function networkCount(network: string): Counted {
  return { limit: perNetwork, subject: network };
}

/** Codes mailed to one account. */
export function gateCount(administratorId: string): Counted {
  return { limit: gatesPerHour, subject: administratorId };
}

/** Wrong codes of one account over all its sign-ins. */
export function wrongCodeCount(administratorId: string): Counted {
  return { limit: wrongCodesPerDay, subject: administratorId };
}
