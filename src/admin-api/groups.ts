import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { joinGroup, leaveGroup, listGroups, listMembers } from '../people/groups.ts';
import { readTerms } from '../policy/askings.ts';
import { doneBy, findActedOn } from './acting.ts';
import { answerCard } from './answer-card.ts';
import { personAnswer } from './card-answer.ts';
import { answer, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { listedAnswerOf, pageAnswer } from './person-answer.ts';
import { pageStart, personFields, userNamePath } from './person-fields.ts';

const groupPath = z.strictObject({ group: personFields.groups.element });
const memberPath = userNamePath.extend(groupPath.shape);
const groupAnswer = z.strictObject({ name: z.string(), members: z.int() }).openapi('Group');

const listRoute = createRoute({
  method: 'get',
  path: '/groups',
  ...needs('read'),
  responses: {
    200: answer(z.strictObject({ groups: z.array(groupAnswer) }), 'Every group that has members, by name'),
    ...turnedAway,
  },
});

const membersRoute = createRoute({
  method: 'get',
  path: '/groups/{group}/members',
  ...needs('read'),
  request: {
    params: groupPath,
    query: z.strictObject({
      after: pageStart,
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: {
    200: answer(pageAnswer, 'Members in the order of user names; ask on with `after` = `next`'),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

const responses = {
  200: answer(personAnswer, 'The person as it is now'),
  ...turnedAway,
  404: refused('No such person'),
  422: refused('The name of the group or the user name is not right'),
};

const joinRoute = createRoute({
  method: 'put',
  path: '/groups/{group}/members/{userName}',
  ...needs('people'),
  request: { params: memberPath },
  responses,
});

const leaveRoute = createRoute({
  method: 'delete',
  path: '/groups/{group}/members/{userName}',
  ...needs('people'),
  request: { params: memberPath },
  responses,
});

/** Groups: see them with their members, put somebody into one, take somebody out. */
export function groupRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => c.json({ groups: await listGroups(deps.db) }, 200))
    .openapi(membersRoute, async (c) => {
      const { group } = c.req.valid('param');
      const page = await listMembers(deps.db, group, c.req.valid('query'));
      const judging = { terms: await readTerms(deps.db), now: deps.now() };
      const people = page.people.map((person) => listedAnswerOf(judging, person));
      return c.json({ people, next: page.next }, 200);
    })
    .openapi(joinRoute, async (c) => {
      const { userName, group } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result !== 'person') return c.json(found.refusal, 404);
      await joinGroup(deps, { person: found.person, ...doneBy(c) }, group);
      return answerCard(c, deps, userName);
    })
    .openapi(leaveRoute, async (c) => {
      const { userName, group } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result !== 'person') return c.json(found.refusal, 404);
      await leaveGroup(deps, { person: found.person, ...doneBy(c) }, group);
      return answerCard(c, deps, userName);
    });
}
