import { z } from 'zod';
import type { Price } from '../delivery.ts';

/** As Twilio writes it: what an account pays is negative there. */
const pricedSchema = z.object({
  price: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,6}(\.\d{1,9})?$/)
      .transform(Number),
  ]),
  price_unit: z.string().regex(/^[A-Za-z]{3}$/),
});

/** The price that a gateway's answer names; undefined when it names none. */
export function priceIn(json: unknown): Price | undefined {
  const priced = pricedSchema.safeParse(json);
  if (!priced.success) return undefined;
  const { price, price_unit: currency } = priced.data;
  return { currency: currency.toUpperCase(), amount: Math.round(Math.abs(price) * 1_000_000) };
}
