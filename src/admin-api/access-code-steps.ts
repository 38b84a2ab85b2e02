import { createRoute, z } from '@hono/zod-openapi';
import { readAccessCode } from '../access-codes/access-codes.ts';
import { collectAccessCode } from '../access-codes/collect.ts';
import { approveAccessCode, cancelAccessCode } from '../access-codes/issue.ts';
import type { Deps } from '../deps.ts';
import { type Person, readPerson } from '../people/person.ts';
import { readPolicy } from '../policy/versions.ts';
import { accessCodeAnswer } from './access-code-answer.ts';
import { answerOf } from './access-codes.ts';
import { doneBy } from './acting.ts';
import { answer, type DoorContext, isoTime, makeDoor, refused } from './door.ts';
import { mayHelp, needs, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

const idPath = z.strictObject({ id: z.string().regex(/^[\w-]{1,100}$/) });

const approveRoute = createRoute({
  method: 'post',
  path: '/access-codes/{id}/approve',
  ...needs('approve'),
  request: { params: idPath },
  responses: {
    200: answer(accessCodeAnswer, 'Approved; whoever requested it can collect it'),
    ...turnedAway,
    404: refused('No such open access code'),
    409: refused('Requested by the same administrator, or approved already'),
    422: refused('The id is not right'),
  },
});

const collectRoute = createRoute({
  method: 'post',
  path: '/access-codes/{id}/collect',
  ...needs('help'),
  request: { params: idPath },
  responses: {
    200: answer(
      z.strictObject({ userName: z.string(), code: z.string(), expiresAt: z.string() }),
      'The code, shown only now and only to whoever requested it; the person is told at all addresses',
    ),
    ...turnedAway,
    404: refused('No such open access code'),
    409: refused('Not approved yet, collected already, or somebody else’s'),
    422: refused('The id is not right'),
  },
});

const cancelRoute = createRoute({
  method: 'delete',
  path: '/access-codes/{id}',
  ...needs('help'),
  request: { params: idPath },
  responses: {
    200: answer(z.strictObject({}), 'Cancelled; the code is worth nothing any more'),
    ...turnedAway,
    404: refused('No such open access code'),
    422: refused('The id is not right'),
  },
});

/** The steps of an open access code: approve by a second administrator, collect once, cancel. */
export function accessCodeStepRoutes(deps: Deps) {
  return makeDoor()
    .openapi(approveRoute, async (c) => {
      const approved = await approveAccessCode(deps, { id: c.req.valid('param').id, ...doneBy(c) });
      if (approved.result === 'approved') return c.json(await answerOf(deps, approved.code), 200);
      const refusal = refusalOf(c.get('language'), approved.result, 'id');
      return approved.result === 'access-code-unknown' ? c.json(refusal, 404) : c.json(refusal, 409);
    })
    .openapi(collectRoute, async (c) => {
      const { id } = c.req.valid('param');
      const helped = await findHelped(c, deps, id);
      if (helped.result !== 'person') {
        const refusal = refusalOf(c.get('language'), helped.result, 'id');
        return helped.result === 'access-code-unknown' ? c.json(refusal, 404) : c.json(refusal, 403);
      }
      const { person } = helped;
      const policy = await readPolicy(deps.db);
      const collected = await collectAccessCode(deps, { id, person, policy, ...doneBy(c) });
      if (collected.result !== 'collected') {
        const refusal = refusalOf(c.get('language'), collected.result, 'id');
        return collected.result === 'access-code-unknown' ? c.json(refusal, 404) : c.json(refusal, 409);
      }
      c.header('Cache-Control', 'no-store');
      const { code, expiresAt } = collected;
      return c.json({ userName: person.userName, code, expiresAt: isoTime(expiresAt) }, 200);
    })
    .openapi(cancelRoute, async (c) => {
      const { id } = c.req.valid('param');
      const { role, id: administrator } = c.get('administrator');
      const open = await readAccessCode(deps.db, deps.now(), id);
      const mine = role === 'administrator' || open?.requestedBy === administrator;
      const cancelled = mine
        ? await cancelAccessCode(deps, { id, ...doneBy(c) })
        : ({ result: 'access-code-unknown' } as const);
      return cancelled.result === 'cancelled'
        ? c.json({}, 200)
        : c.json(refusalOf(c.get('language'), cancelled.result, 'id'), 404);
    });
}

type Helped =
  | { result: 'person'; person: Person }
  | { result: 'access-code-unknown' | 'privileged-person' | 'right-missing' };

/** A code is read aloud by somebody at a terminal: no API token collects one. */
async function findHelped(c: DoorContext, deps: Deps, id: string): Promise<Helped> {
  const administrator = c.get('administrator');
  if (administrator.via === 'api-token') return { result: 'right-missing' };
  const open = await readAccessCode(deps.db, deps.now(), id);
  const person = open && (await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, open.personId));
  if (!person) return { result: 'access-code-unknown' };
  return mayHelp(administrator, await readPolicy(deps.db), person)
    ? { result: 'person', person }
    : { result: 'privileged-person' };
}
