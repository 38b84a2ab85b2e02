import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { askedOf } from '../people/asked.ts';
import { mustRegister } from '../people/must-register.ts';
import { overdueOf, overdueReasons } from '../people/overdue.ts';
import { findPerson, type Person } from '../people/person.ts';
import { isCapable, isRegistered } from '../people/status.ts';
import { readTerms, type Terms } from '../policy/askings.ts';
import { answer, isoTime, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { userNamePath } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

const statusAnswer = z
  .strictObject({
    userName: z.string(),
    /** Whether the policy lets this person take part. */
    enabled: z.boolean(),
    registered: z.boolean(),
    ableToReset: z.boolean(),
    overdue: z.strictObject({ reason: z.enum(overdueReasons), since: z.string(), days: z.int() }).nullable(),
    /** Whether signing in leads to registration first: required, not done, and not postponed. */
    mustRegister: z.boolean(),
    /** Where to send the person. */
    goTo: z.string(),
  })
  .openapi('Status');

const statusRoute = createRoute({
  method: 'get',
  path: '/status/{userName}',
  ...needs('status'),
  request: {
    params: userNamePath,
    query: z.strictObject({
      /** Asks for a 403 when the person must register, or is overdue: for proxies that look at the status only. */
      require: z.enum(['registration', 'nothing-overdue']).optional(),
    }),
  },
  responses: {
    200: answer(statusAnswer, 'How the person stands'),
    ...turnedAway,
    403: refused('No right to this, or (with `X-Sparekey-Go-To`) what `require` asks is not met'),
    404: refused('No such person; with `require` unknown people are let through with 204'),
    204: { description: 'With `require`: nobody we know, so nobody of whom anything is asked' },
    422: refused('The user name or query is not right'),
  },
});

/** How a person stands, for an intranet or identity provider with a token of its own. */
export function statusRoutes(deps: Deps) {
  return makeDoor().openapi(statusRoute, async (c) => {
    const { userName } = c.req.valid('param');
    const { require } = c.req.valid('query');
    const person = await findPerson({ db: deps.db, sealing: deps.secrets.sealing }, userName);
    if (!person && require) return c.body(null, 204);
    if (!person) return c.json(refusalOf(c.get('language'), 'person-unknown', 'userName'), 404);
    const status = statusOf(deps, await readTerms(deps.db), person);
    const met = require === 'registration' ? !status.mustRegister : status.overdue === null;
    if (!require || met) return c.json(status, 200);
    c.header('X-Sparekey-Go-To', status.goTo);
    return c.json(refusalOf(c.get('language'), 'registration-due'), 403);
  });
}

function statusOf({ config, now }: Deps, terms: Terms, person: Person): z.infer<typeof statusAnswer> {
  const asked = askedOf(terms.policy, person);
  const overdue = overdueOf(terms, person, now());
  const off = person.disabledAt !== null;
  return {
    userName: person.userName,
    enabled: asked.enabled,
    registered: isRegistered(asked, person),
    ableToReset: !off && isCapable(asked, person),
    overdue: overdue && { ...overdue, since: isoTime(overdue.since) },
    mustRegister: !off && mustRegister(terms.policy, person, now()),
    goTo: `${config.baseUrl}/register`,
  };
}
