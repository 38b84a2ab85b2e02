import { createRoute, z } from '@hono/zod-openapi';
import { recoverAccount } from '../administrators/recovery.ts';
import type { Deps } from '../deps.ts';
import { accountFields } from './account-fields.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { openToAll } from './guard.ts';
import { refusalOf } from './refusal.ts';

const recoverRoute = createRoute({
  method: 'post',
  path: '/recoveries',
  ...openToAll,
  request: {
    body: body(z.strictObject({ token: accountFields.token, password: accountFields.newPassword })),
  },
  responses: {
    200: answer(z.strictObject({ name: z.string() }), 'The account has this password now: sign in'),
    401: refused('The token is not right, was used before or has expired'),
    422: refused('A field is not right'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

/** A new password by the one-time token of `sparekey recover-administrator`; no route makes such a token. */
export function recoveryRoutes(deps: Deps) {
  return makeDoor().openapi(recoverRoute, async (c) => {
    const recovered = await recoverAccount(deps, c.req.valid('json'));
    const language = c.get('language');
    switch (recovered.result) {
      case 'recovered':
        return c.json({ name: recovered.name }, 200);
      case 'one-time-token-wrong':
        return c.json(refusalOf(language, recovered.result, 'token'), 401);
      default:
        return c.json(refusalOf(language, recovered.result, 'password'), 422);
    }
  });
}
