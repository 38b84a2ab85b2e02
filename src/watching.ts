import { sql } from 'kysely';
import type { Deps } from './deps.ts';
import type { Gauges } from './figures/figures.ts';
import { countOverview } from './people/count-overview.ts';
import { readTerms } from './policy/askings.ts';
import { readKeysState } from './rotation/sealing-anew.ts';
import { readHeldLosses } from './synchronisation/state.ts';

/** Counting everybody is asked of the database at most so often, however often the figures are read. */
const overdueFor = 5 * 60_000;

/** What the figures look up when somebody reads them; each is a count by an index. */
export function makeGauges(deps: Pick<Deps, 'db' | 'now' | 'secrets' | 'config'>): Gauges {
  const { db, now, secrets, config } = deps;
  const known = { at: Number.NEGATIVE_INFINITY, overdue: {} };
  return {
    hashing: () => ({ running: secrets.hashing.running(), waiting: secrets.hashing.waiting() }),
    async queue() {
      const { count, oldest } = await db
        .selectFrom('messages')
        .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('created_at').as('oldest')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow();
      return { waiting: Number(count), oldestSeconds: oldest === null ? 0 : (now() - Number(oldest)) / 1000 };
    },
    async sessions() {
      if (config.redis !== undefined) return null;
      const { count } = await db
        .selectFrom('sessions')
        .select(sql<number>`count(*)`.as('count'))
        .where('expires_at', '>', now())
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async overdue() {
      if (now() - known.at >= overdueFor) {
        known.overdue = (await countOverview(db, await readTerms(db), now())).overdue;
        known.at = now();
      }
      return known.overdue;
    },
    async directoryLosses() {
      if (config.directory === undefined) return null;
      return (await readHeldLosses(db))?.missing ?? 0;
    },
    async keys() {
      const state = await readKeysState(db);
      if (state === null) return null;
      const { done, total, broken, finishedAt } = state.sealing;
      const ratio = total === 0 ? 0 : done / total;
      return {
        sinceSeconds: state.inUseSince / 1000,
        doneRatio: finishedAt !== null && broken === 0 ? 1 : ratio,
        unopenable: broken,
      };
    },
  };
}
