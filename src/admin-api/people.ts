import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { findPeople } from '../people/find-people.ts';
import { listPeople } from '../people/list-people.ts';
import { findStanding, listStanding } from '../people/list-standing.ts';
import { standingNames } from '../people/standings-sought.ts';
import { addPerson } from '../people/write-person.ts';
import { readTerms, type Terms } from '../policy/askings.ts';
import { readPolicy } from '../policy/versions.ts';
import { doneBy } from './acting.ts';
import { answerCard } from './answer-card.ts';
import { personAnswer } from './card-answer.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { listedAnswerOf, pageAnswer } from './person-answer.ts';
import { patchPerson } from './person-card.ts';
import { pageStart, personFields, readOfficePhone, userNamePath } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

const listQuery = z.strictObject({
  search: z.string().max(200).default(''),
  /** Only people who stand so, as the overview counts them. */
  standing: z.enum(standingNames).optional(),
  after: pageStart,
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
  /** The `revision` of the card that was looked at: refused when somebody else changed the person since. */
  basedOn: z.int().min(0).optional(),
});

const addedAnswer = z.strictObject({ userName: z.string(), firstPassword: z.string() });

const listRoute = createRoute({
  method: 'get',
  path: '/people',
  ...needs('read'),
  request: { query: listQuery },
  responses: {
    200: answer(
      pageAnswer,
      'People in the order of user names, or whose name fits `search`; a page may hold fewer than asked: ask on with `after` = `next` until it is null',
    ),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/people/{userName}',
  ...needs('read'),
  request: { params: userNamePath },
  responses: {
    200: answer(personAnswer, 'The person'),
    ...turnedAway,
    404: refused('No such person'),
    422: refused('The user name is not right'),
  },
});

const addRoute = createRoute({
  method: 'post',
  path: '/people',
  ...needs('people'),
  request: { body: body(newPerson) },
  responses: {
    201: answer(
      addedAnswer,
      'The user name in its normal form, and the one-time first password, shown only now',
    ),
    ...turnedAway,
    409: refused('The user name is taken'),
    422: refused('A field is not right'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/people/{userName}',
  ...needs('people'),
  request: { params: userNamePath, body: body(personPatch) },
  responses: {
    200: answer(personAnswer, 'The person as it is now'),
    ...turnedAway,
    404: refused('No such person'),
    409: refused('Changed meanwhile: `basedOn` is not the revision there is'),
    422: refused('A field is not right'),
  },
});

function readPage({ db }: Deps, terms: Terms, { standing: name, ...query }: z.infer<typeof listQuery>) {
  const all = query.search.trim() === '';
  if (name === undefined) return all ? listPeople(db, query) : findPeople(db, query);
  return all ? listStanding(db, terms, { ...query, name }) : findStanding(db, terms, { ...query, name });
}

/** People: list, find, see, add, change. */
export function peopleRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const terms = await readTerms(deps.db);
      const page = await readPage(deps, terms, c.req.valid('query'));
      if (!page) return c.json(refusalOf(c.get('language'), 'not-valid', 'after'), 422);
      const judging = { terms, now: deps.now() };
      return c.json(
        { people: page.people.map((person) => listedAnswerOf(judging, person)), next: page.next },
        200,
      );
    })
    .openapi(readRoute, async (c) => answerCard(c, deps, c.req.valid('param').userName))
    .openapi(addRoute, async (c) => {
      const [language, fresh] = [c.get('language'), c.req.valid('json')];
      const office = readOfficePhone(await readPolicy(deps.db), fresh.officePhone);
      if (office.result !== 'number') return c.json(refusalOf(language, office.result, 'officePhone'), 422);
      const person = { ...fresh, officePhone: office.officePhone ?? null };
      const added = await addPerson(deps, person, doneBy(c));
      if (added.result === 'name-taken') return c.json(refusalOf(language, added.result, 'userName'), 409);
      if (added.result !== 'added') return c.json(refusalOf(language, added.result, 'userName'), 422);
      return c.json({ userName: added.userName, firstPassword: added.firstPassword }, 201);
    })
    .openapi(patchRoute, async (c) => {
      const [language, { userName }] = [c.get('language'), c.req.valid('param')];
      const { officePhone: typed, basedOn, ...change } = c.req.valid('json');
      const office = readOfficePhone(await readPolicy(deps.db), typed);
      if (office.result !== 'number') return c.json(refusalOf(language, office.result, 'officePhone'), 422);
      const patch = { change, officePhone: office.officePhone, basedOn, ...doneBy(c) };
      const patched = await patchPerson(deps, userName, patch);
      if (patched.result === 'person-changed-meanwhile')
        return c.json(refusalOf(language, patched.result, 'basedOn'), 409);
      return answerCard(c, deps, userName);
    });
}
