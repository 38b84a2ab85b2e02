import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Deps } from '../deps.ts';
import { DirectoryAway } from '../directory/away.ts';
import { defaultPolicy, type Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import { SessionsAway } from '../sessions/sessions-away.ts';
import { isRefusedText } from '../store/refused-text.ts';
import { isStoreAway } from '../store/store-away.ts';
import { wordsOf } from '../words/words.ts';
import { csrfToken, readVisitNonce } from './csrf.ts';
import { BadRequest } from './errors.ts';
import { chooseLanguage, languageCookie, languageLink } from './language.ts';
import { sendPage } from './send-page.ts';
import type { Site } from './visit.ts';

type ErrorKind = BadRequest['kind'] | 'busy' | 'away' | 'directory-away' | 'broken';

declare module './views.ts' {
  interface Views {
    error: { heading: string; text: string; mend: string; requestId: string };
  }
}

const bodyFaults: Record<string, BadRequest['kind']> = {
  'entity.too.large': 'too-large',
  'parameters.too.many': 'too-large',
};

/** Seconds after which a database that was away may be asked again. */
const storeRetryAfter = 5;

/** What express and its body parser complain of, in our own kinds; undefined for a surprise. */
function kindOf(error: unknown): { kind: ErrorKind; status: number; retryAfter?: number } {
  if (error instanceof BadRequest) return { kind: error.kind, status: error.status };
  if (error instanceof TooBusy) return { kind: 'busy', status: 503, retryAfter: error.retryAfterSeconds };
  if (error instanceof SessionsAway)
    return { kind: 'away', status: 503, retryAfter: error.retryAfterSeconds };
  if (error instanceof DirectoryAway)
    return { kind: 'directory-away', status: 503, retryAfter: error.retryAfterSeconds };
  if (isStoreAway(error)) return { kind: 'away', status: 503, retryAfter: storeRetryAfter };
  if (isRefusedText(error)) return { kind: 'malformed', status: 400 };
  if (!(error instanceof Error)) return { kind: 'broken', status: 500 };
  // A request that breaks off, or is none: Node's own parser says so, also to a file on its way.
  if ('code' in error && String(error.code).startsWith('HPE_')) return { kind: 'malformed', status: 400 };
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const fault = bodyFaults[type] ?? (status >= 400 && status < 500 ? 'malformed' : undefined);
  return fault ? { kind: fault, status: new BadRequest(fault).status } : { kind: 'broken', status: 500 };
}

/** The organisation's own name and contact, unless the database is what is at fault. */
async function policyAtHand({ db, log }: Deps): Promise<Policy> {
  try {
    return await readPolicy(db);
  } catch (error) {
    log.warn({ err: error }, 'an error page does without the policy');
    return defaultPolicy;
  }
}

async function renderError(
  site: Site,
  { req, res }: { req: Request; res: Response },
  kind: ErrorKind,
): Promise<string> {
  const { deps } = site;
  const { organisationName, helpContact, defaultLanguage } = await policyAtHand(deps);
  const house = { person: null, house: defaultLanguage };
  const { query } = req;
  const language = chooseLanguage({ req, query }, house, languageCookie(deps.config));
  const otherLanguage = language === 'nl' ? 'en' : 'nl';
  const t = wordsOf(language);
  const words = t.common.errors[kind];
  const nonce = readVisitNonce(deps, req);
  const requestId = String(res.get('X-Request-Id') ?? '');
  const frame = {
    t,
    language,
    otherLanguage,
    languageLink: languageLink({ path: req.path, query }, otherLanguage),
    title: words.heading,
    organisation: organisationName,
    helpContact,
    path: req.path,
    signedIn: false,
    ownPages: false,
    csrf: nonce === undefined ? '' : csrfToken(deps, nonce),
    problems: [],
    values: {},
    notice: null,
    row: 'page',
    inRow: false,
    assets: site.assets,
  } as const;
  return site.render('error', { ...words, requestId, ...frame }, 'page');
}

/** No page has this path. */
export const notFound: RequestHandler = () => {
  throw new BadRequest('not-found');
};

/** The last in the line: every fault gets a page in words, never a stack; surprises are logged. */
export function errorPage(site: Site): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const { kind, status, retryAfter } = kindOf(error);
    if (kind === 'broken')
      site.deps.log.error({ err: error, requestId: res.get('X-Request-Id') }, 'request failed');
    // A session that could not be put off after the answer was on its way is no reason to cut the answer off.
    if (res.headersSent) return kind === 'away' ? undefined : next(error);
    if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
    // Shown whole, even where htmx asked for a part.
    if (req.get('HX-Request') === 'true') res.set({ 'HX-Retarget': 'body', 'HX-Reswap': 'innerHTML' });
    const html = await renderError(site, { req, res }, kind);
    sendPage(res.status(status), html);
  };
}
