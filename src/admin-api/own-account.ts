import { createRoute, z } from '@hono/zod-openapi';
import { type AccountMade, acceptInvitation, makeFirstAdministrator } from '../administrators/accounts.ts';
import { hasAdministrator } from '../administrators/administrator.ts';
import { changeOwnPassword } from '../administrators/own-password.ts';
import type { Deps } from '../deps.ts';
import { languages } from '../words/languages.ts';
import { accountFields } from './account-fields.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, openToAll, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

const madeAnswer = z.strictObject({ name: z.string() });

const ways = {
  201: answer(madeAnswer, 'The account is there: sign in'),
  401: refused('The token is not right, was used before or has expired'),
  409: refused('The name is taken'),
  422: refused('A field is not right'),
  503: refused('Too busy; `Retry-After` says when to come back'),
};

const firstAdministrator = z.strictObject({
  token: accountFields.token,
  name: accountFields.name,
  displayName: accountFields.displayName,
  mail: accountFields.mail.nullable().default(null),
  language: z.enum(languages).nullable().default(null),
  password: accountFields.newPassword,
});

const wantedRoute = createRoute({
  method: 'get',
  path: '/first-administrator',
  ...openToAll,
  responses: { 200: answer(z.strictObject({ wanted: z.boolean() }), 'Whether there is none yet') },
});

const firstRoute = createRoute({
  method: 'post',
  path: '/first-administrator',
  ...openToAll,
  request: { body: body(firstAdministrator) },
  responses: ways,
});

const acceptRoute = createRoute({
  method: 'post',
  path: '/invitations/accept',
  ...openToAll,
  request: {
    body: body(z.strictObject({ token: accountFields.token, password: accountFields.newPassword })),
  },
  responses: ways,
});

const passwordRoute = createRoute({
  method: 'put',
  path: '/me/password',
  ...needs('own'),
  request: {
    body: body(z.strictObject({ password: z.string().max(1000), newPassword: accountFields.newPassword })),
  },
  responses: {
    200: answer(z.strictObject({}), 'Changed; every session of the account has ended'),
    ...turnedAway,
    422: refused('The password now is not right, or the new one cannot be used'),
    429: refused('Too many wrong ones; try again later'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

/** Making an own account by a one-time token, and changing the own password. */
export function ownAccountRoutes(deps: Deps) {
  return makeDoor()
    .openapi(wantedRoute, async (c) => c.json({ wanted: !(await hasAdministrator(deps.db)) }, 200))
    .openapi(firstRoute, async (c) => {
      const made = await makeFirstAdministrator(deps, c.req.valid('json'));
      const [status, problem, field] = outcomeOf(made);
      if (status === 201) return c.json({ name: problem }, status);
      return c.json(refusalOf(c.get('language'), problem, field), status);
    })
    .openapi(acceptRoute, async (c) => {
      const made = await acceptInvitation(deps, c.req.valid('json'));
      const [status, problem, field] = outcomeOf(made);
      if (status === 201) return c.json({ name: problem }, status);
      return c.json(refusalOf(c.get('language'), problem, field), status);
    })
    .openapi(passwordRoute, async (c) => {
      const changed = await changeOwnPassword(deps, c.get('administrator'), c.req.valid('json'));
      const language = c.get('language');
      switch (changed.result) {
        case 'changed':
          return c.json({}, 200);
        case 'sign-in-resting':
          return c.json(refusalOf(language, changed.result), 429);
        case 'password-wrong':
          return c.json(refusalOf(language, changed.result, 'password'), 422);
        default:
          return c.json(refusalOf(language, changed.result, 'newPassword'), 422);
      }
    });
}

/** The status, then the name of the account or the problem, and its field. */
function outcomeOf(made: AccountMade) {
  switch (made.result) {
    case 'made':
      return [201, made.name, ''] as const;
    case 'one-time-token-wrong':
      return [401, made.result, 'token'] as const;
    case 'administrator-name-taken':
      return [409, made.result, 'name'] as const;
    default:
      return [422, made.result, 'password'] as const;
  }
}
