import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { countOverview } from '../people/count-overview.ts';
import { readTerms } from '../policy/askings.ts';
import { readHeldLosses } from '../synchronisation/state.ts';
import { answer, isoTime, makeDoor } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { keysAnswer, readKeys } from './keys-answer.ts';
import { sumOf } from './overdue.ts';
import { readSent, sentAnswer } from './sent-answer.ts';

const overviewAnswer = z
  .strictObject({
    at: z.string(),
    total: z.int(),
    disabled: z.int(),
    /** From here on: of people who are enabled by the policy and not disabled. */
    enabled: z.int(),
    registered: z.int(),
    ableToReset: z.int(),
    partlyRegistered: z.int(),
    filledIn: z.int(),
    overdue: z.strictObject({
      total: z.int(),
      demanded: z.int(),
      'never-registered': z.int(),
      incomplete: z.int(),
      'check-due': z.int(),
    }),
    sent: sentAnswer,
    /** People who are missing from the directory, too many at once to be disabled; null: none are held so. */
    directoryLosses: z.strictObject({ missing: z.int(), of: z.int(), since: z.string() }).nullable(),
    keys: keysAnswer,
  })
  .openapi('Overview');

const overviewRoute = createRoute({
  method: 'get',
  path: '/overview',
  ...needs('read'),
  responses: { 200: answer(overviewAnswer, 'How many people stand how, at this moment'), ...turnedAway },
});

/** The overview: how many are enabled, registered, able to reset, partly there, filled in, overdue. */
export function overviewRoutes(deps: Deps) {
  return makeDoor().openapi(overviewRoute, async (c) => {
    const now = deps.now();
    const { overdue, ...counts } = await countOverview(deps.db, await readTerms(deps.db), now);
    const held = deps.config.directory ? await readHeldLosses(deps.db) : null;
    const shown = { total: sumOf(overdue), ...overdue };
    const [sent, keys] = [await readSent(deps), await readKeys(deps)];
    const directoryLosses = held && { missing: held.missing, of: held.of, since: isoTime(held.since) };
    return c.json({ at: isoTime(now), ...counts, overdue: shown, sent, keys, directoryLosses }, 200);
  });
}
