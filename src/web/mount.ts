import type { Express, NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { checkCsrf } from './csrf.ts';
import { BadRequest } from './errors.ts';
import { dropKeptForm, dropKeptProblems, keepForm, readKeptForm } from './kept-forms.ts';
import type { Extra, FileAnswer, GoTo, Opened, Page } from './page.ts';
import { sendPage } from './send-page.ts';
import { isOpen, storeSession } from './session.ts';
import { unseenPath } from './unseen-path.ts';
import { openVisit, type Site, type Visit } from './visit.ts';

const bodySchema = z.record(z.string().max(100), z.string());

/** A field given twice, or anything but texts, is no form of ours (S26). */
function readBody(req: Request): Record<string, string> {
  const parsed = bodySchema.safeParse(req.body ?? {});
  if (!parsed.success) throw new BadRequest('malformed');
  return { ...parsed.data };
}

/** The session is stored first: a browser follows as soon as it sees where to, and is owed an error when it is not. */
async function redirect(visit: Visit, { path, notice }: GoTo): Promise<void> {
  if (notice !== undefined && (visit.person || isOpen(visit.session))) visit.session.notice = notice;
  await storeSession(visit.req);
  visit.res.redirect(303, unseenPath(visit.req.get('User-Agent'), path));
}

/** What is kept for this page: a form that was refused, and what is to be said once. */
function extraOf(visit: Visit): Extra {
  const { problems = [], values = {} } = readKeptForm(visit, visit.path) ?? {};
  return { problems, values, notice: visit.session.notice ?? null };
}

/** Path and query, without the host that a request line may name (S43). */
function askedPath({ originalUrl }: Request): string {
  const { pathname, search } = new URL(originalUrl, 'http://own.invalid');
  return pathname + search;
}

/** htmx asked for a part, and this is a whole page: the browser is told to go there itself. */
function answerPage(visit: Visit, opened: Exclude<Opened, GoTo>): void {
  const { html, partial } = opened.draw(extraOf(visit));
  if (visit.target !== undefined && !partial) {
    visit.res.set('HX-Redirect', askedPath(visit.req)).send('');
    return;
  }
  if (visit.session.notice !== undefined && visit.req.method === 'GET') delete visit.session.notice;
  sendPage(visit.res, html);
}

async function answerGet(
  site: Site,
  page: Page,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  const visit = await openVisit(site, req, res);
  const opened = await page.open(visit);
  if (opened.result === 'go-to') await redirect(visit, opened);
  else answerPage(visit, opened);
}

/** A refused form: htmx gets its part at once, all others a 303 to a page that shows it, so that Back works. */
async function answerRefused(page: Page, visit: Visit, kept: Omit<Extra, 'notice'>): Promise<void> {
  if (visit.target !== undefined) {
    const opened = await page.open(visit);
    if (opened.result === 'go-to') return redirect(visit, opened);
    const { html, partial } = opened.draw({ ...kept, notice: null });
    if (partial) {
      sendPage(visit.res.status(422), html);
      return;
    }
  }
  keepForm(visit, visit.path, { problems: [...kept.problems], values: { ...kept.values } });
  await redirect(visit, { result: 'go-to', path: visit.path });
}

function answerFile({ res }: Visit, { name, type, body }: FileAnswer): void {
  res.attachment(name).type(type).send(body);
}

async function answerPost(
  site: Site,
  page: Page,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  const body = readBody(req);
  checkCsrf(site.deps, req, body.csrf);
  const visit = await openVisit(site, req, res);
  const answer = await page.submit(visit, body);
  if (answer.result === 'refused') return answerRefused(page, visit, answer);
  if (answer.result !== 'go-to') dropKeptForm(visit, visit.path);
  if (answer.result === 'opened') return answerPage(visit, answer);
  if (answer.result === 'file') return answerFile(visit, answer);
  if (answer.keep) keepForm(visit, visit.path, { problems: [], values: answer.values });
  else dropKeptForm(visit, visit.path);
  dropKeptProblems(visit, answer.path);
  await redirect(visit, answer);
}

/** Mounts a page: GET opens it, POST submits its form; another verb is refused in words. */
export function mountPage(app: Express, site: Site, page: Page): void {
  const route = app.route(page.path);
  route.get((req, res) => answerGet(site, page, { req, res }));
  if (page.takesForms) route.post((req, res) => answerPost(site, page, { req, res }));
  route.all((_req: Request, res: Response, _next: NextFunction) => {
    res.set('Allow', page.takesForms ? 'GET, HEAD, POST' : 'GET, HEAD');
    throw new BadRequest('not-allowed');
  });
}
