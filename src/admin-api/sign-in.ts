import { createRoute, z } from '@hono/zod-openapi';
import type { Administrator } from '../administrators/administrator.ts';
import { endSession } from '../administrators/sessions.ts';
import { answerGate, type Opened, signIn } from '../administrators/sign-in.ts';
import type { Origin } from '../administrators/sign-in-count.ts';
import { recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { networkOf } from '../web/password-check.ts';
import { languages } from '../words/languages.ts';
import { bearerOf } from './authenticate.ts';
import { answer, body, type DoorContext, isoTime, makeDoor, refused } from './door.ts';
import { actorOf, needs, openToAll, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

const role = z.enum(['administrator', 'helpdesk']);
const administratorAnswer = z
  .strictObject({ name: z.string(), displayName: z.string(), role })
  .openapi('SignedInAdministrator');

const signedInAnswer = z
  .strictObject({
    result: z.literal('signed-in'),
    token: z.string(),
    /** At the latest; ten minutes without use end it too. */
    expiresAt: z.string(),
    /** With the language they chose, so that a terminal can speak it. */
    administrator: administratorAnswer.extend({ language: z.enum(languages).nullable() }),
  })
  .openapi('SignedIn');

const codeWantedAnswer = z
  .strictObject({
    result: z.literal('code-wanted'),
    /** Names this sign-in when the code is answered. */
    gate: z.string(),
    /** The mailbox, so far that its owner knows it. */
    sentTo: z.string(),
  })
  .openapi('CodeWanted');

const signInRoute = createRoute({
  method: 'post',
  path: '/sign-in',
  ...openToAll,
  request: { body: body(z.strictObject({ name: z.string().max(200), password: z.string().max(1000) })) },
  responses: {
    200: answer(signedInAnswer, 'Signed in; send the token as `Authorization: Bearer …`'),
    202: answer(codeWantedAnswer, 'From outside the machine: a code is mailed, answer it at /sign-in/code'),
    401: refused('The name and password do not belong together'),
    409: refused('From outside the machine, and no code can be mailed to this account'),
    422: refused('A field is not right'),
    429: refused('Too many wrong ones; `Retry-After` says when to come back'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

const codeRoute = createRoute({
  method: 'post',
  path: '/sign-in/code',
  ...openToAll,
  request: { body: body(z.strictObject({ gate: z.string().max(100), code: z.string().max(100) })) },
  responses: {
    200: answer(signedInAnswer, 'Signed in; send the token as `Authorization: Bearer …`'),
    401: refused('The code is not right, or no longer valid'),
    422: refused('A field is not right'),
  },
});

const signOutRoute = createRoute({
  method: 'post',
  path: '/sign-out',
  ...needs('own'),
  responses: {
    200: answer(z.strictObject({}), 'Signed out; the token opens nothing any more'),
    ...turnedAway,
  },
});

const meRoute = createRoute({
  method: 'get',
  path: '/me',
  ...needs('any'),
  responses: {
    200: answer(
      administratorAnswer.extend({
        via: z.enum(['socket', 'tcp', 'api-token']),
        /** The name of the API token, when it is one. */
        token: z.string().nullable(),
        rights: z.array(z.string()),
      }),
      'Who asks, and what they may do',
    ),
    ...turnedAway,
  },
});

/** Coming in, going out, and who one is. */
export function signInRoutes(deps: Deps) {
  return makeDoor()
    .openapi(signInRoute, async (c) => {
      const language = c.get('language');
      const tried = await signIn(deps, c.req.valid('json'), originOf(c));
      switch (tried.result) {
        case 'signed-in':
          return c.json(signedIn(tried), 200);
        case 'code-wanted':
          return c.json(tried, 202);
        case 'wrong':
          return c.json(refusalOf(language, 'sign-in-wrong', 'password'), 401);
        case 'resting':
          c.header('Retry-After', String(Math.max(1, Math.ceil((tried.until - deps.now()) / 1000))));
          return c.json(refusalOf(language, 'sign-in-resting'), 429);
        default:
          return c.json(refusalOf(language, tried.result), 409);
      }
    })
    .openapi(codeRoute, async (c) => {
      const { gate, code } = c.req.valid('json');
      const digits = code.replace(/[\s-]/g, '');
      const tried = await answerGate(deps, { gate, code: digits }, originOf(c));
      return tried.result === 'signed-in'
        ? c.json(signedIn(tried), 200)
        : c.json(refusalOf(c.get('language'), tried.result, 'code'), 401);
    })
    .openapi(signOutRoute, async (c) => {
      await endSession(deps, bearerOf(c.req.header('authorization')) ?? '');
      await recordEvent(deps.db, deps.now(), { event: 'administrator-signed-out', actor: actorOf(c) });
      return c.json({}, 200);
    })
    .openapi(meRoute, (c) => {
      const { name, displayName, role: ownRole, via, token, rights } = c.get('administrator');
      const known = { name, displayName, role: ownRole, via };
      return c.json({ ...known, token: token === null ? null : token.name, rights: [...rights] }, 200);
    });
}

function originOf(c: DoorContext): Origin {
  const address = c.get('address');
  return { via: c.get('via'), address, network: address === null ? null : networkOf(address) };
}

function signedIn({ result, token, expiresAt, administrator }: Opened) {
  return { result, token, expiresAt: isoTime(expiresAt), administrator: shown(administrator) };
}

function shown({ name, displayName, role: ownRole, language }: Administrator) {
  return { name, displayName, role: ownRole, language };
}
