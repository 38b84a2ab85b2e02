import type { Prices } from '../config/delivery.ts';
import type { Channel, Outgoing, Price } from './delivery.ts';

/** Where a message goes, and what that costs as far as it is configured. */
export interface Tariff {
  /** The country (ISO code) of a text's or call's number; null for a mail, and for a number of no country. */
  countryOf(message: Outgoing): string | null;
  readonly prices: Partial<Record<Channel, Prices>>;
}

/** The configured price of a message to a country; undefined when there is none. */
export function priceOf(
  tariff: Tariff | undefined,
  channel: Channel,
  country: string | null,
): Price | undefined {
  const prices = tariff?.prices[channel];
  const amount = prices?.byCountry.get(country ?? '*') ?? prices?.byCountry.get('*');
  return prices && amount !== undefined ? { currency: prices.currency, amount } : undefined;
}
