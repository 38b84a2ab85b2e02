import { createRoute, z } from '@hono/zod-openapi';
import { readAdministratorNames } from '../administrators/administrator.ts';
import { listApiTokens, makeApiToken, revokeApiToken } from '../administrators/api-tokens.ts';
import { scopes } from '../administrators/rights.ts';
import type { Deps } from '../deps.ts';
import { answer, body, isoTime, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { plainText } from './plain-text.ts';
import { refusalOf } from './refusal.ts';

const day = 86_400_000;
const scope = z.enum(scopes);

const tokenAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scopes: z.array(scope),
    madeBy: z.string(),
    madeAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('ApiToken');

const newToken = z.strictObject({
  name: plainText({ min: 1, max: 100 }),
  scopes: z.array(scope).min(1).max(scopes.length),
  days: z.int().refine((days) => days >= 1 && days <= 365, { error: 'expiry-not-valid' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api-tokens',
  ...needs('administrators'),
  responses: {
    200: answer(z.strictObject({ tokens: z.array(tokenAnswer) }), 'Every API token, the newest first'),
    ...turnedAway,
  },
});

const makeRoute = createRoute({
  method: 'post',
  path: '/api-tokens',
  ...needs('administrators'),
  request: { body: body(newToken) },
  responses: {
    201: answer(
      z.strictObject({ id: z.string(), name: z.string(), token: z.string(), expiresAt: z.string() }),
      'The token, shown only now; it acts as who made it and ends when they are removed',
    ),
    ...turnedAway,
    422: refused('A field is not right'),
  },
});

const revokeRoute = createRoute({
  method: 'delete',
  path: '/api-tokens/{id}',
  ...needs('administrators'),
  request: { params: z.strictObject({ id: z.string().max(100) }) },
  responses: {
    200: answer(z.strictObject({}), 'Revoked; it opens nothing any more'),
    ...turnedAway,
    404: refused('No such token, or it was revoked before'),
    422: refused('The id is not right'),
  },
});

/** Named tokens for scripts: see them, make one, revoke one. */
export function apiTokenRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const names = await readAdministratorNames(deps.db);
      const tokens = (await listApiTokens(deps.db)).map((token) => ({
        ...token,
        madeBy: names.get(token.madeBy) ?? token.madeBy,
        madeAt: isoTime(token.madeAt),
        expiresAt: isoTime(token.expiresAt),
        lastUsedAt: isoTime(token.lastUsedAt),
        revokedAt: isoTime(token.revokedAt),
      }));
      return c.json({ tokens }, 200);
    })
    .openapi(makeRoute, async (c) => {
      const { name, scopes: given, days } = c.req.valid('json');
      const expiresAt = deps.now() + days * day;
      const by = c.get('administrator').id;
      const { id, token } = await makeApiToken(deps, { name, scopes: given, expiresAt, by });
      return c.json({ id, name, token, expiresAt: isoTime(expiresAt) }, 201);
    })
    .openapi(revokeRoute, async (c) => {
      const wanted = { id: c.req.valid('param').id, by: c.get('administrator').id };
      return (await revokeApiToken(deps, wanted))
        ? c.json({}, 200)
        : c.json(refusalOf(c.get('language'), 'token-unknown', 'id'), 404);
    });
}
