import { createRoute, z } from '@hono/zod-openapi';
import { recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { countOverview } from '../people/count-overview.ts';
import type { OverdueQuery } from '../people/list-overdue.ts';
import { overdueReasons } from '../people/overdue.ts';
import { type NamedOverdue, overduePages, readOverdue } from '../people/read-overdue.ts';
import { readTerms } from '../policy/askings.ts';
import { answer, isoTime, makeDoor, refused } from './door.ts';
import { exportedList, exportFormat, streamExport } from './export.ts';
import { actorOf, needs, turnedAway } from './guard.ts';
import { overdueFilter } from './overdue-filter.ts';
import { refusalOf } from './refusal.ts';

const pageSize = 1000;

const order = {
  sort: z.enum(['since', 'name']).default('since'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

const listQuery = overdueFilter.extend({
  ...order,
  after: z.string().max(1500).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const exportQuery = overdueFilter.extend({ ...order, format: exportFormat });

const overdueAnswer = z
  .strictObject({
    userName: z.string(),
    displayName: z.string(),
    reason: z.enum(overdueReasons),
    since: z.string(),
    /** Whole days since then. */
    days: z.int(),
  })
  .openapi('Overdue');

type OverdueAnswer = z.infer<typeof overdueAnswer>;

const countsAnswer = z
  .strictObject({
    total: z.int(),
    demanded: z.int(),
    'never-registered': z.int(),
    incomplete: z.int(),
    'check-due': z.int(),
  })
  .openapi('OverdueCounts');

const listRoute = createRoute({
  method: 'get',
  path: '/overdue',
  ...needs('read'),
  request: { query: listQuery },
  responses: {
    200: answer(
      z.strictObject({ people: z.array(overdueAnswer), next: z.string().nullable() }),
      'Who is overdue, why and since when; ask on with `after` = `next`',
    ),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

const countsRoute = createRoute({
  method: 'get',
  path: '/overdue/counts',
  ...needs('read'),
  responses: { 200: answer(countsAnswer, 'How many are overdue, by reason'), ...turnedAway },
});

const exportRoute = createRoute({
  method: 'get',
  path: '/overdue/export',
  ...needs('read'),
  request: { query: exportQuery },
  responses: {
    200: exportedList('Everybody who is overdue'),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

/** Who is overdue: by the page, in numbers, and all of them as a file. */
export function overdueRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const page = await readOverdue(deps.db, await askedOf(deps, c.req.valid('query')));
      if (!page) return c.json(refusalOf(c.get('language'), 'not-valid', 'after'), 422);
      return c.json({ people: page.people.map(answerOf), next: page.next }, 200);
    })
    .openapi(countsRoute, async (c) => {
      const { overdue } = await countOverview(deps.db, await readTerms(deps.db), deps.now());
      return c.json({ total: sumOf(overdue), ...overdue }, 200);
    })
    .openapi(exportRoute, async (c) => {
      const { format, ...query } = c.req.valid('query');
      const asked = await askedOf(deps, { ...query, after: '', limit: pageSize });
      await recordEvent(deps.db, deps.now(), {
        event: 'overdue-exported',
        actor: actorOf(c),
        details: { asked: new URL(c.req.url).search.slice(1, 500) },
      });
      const pages = answersOf(overduePages(deps.db, asked));
      return streamExport(c, { name: 'overdue', format, columns, cells, pages });
    });
}

/** Adds up how many are overdue for any reason. */
export function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function askedOf({ db, now }: Deps, query: OverdueQuery) {
  const at = now();
  return { terms: await readTerms(db), now: at, by: at, query };
}

const columns = ['userName', 'displayName', 'reason', 'since', 'days'];

function cells({ userName, displayName, reason, since, days }: OverdueAnswer) {
  return [userName, displayName, reason, since, days];
}

function answerOf({ userName, displayName, reason, since, days }: NamedOverdue): OverdueAnswer {
  return { userName, displayName, reason, since: isoTime(since), days };
}

async function* answersOf(pages: AsyncIterable<NamedOverdue[]>): AsyncGenerator<OverdueAnswer[]> {
  for await (const page of pages) yield page.map(answerOf);
}
