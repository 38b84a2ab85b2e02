import { createRoute, z } from '@hono/zod-openapi';
import { type Deps, inTransaction } from '../deps.ts';
import { actOn, demandRegistration, liftBlock } from '../people/administer.ts';
import { provenKinds } from '../people/status.ts';
import { removeAnswersBy } from '../registrations/answers.ts';
import { removeMethodBy } from '../registrations/register-method.ts';
import { unlockPerson } from '../registrations/unlock-person.ts';
import { endWaitingChange } from '../waiting-changes/waiting-change.ts';
import { doneBy, findActedOn } from './acting.ts';
import { answerCard } from './answer-card.ts';
import { personAnswer } from './card-answer.ts';
import { answer, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { userNamePath } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

const responses = {
  200: answer(personAnswer, 'The person as it is now'),
  ...turnedAway,
  404: refused('No such person'),
  422: refused('The user name is not right'),
};

const demandRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/demand',
  ...needs('help'),
  request: { params: userNamePath },
  responses,
});

const unlockRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/unlock',
  ...needs('help'),
  request: { params: userNamePath },
  responses,
});

const liftRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/lift-block',
  ...needs('people'),
  request: { params: userNamePath },
  responses,
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/people/{userName}/methods/{method}',
  ...needs('people'),
  request: {
    params: userNamePath.extend({ method: z.enum([...provenKinds, 'security-questions']) }),
  },
  responses: { ...responses, 404: refused('No such person, or the person does not have this method') },
});

/** What an administrator does for a person: demand registration, unlock, lift a block, remove a method. */
export function personActionRoutes(deps: Deps) {
  return makeDoor()
    .openapi(demandRoute, async (c) => {
      const { userName } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result === 'unknown') return c.json(found.refusal, 404);
      if (found.result === 'privileged') return c.json(found.refusal, 403);
      const { person } = found;
      await inTransaction(deps.db, async (tx) => {
        const demanded = { person, ...doneBy(c) };
        // A change of methods that waited is a matter of the registration that is asked for now.
        await endWaitingChange(tx, deps.now(), { personId: person.id, as: 'cancelled' });
        await demandRegistration({ db: tx, now: deps.now }, demanded);
      });
      return answerCard(c, deps, userName);
    })
    .openapi(unlockRoute, async (c) => {
      const { userName } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result === 'unknown') return c.json(found.refusal, 404);
      if (found.result === 'privileged') return c.json(found.refusal, 403);
      await unlockPerson(deps, { person: found.person, ...doneBy(c) });
      return answerCard(c, deps, userName);
    })
    .openapi(liftRoute, async (c) => {
      const { userName } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result !== 'person') return c.json(found.refusal, 404);
      await liftBlock(deps, { person: found.person, ...doneBy(c) });
      return answerCard(c, deps, userName);
    })
    .openapi(removeRoute, async (c) => {
      const { userName, method } = c.req.valid('param');
      const found = await findActedOn(c, deps, userName);
      if (found.result !== 'person') return c.json(found.refusal, 404);
      const { person, policy } = found;
      const act = actOn({ person, ...doneBy(c) });
      const removed =
        method === 'security-questions'
          ? await removeAnswersBy(deps, { person, policy, act })
          : await removeMethodBy(deps, { person, policy, kind: method, act });
      if (removed.result === 'not-there')
        return c.json(refusalOf(c.get('language'), 'method-not-there', 'method'), 404);
      deps.wakeDelivery();
      return answerCard(c, deps, userName);
    });
}
