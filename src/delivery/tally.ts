import { z } from 'zod';
import type { Db } from '../store/schema.ts';
import { type Channel, channels, type Price } from './delivery.ts';

/** A message that went out. */
export interface Sent {
  readonly day: string;
  readonly channel: Channel;
  readonly country: string | null;
  readonly price: Price | undefined;
}

/** What went out by one channel: how many, and their cost by currency in millionths, as far as it is known. */
export interface Tallied {
  readonly channel: Channel;
  count: number;
  readonly costs: Record<string, number>;
}

/** Counts a message; in the transaction that marks it as sent. */
export async function countSent(tx: Db, { day, channel, country, price }: Sent): Promise<void> {
  const cost = price?.amount ?? 0;
  await tx
    .insertInto('sent_tally')
    .values({ day, channel, country: country ?? '', currency: price?.currency ?? '', count: 1, cost })
    .onConflict((c) =>
      c.columns(['day', 'channel', 'country', 'currency']).doUpdateSet((eb) => ({
        count: eb('sent_tally.count', '+', 1),
        cost: eb('sent_tally.cost', '+', cost),
      })),
    )
    .execute();
}

/** Adds up the days whose name begins like this: a whole day, or a month of them. */
export async function readTally(db: Db, days: string): Promise<Tallied[]> {
  const rows = await db
    .selectFrom('sent_tally')
    .select((eb) => ['channel', 'currency', eb.fn.sum('count').as('count'), eb.fn.sum('cost').as('cost')])
    // By no range: what comes after a sign is the locale's to say on PostgreSQL.
    .where('day', 'like', `${days}%`)
    .groupBy(['channel', 'currency'])
    .execute();
  const tallied = channels.map((channel): Tallied => ({ channel, count: 0, costs: {} }));
  for (const { channel, currency, count, cost } of rows) {
    const one = tallied.find((each) => each.channel === channel);
    if (!one) continue;
    one.count += Number(count);
    if (currency !== '') one.costs[currency] = Number(cost);
  }
  return tallied;
}

/** The name of the day that it is at this moment, where the house stands. */
export function dayOf(at: number, timeZone: string | undefined): string {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const;
  return z.iso.date().parse(new Intl.DateTimeFormat('sv-SE', style).format(at));
}
