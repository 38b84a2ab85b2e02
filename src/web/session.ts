import type { Request, RequestHandler, Response } from 'express';
import session, { type SessionData } from 'express-session';
import type { Config } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Present } from '../registrations/present.ts';
import { longestLife } from '../sessions/session-data.ts';
import { clearCookie, cookieName } from './cookies.ts';

/** express-session as Sparekey uses it: a row from sign-in on, kept sealed, its cookie ending with the browser. */
export function sessions(deps: Deps): RequestHandler {
  let made: { secrets: string; handler: RequestHandler } | undefined;
  return (req, res, next) => {
    // express-session takes its secrets once; those of the house can be replaced while it runs.
    const secrets = deps.secrets.tokens.sessionSecrets.join();
    if (made?.secrets !== secrets) made = { secrets, handler: makeSessions(deps) };
    made.handler(req, res, next);
  };
}

function makeSessions(deps: Deps): RequestHandler {
  return session({
    name: cookieName(deps.config, 'session'),
    secret: [...deps.secrets.tokens.sessionSecrets],
    store: deps.sessions,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure: deps.config.baseUrl.startsWith('https:') },
  });
}

/** What is known of whoever is signed in, or undefined: the session is of the person's present epoch and not too old. */
export async function signedIn(
  { deps, readPresent }: { deps: Pick<Deps, 'now'>; readPresent(id: string): Promise<Present | undefined> },
  data: Partial<SessionData>,
): Promise<Present | undefined> {
  if (data.personId === undefined || data.signedInAt === undefined) return undefined;
  if (deps.now() >= data.signedInAt + longestLife) return undefined;
  const present = await readPresent(data.personId);
  const person = present?.person;
  if (!person || person.disabledAt !== null || person.blockedAt !== null) return undefined;
  return person.sessionEpoch === data.epoch ? present : undefined;
}

/** Gives the session a new id and empties it. */
export async function renewSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
}

/** Whether a session holds anything that the next page relies on: somebody signed in, or a reset under way. */
export function isOpen({ personId, resetId }: Partial<SessionData>): boolean {
  return personId !== undefined || resetId !== undefined;
}

/** Stores a session that holds anything, before the browser is sent on to a page that relies on it. */
export async function storeSession(req: Request): Promise<void> {
  if (!req.session || !isOpen(req.session)) return;
  await new Promise<void>((resolve, reject) => {
    req.session.save((error) => (error ? reject(error) : resolve()));
  });
}

/** Ends the session: the row goes at once, and the browser is told to forget its id. */
export async function endSession(
  { req, res }: { req: Request; res: Response },
  config: Config,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error) => (error ? reject(error) : resolve()));
  });
  clearCookie(res, config, cookieName(config, 'session'));
}

/** Gives the session a new id and keeps what it holds: whoever gains a right gets a new id (S51). */
export async function renewSessionId(visit: { req: Request; session: Request['session'] }): Promise<void> {
  const { cookie: _cookie, ...held } = { ...visit.req.session };
  await renewSession(visit.req);
  Object.assign(visit.req.session, withoutMethods(held));
  visit.session = visit.req.session;
}

function withoutMethods(held: object): object {
  return Object.fromEntries(Object.entries(held).filter(([, value]) => typeof value !== 'function'));
}
