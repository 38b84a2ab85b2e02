import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import express, { type Express, type Response } from 'express';
import { sql } from 'kysely';
import { accountPages } from './account/pages.ts';
import { changePasswordPages } from './change-password/change-password-page.ts';
import type { Deps } from './deps.ts';
import { redeemPages } from './redeem/pages.ts';
import { registerPages } from './register/pages.ts';
import { resetPages } from './reset/pages.ts';
import { signInPages } from './sign-in/pages.ts';
import { stopPages } from './stop/pages.ts';
import { mountReports } from './web/delivery-reports.ts';
import { errorPage, notFound } from './web/error-page.ts';
import { noStore, securityHeaders, trustBaseUrl } from './web/headers.ts';
import { mountPage } from './web/mount.ts';
import type { Page } from './web/page.ts';
import { logRequests } from './web/request-log.ts';
import { sessions } from './web/session.ts';
import { makeSite } from './web/visit.ts';

const year = 31_536_000_000;
/** A proxy in front asks again soon, and must not pile up questions. */
const readyPatience = 2_000;

/** Every page a person can meet. */
export const pages: Page[] = [
  ...signInPages,
  ...registerPages,
  ...resetPages,
  ...stopPages,
  ...redeemPages,
  ...changePasswordPages,
  ...accountPages,
];

function cachedForever(res: Response): void {
  res.set('Cache-Control', 'public, max-age=31536000, immutable');
}

/** Paths mean what they say: case and slashes count, and nothing is guessed (S56). */
function newExpress(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.enable('case sensitive routing').enable('strict routing');
  app.set('trust proxy', deps.config.trustProxy);
  app.set('query parser', 'simple');
  return app;
}

/** The files there are now; asking the disk whether a page is one of them would cost each page a tenth of its time. */
function mountFiles(app: Express, { config }: Deps): void {
  app.get('/htmx.js', (_req, res) => {
    cachedForever(res);
    res.type('text/javascript').sendFile(config.htmxFile);
  });
  const files = { index: false, redirect: false, maxAge: year, immutable: true, etag: false };
  const names = new Set(readdirSync(config.publicFolder).map((name) => `/${name}`));
  const serveFile = express.static(config.publicFolder, files);
  app.use((req, res, next) => (names.has(req.path) ? serveFile(req, res, next) : next()));
}

/** Rejects unless both stores answer; the session asked for need not be there. */
async function askStores({ db, sessions: store }: Deps): Promise<void> {
  await sql`select 1`.execute(db);
  await new Promise<void>((resolve, reject) => {
    store.get('readyz', (error: unknown) => (error ? reject(error) : resolve()));
  });
}

function mountHealth(app: Express, deps: Deps): void {
  app.get('/healthz', (_req, res) => {
    res.type('text').send('ok');
  });
  app.get('/readyz', async (_req, res) => {
    const ready = await Promise.race([
      askStores(deps).then(
        () => true,
        () => false,
      ),
      setTimeout(readyPatience, false, { ref: false }),
    ]);
    res
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ok' : 'not ok');
  });
}

/**
 * An empty style sheet that the pages after signing out and after a new password ask for: Chromium keeps whole pages in
 * memory for Back, with what was typed there, and a no-store one that a form led to even after its cookie is gone. Only
 * an answer that comes once the last page was left drops them all.
 */
function mountForgetting(app: Express): void {
  app.get('/forget.css', (_req, res) => {
    res.set('Clear-Site-Data', '"cache"').type('css').send('');
  });
}

function mountShortcuts(app: Express): void {
  app.get('/', (_req, res) => res.redirect(303, '/register'));
  app.get('/ssprsetup', (_req, res) => res.redirect(303, '/register'));
  app.get('/sspr', (_req, res) => res.redirect(303, '/reset'));
}

/** The web app from top to bottom, in the order a request meets it. */
export function webApp(deps: Deps): Express {
  const app = newExpress(deps);
  const site = makeSite(deps, deps.config);
  app.use(securityHeaders(deps.config), logRequests(deps));
  mountFiles(app, deps);
  app.use(noStore);
  mountHealth(app, deps);
  mountForgetting(app);
  mountShortcuts(app);
  mountReports(app, deps);
  app.use(trustBaseUrl(deps.config), sessions(deps));
  app.use(express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 40 }));
  for (const page of pages) mountPage(app, site, page);
  app.use(notFound, errorPage(site));
  return app;
}
