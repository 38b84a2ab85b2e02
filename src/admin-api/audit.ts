import { createRoute, z } from '@hono/zod-openapi';
import { recordEvent } from '../audit/audit.ts';
import { type EventFilter, type EventPlace, listEvents } from '../audit/list-events.ts';
import { type Verified, verifyAudit } from '../audit/verify.ts';
import type { Deps } from '../deps.ts';
import {
  type EventAnswer,
  eventAnswer,
  eventAnswersOf,
  eventCells,
  eventColumns,
  placeOf,
} from './audit-answer.ts';
import { auditFilter, auditQuery, readFilter } from './audit-filter.ts';
import { answer, body, isoTime, makeDoor, refused } from './door.ts';
import { exportedList, exportFormat, streamExport } from './export.ts';
import { askedBy, needs, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

const pageSize = 1000;

const exportQuery = auditFilter.extend({ format: exportFormat });

/** The end of the chain as the log writes it: `12.<digest>`. */
const noted = z
  .string()
  .regex(/^[1-9]\d{0,14}\.[\w-]{43}$/, { error: 'head-unreadable' })
  .transform((head) => ({ head, number: Number(head.split('.')[0]) }));

const verifiedAnswer = z
  .strictObject({
    sound: z.boolean(),
    batches: z.int(),
    rows: z.int(),
    unsealed: z.int(),
    prunedTo: z.int().nullable(),
    head: z.string().nullable(),
    findings: z.array(
      z.strictObject({ problem: z.string(), fromSeq: z.int(), toSeq: z.int(), at: z.string().nullable() }),
    ),
  })
  .openapi('AuditVerified');

const listRoute = createRoute({
  method: 'get',
  path: '/audit',
  ...needs('audit'),
  request: { query: auditQuery },
  responses: {
    200: answer(
      z.strictObject({ events: z.array(eventAnswer), next: z.string().nullable() }),
      'What happened, newest first; ask on with `after` = `next`',
    ),
    ...turnedAway,
    422: refused('The query is not right, or nobody has that name'),
  },
});

const exportRoute = createRoute({
  method: 'get',
  path: '/audit/export',
  ...needs('audit'),
  request: { query: exportQuery },
  responses: {
    200: exportedList('What happened, newest first, all of it'),
    ...turnedAway,
    422: refused('The query is not right, or nobody has that name'),
  },
});

const verifyRoute = createRoute({
  method: 'post',
  path: '/audit/verify',
  ...needs('audit'),
  request: { body: body(z.strictObject({ head: noted.optional() })) },
  responses: {
    200: answer(verifiedAnswer, 'Whether the audit is as it was sealed, and where it is not'),
    ...turnedAway,
    422: refused('The head is not right'),
  },
});

/** The audit: look through it, take it out, see whether it is whole. */
export function auditRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const { after, limit, ...asked } = c.req.valid('query');
      const read = await readFilter(deps.db, asked);
      if (read.result === 'unknown')
        return c.json(refusalOf(c.get('language'), read.problem, read.field), 422);
      const events = await listEvents(deps.db, read.filter, { after, limit: limit + 1 });
      const page = events.slice(0, limit);
      const last = page.at(-1);
      const next = last && events.length > limit ? placeOf(last) : null;
      return c.json({ events: await eventAnswersOf(deps.db, page), next }, 200);
    })
    .openapi(exportRoute, async (c) => {
      const { format, ...asked } = c.req.valid('query');
      const read = await readFilter(deps.db, asked);
      if (read.result === 'unknown')
        return c.json(refusalOf(c.get('language'), read.problem, read.field), 422);
      const filtered = new URL(c.req.url).search.slice(1, 500);
      await recordEvent(deps.db, deps.now(), {
        event: 'audit-exported',
        ...askedBy(c),
        details: { asked: filtered },
      });
      const pages = pagesOf(deps, read.filter);
      return streamExport(c, { name: 'audit', format, columns: eventColumns, cells: eventCells, pages });
    })
    .openapi(verifyRoute, async (c) => {
      const { head } = c.req.valid('json');
      const verified = await verifyAudit(deps, head);
      await recordEvent(deps.db, deps.now(), {
        event: 'audit-verified',
        ...askedBy(c),
        outcome: verified.findings.length === 0 ? 'done' : 'refused',
        details: { batches: verified.batches, findings: verified.findings.length },
      });
      return c.json(verifiedAnswerOf(verified), 200);
    });
}

async function* pagesOf({ db }: Deps, filter: EventFilter): AsyncGenerator<EventAnswer[]> {
  let after: EventPlace | undefined;
  do {
    const events = await listEvents(db, filter, { after, limit: pageSize });
    yield await eventAnswersOf(db, events);
    after = events.length === pageSize ? events.at(-1) : undefined;
  } while (after);
}

function verifiedAnswerOf({ findings, ...verified }: Verified): z.infer<typeof verifiedAnswer> {
  const told = findings.map((finding) => ({ ...finding, at: isoTime(finding.at) }));
  return { sound: findings.length === 0, ...verified, findings: told };
}
