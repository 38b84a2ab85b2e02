import { createRoute, z } from '@hono/zod-openapi';
import { listAdministrators, readAdministratorNames } from '../administrators/administrator.ts';
import { listInvitations } from '../administrators/invitation.ts';
import { invite, withdrawInvitation } from '../administrators/invitations.ts';
import { normaliseName } from '../administrators/name.ts';
import { removeAdministrator } from '../administrators/remove-administrator.ts';
import { roles } from '../administrators/rights.ts';
import type { Deps } from '../deps.ts';
import { languages } from '../words/languages.ts';
import { accountFields } from './account-fields.ts';
import {
  administratorAnswer,
  administratorAnswerOf,
  invitationAnswer,
  invitationAnswerOf,
} from './administrator-answer.ts';
import { answer, body, isoTime, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

const newInvitation = z.strictObject({
  name: accountFields.name,
  displayName: accountFields.displayName,
  role: z.enum(roles),
  mail: accountFields.mail.nullable().default(null),
  language: z.enum(languages).nullable().default(null),
});

const listRoute = createRoute({
  method: 'get',
  path: '/administrators',
  ...needs('administrators'),
  responses: {
    200: answer(
      z.strictObject({
        administrators: z.array(administratorAnswer),
        invitations: z.array(invitationAnswer),
      }),
      'Who administers, and who is invited to',
    ),
    ...turnedAway,
  },
});

const inviteRoute = createRoute({
  method: 'post',
  path: '/administrators/invitations',
  ...needs('administrators'),
  request: { body: body(newInvitation) },
  responses: {
    201: answer(
      z.strictObject({ id: z.string(), name: z.string(), token: z.string(), expiresAt: z.string() }),
      'Invited; the one-time token is shown only now',
    ),
    ...turnedAway,
    409: refused('The name is taken'),
    422: refused('A field is not right'),
  },
});

const withdrawRoute = createRoute({
  method: 'delete',
  path: '/administrators/invitations/{id}',
  ...needs('administrators'),
  request: { params: z.strictObject({ id: z.string().max(100) }) },
  responses: {
    200: answer(z.strictObject({}), 'Withdrawn; the token is worth nothing'),
    ...turnedAway,
    404: refused('No such open invitation'),
    422: refused('The id is not right'),
  },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/administrators/{name}',
  ...needs('administrators'),
  request: { params: z.strictObject({ name: z.string().max(200) }) },
  responses: {
    200: answer(
      z.strictObject({ name: z.string(), tokens: z.int() }),
      'Removed, with so many API tokens; sessions have ended',
    ),
    ...turnedAway,
    404: refused('No such administrator'),
    409: refused('The last administrator stays'),
    422: refused('The name is not right'),
  },
});

/** Administrators and helpdesk: see them, invite, withdraw an invitation, remove. Nobody changes a role. */
export function administratorRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const names = await readAdministratorNames(deps.db);
      const administrators = (await listAdministrators(deps)).map(administratorAnswerOf);
      const invitations = (await listInvitations(deps)).map((one) => invitationAnswerOf(one, names));
      return c.json({ administrators, invitations }, 200);
    })
    .openapi(inviteRoute, async (c) => {
      const invited = c.req.valid('json');
      const made = await invite(deps, { ...invited, by: c.get('administrator').id });
      if (made.result !== 'invited') return c.json(refusalOf(c.get('language'), made.result, 'name'), 409);
      const { id, token, expiresAt } = made;
      return c.json({ id, name: invited.name, token, expiresAt: isoTime(expiresAt) }, 201);
    })
    .openapi(withdrawRoute, async (c) => {
      const wanted = { id: c.req.valid('param').id, by: c.get('administrator').id };
      return (await withdrawInvitation(deps, wanted))
        ? c.json({}, 200)
        : c.json(refusalOf(c.get('language'), 'invitation-unknown', 'id'), 404);
    })
    .openapi(removeRoute, async (c) => {
      const name = normaliseName(c.req.valid('param').name);
      const removed = await removeAdministrator(deps, { name, by: c.get('administrator').id });
      if (removed.result === 'removed') return c.json({ name, tokens: removed.tokens }, 200);
      const refusal = refusalOf(c.get('language'), removed.result, 'name');
      return removed.result === 'administrator-unknown' ? c.json(refusal, 404) : c.json(refusal, 409);
    });
}
