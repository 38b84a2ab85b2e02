import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
  Router,
} from 'express';
import type { Reader } from '../delivery/reports/reader.ts';
import { makeReaders, reportsPath } from '../delivery/reports/readers.ts';
import { keepReport } from '../delivery/reports/report.ts';
import type { Deps } from '../deps.ts';

/** Path and query, without the host that a request line may name (S43). */
function targetOf({ originalUrl }: Request): string {
  return originalUrl.startsWith('/') ? originalUrl : originalUrl.replace(/^\w+:\/\/[^/?]*/, '');
}

/** What is signed is answered the same, whether or not anybody knows the message; what is not is answered nothing. */
async function takeReport(deps: Deps, reader: Reader, { req, res }: { req: Request; res: Response }) {
  const body: unknown = req.body;
  const read = reader({
    target: targetOf(req),
    body: typeof body === 'string' ? body : '',
    header: (name) => req.get(name),
  });
  if (read.result === 'refused') {
    deps.log.warn({ gateway: req.path.slice(1) }, 'a delivery report without a valid signature was refused');
    res.status(403).end();
    return;
  }
  if (read.result === 'report' && (await keepReport(deps.db, read.report, deps.now()))) {
    const { about, ...report } = read.report;
    deps.figures.reported(report.result);
    deps.log.info({ ...report, ...about }, 'delivery reported');
  }
  res.status(204).end();
}

/** A body too long, cut off or packed is refused without words; a store that is away asks to come again. */
function refuse({ log }: Deps): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 503;
    if (status >= 500) log.error({ err: error }, 'a delivery report could not be kept');
    if (!res.headersSent) res.status(status).end();
  };
}

/**
 * Takes in what gateways report of messages they took: only what one of them has signed, for each kind that is
 * configured one address, which takes POST and nothing else.
 */
export function mountReports(app: Express, deps: Deps): void {
  const router = Router({ caseSensitive: true, strict: true });
  const asText = express.text({ type: () => true, limit: '16kb', inflate: false });
  for (const [name, reader] of makeReaders(deps.config, deps))
    router.post(`/${name}`, asText, (req, res) => takeReport(deps, reader, { req, res }));
  router.use((_req, res) => void res.status(404).end());
  router.use(refuse(deps));
  app.use(reportsPath, router);
}
