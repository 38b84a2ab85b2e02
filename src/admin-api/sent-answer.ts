import { z } from '@hono/zod-openapi';
import { channels } from '../delivery/delivery.ts';
import { dayOf, readTally, type Tallied } from '../delivery/tally.ts';
import type { Deps } from '../deps.ts';

const sent = z.array(
  z.strictObject({
    channel: z.enum(channels),
    count: z.int(),
    /** By currency, as far as a gateway or the configuration names prices. */
    costs: z.array(z.strictObject({ currency: z.string(), amount: z.number() })),
  }),
);

/** What went out today and this month, by channel, with its cost as far as it is known. */
export const sentAnswer = z.strictObject({ today: sent, month: sent });

/** Reads what went out today and this month, where the house stands. */
export async function readSent({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<z.infer<typeof sentAnswer>> {
  const today = dayOf(now(), undefined);
  const month = today.slice(0, '2026-11'.length);
  return {
    today: (await readTally(db, today)).map(answerOf),
    month: (await readTally(db, month)).map(answerOf),
  };
}

function answerOf({ channel, count, costs }: Tallied) {
  const amounts = Object.entries(costs);
  return {
    channel,
    count,
    costs: amounts.map(([currency, amount]) => ({ currency, amount: amount / 1_000_000 })),
  };
}
