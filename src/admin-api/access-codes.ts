import { createRoute, z } from '@hono/zod-openapi';
import { type AccessCode, findAccessCode, listAccessCodes } from '../access-codes/access-codes.ts';
import { requestAccessCode } from '../access-codes/issue.ts';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { Deps } from '../deps.ts';
import { accessCodeAnswer, accessCodeAnswerOf } from './access-code-answer.ts';
import { doneBy, findActedOn } from './acting.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { userNamePath } from './person-fields.ts';
import { plainText } from './plain-text.ts';
import { refusalOf } from './refusal.ts';

const listedCode = accessCodeAnswer
  .extend({ userName: z.string(), displayName: z.string() })
  .openapi('ListedAccessCode');

const listRoute = createRoute({
  method: 'get',
  path: '/access-codes',
  ...needs('help'),
  responses: {
    200: answer(
      z.strictObject({ accessCodes: z.array(listedCode) }),
      'Open access codes, the oldest request first; helpdesk sees its own',
    ),
    ...turnedAway,
  },
});

const requestRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/access-codes',
  ...needs('help'),
  request: {
    params: userNamePath,
    body: body(z.strictObject({ reason: plainText({ min: 3, max: 200 }) })),
  },
  responses: {
    201: answer(accessCodeAnswer, 'Requested; an older one of the person is worth nothing any more'),
    ...turnedAway,
    404: refused('No such person'),
    409: refused('The person is disabled or blocked'),
    422: refused('A field is not right'),
  },
});

/** One-time access codes: see those that are open, and request one. */
export function accessCodeRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const { role, id } = c.get('administrator');
      const codes = await listAccessCodes(deps.db, deps.now());
      const mine = codes.filter((code) => role === 'administrator' || code.requestedBy === id);
      const names = await readAdministratorNames(deps.db);
      const listed = mine.map((code) => ({
        ...accessCodeAnswerOf(names, code),
        userName: code.userName,
        displayName: code.displayName,
      }));
      return c.json({ accessCodes: listed }, 200);
    })
    .openapi(requestRoute, async (c) => {
      const found = await findActedOn(c, deps, c.req.valid('param').userName);
      if (found.result === 'unknown') return c.json(found.refusal, 404);
      if (found.result === 'privileged') return c.json(found.refusal, 403);
      const { person, policy } = found;
      const { reason } = c.req.valid('json');
      // What helpdesk asks for an administrator always sees, whatever the policy says.
      const needsApproval = policy.accessCodeNeedsApproval || c.get('administrator').role === 'helpdesk';
      const requested = await requestAccessCode(deps, { person, reason, needsApproval, ...doneBy(c) });
      if (requested.result !== 'requested')
        return c.json(refusalOf(c.get('language'), requested.result, 'userName'), 409);
      const code = await findAccessCode(deps.db, deps.now(), person.id);
      if (!code) return c.json(refusalOf(c.get('language'), 'changed-meanwhile'), 409);
      return c.json(await answerOf(deps, code), 201);
    });
}

/** The answer of an open access code, administrators by name. */
export async function answerOf({ db }: Pick<Deps, 'db'>, code: AccessCode) {
  const ids = [code.requestedBy, code.approvedBy].filter((id) => id !== null);
  return accessCodeAnswerOf(await readAdministratorNames(db, ids), code);
}
