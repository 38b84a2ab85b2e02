import { createMiddleware } from 'hono/factory';
import { recogniseApiToken } from '../administrators/api-tokens.ts';
import { recogniseSession } from '../administrators/sessions.ts';
import type { SignedIn, Via } from '../administrators/signed-in.ts';
import type { Deps } from '../deps.ts';
import type { DoorEnv } from './door.ts';
import { openRoutes } from './guard.ts';
import { refusalOf } from './refusal.ts';

/** Lets in who brings the token of a live session or an API token, and nobody else: no cookie counts here (S63). */
export function authenticate(deps: Deps) {
  return createMiddleware<DoorEnv>(async (c, next) => {
    if (openRoutes.has(`${c.req.method} ${c.req.path}`)) return next();
    const token = bearerOf(c.req.header('authorization'));
    const who = token === null ? undefined : await recognise(deps, token, c.get('via'));
    if (!who) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.json(refusalOf(c.get('language'), 'not-signed-in'), 401);
    }
    c.set('administrator', who);
    return next();
  });
}

/** The token a request brings, if any. */
export function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([\w-]{1,200})$/i.exec(header ?? '')?.[1] ?? null;
}

/** A session that began on the machine itself passed no second gate, so it is none outside. */
async function recognise(deps: Deps, token: string, via: Via): Promise<SignedIn | undefined> {
  const session = await recogniseSession(deps, token);
  if (session) return session.via === via ? session : undefined;
  return recogniseApiToken(deps, token);
}
