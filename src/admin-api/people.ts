import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { listPeople } from '../people/list-people.ts';
import { addPerson } from '../people/write-person.ts';
import { readPolicy } from '../policy/versions.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { listedAnswer, listedAnswerOf, personAnswer } from './person-answer.ts';
import { patchPerson, readCard } from './person-card.ts';
import { personFields, readOfficePhone, userNamePath } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

const listQuery = z.strictObject({
  after: z.string().max(256).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const newPerson = z.strictObject({
  userName: personFields.userName,
  displayName: personFields.displayName,
  language: personFields.language.default(null),
  workMailbox: personFields.workMailbox.default(null),
  officePhone: personFields.officePhone.default(null),
  groups: personFields.groups.default([]),
});

const personPatch = z.strictObject({
  displayName: personFields.displayName.optional(),
  language: personFields.language.optional(),
  workMailbox: personFields.workMailbox.optional(),
  officePhone: personFields.officePhone.optional(),
  groups: personFields.groups.optional(),
  disabled: z.boolean().optional(),
});

const addedAnswer = z.strictObject({ userName: z.string(), firstPassword: z.string() });

const listRoute = createRoute({
  method: 'get',
  path: '/people',
  request: { query: listQuery },
  responses: {
    200: answer(
      z.strictObject({ people: z.array(listedAnswer), next: z.string().nullable() }),
      'People in the order of user names; ask on with `after` = `next`',
    ),
    401: refused('No token'),
    422: refused('The query is not right'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/people/{userName}',
  request: { params: userNamePath },
  responses: {
    200: answer(personAnswer, 'The person'),
    401: refused('No token'),
    404: refused('No such person'),
    422: refused('The user name is not right'),
  },
});

const addRoute = createRoute({
  method: 'post',
  path: '/people',
  request: { body: body(newPerson) },
  responses: {
    201: answer(
      addedAnswer,
      'The user name in its normal form, and the one-time first password, shown only now',
    ),
    401: refused('No token'),
    409: refused('The user name is taken'),
    422: refused('A field is not right'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/people/{userName}',
  request: { params: userNamePath, body: body(personPatch) },
  responses: {
    200: answer(personAnswer, 'The person as it is now'),
    401: refused('No token'),
    404: refused('No such person'),
    422: refused('A field is not right'),
  },
});

/** People: list, see, add, change. */
export function peopleRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const [policy, page] = [await readPolicy(deps.db), await listPeople(deps.db, c.req.valid('query'))];
      return c.json(
        { people: page.people.map((person) => listedAnswerOf(policy, person)), next: page.next },
        200,
      );
    })
    .openapi(readRoute, async (c) => {
      const card = await readCard(deps, c.req.valid('param').userName);
      return card
        ? c.json(card, 200)
        : c.json(refusalOf(c.get('language'), 'person-unknown', 'userName'), 404);
    })
    .openapi(addRoute, async (c) => {
      const [language, fresh] = [c.get('language'), c.req.valid('json')];
      const office = readOfficePhone(await readPolicy(deps.db), fresh.officePhone);
      if (office.result !== 'number') return c.json(refusalOf(language, office.result, 'officePhone'), 422);
      const actor = { kind: 'administrator', id: c.get('administrator') } as const;
      const added = await addPerson(deps, { ...fresh, officePhone: office.officePhone ?? null }, { actor });
      if (added.result === 'name-taken') return c.json(refusalOf(language, added.result, 'userName'), 409);
      if (added.result !== 'added') return c.json(refusalOf(language, added.result, 'userName'), 422);
      return c.json({ userName: added.userName, firstPassword: added.firstPassword }, 201);
    })
    .openapi(patchRoute, async (c) => {
      const { userName } = c.req.valid('param');
      const { officePhone: typed, ...change } = c.req.valid('json');
      const policy = await readPolicy(deps.db);
      const office = readOfficePhone(policy, typed);
      if (office.result !== 'number')
        return c.json(refusalOf(c.get('language'), office.result, 'officePhone'), 422);
      const patch = { change, officePhone: office.officePhone, by: c.get('administrator') };
      const card = await patchPerson(deps, userName, { ...patch, policy });
      return card
        ? c.json(card, 200)
        : c.json(refusalOf(c.get('language'), 'person-unknown', 'userName'), 404);
    });
}
