import type { Request, Response } from 'express';
import type { SessionData } from 'express-session';
import type { Deps } from '../deps.ts';
import { newId } from '../secrets/random.ts';
import { cookieName, readCookie, sendsCookies, setCookie } from './cookies.ts';
import { BadRequest } from './errors.ts';

/** The nonce of this browser's visit cookie, or undefined when it sent none of ours. */
export function readVisitNonce({ config, secrets }: Deps, req: Request): string | undefined {
  const cookie = readCookie(req, cookieName(config, 'visit'));
  return cookie === undefined ? undefined : (secrets.tokens.verify('cookie', cookie) ?? undefined);
}

/** Whether this browser sent the visit cookie of a nonce. */
export function sendsVisit({ config, secrets }: Deps, req: Request, nonce: string): boolean {
  return readCookie(req, cookieName(config, 'visit')) === secrets.tokens.sign('cookie', nonce);
}

/** A nonce that says for whom it was made, so that a form that outlives its session is shown to nobody else. */
export function newNonce({ secrets }: Deps, personId: string): string {
  return `${newId()}.${secrets.sealing.fingerprint('visit', personId)}`;
}

/** For whom a nonce was made: a fingerprint; empty when for nobody signed in. */
export function ownerOf(nonce: string | undefined): string {
  return nonce?.split('.')[1] ?? '';
}

/** Gives the browser a new nonce (or its session's own again); whoever signs in gets one, so that no planted cookie survives it. */
export function startVisit({ config, secrets }: Deps, res: Response, nonce = newId()): string {
  setCookie(res, config, { name: cookieName(config, 'visit'), value: secrets.tokens.sign('cookie', nonce) });
  return nonce;
}

/** The token that a form of this browser carries: signed, and worth nothing without the cookie of the same nonce. */
export function csrfToken({ secrets }: Deps, nonce: string): string {
  return secrets.tokens.sign('csrf', nonce);
}

function ownOrigin({ config }: Deps, req: Request): string {
  const base = new URL(config.baseUrl);
  return config.baseUrlGiven ? base.origin : `${base.protocol}//${req.headers.host ?? base.host}`;
}

/** Text browsers send neither header; where they are there, they must be ours (S52). */
function comesFromElsewhere(deps: Deps, req: Request): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (origin !== undefined && origin !== ownOrigin(deps, req)) return true;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Refuses a POST that did not come from a form of ours in this browser: a signed double-submit cookie. */
export function checkCsrf(deps: Deps, req: Request, typed: unknown): void {
  if (comesFromElsewhere(deps, req)) throw new BadRequest('forged');
  if (!sendsCookies(req)) throw new BadRequest('no-cookies');
  const nonce = readVisitNonce(deps, req);
  const token = typeof typed === 'string' ? deps.secrets.tokens.verify('csrf', typed) : null;
  if (nonce === undefined || token !== nonce) throw new BadRequest('forged');
  const { visit, personId, resetId }: Partial<SessionData> = req.session;
  if ((personId ?? resetId) !== undefined && visit !== nonce) throw new BadRequest('forged');
}
