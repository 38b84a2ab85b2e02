import { createRoute, z } from '@hono/zod-openapi';
import { type Deps, inTransaction } from '../deps.ts';
import { emailForm } from '../methods/email-form.ts';
import type { AddressedMethod } from '../methods/method.ts';
import { phoneForm } from '../methods/phone-form.ts';
import { askedOf } from '../people/asked.ts';
import { findPerson, type Person } from '../people/person.ts';
import { day } from '../people/status.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import { fillInMethod } from '../registrations/filled-in.ts';
import type { Language } from '../words/languages.ts';
import { doneBy } from './acting.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { defaultCountry, userNamePath } from './person-fields.ts';
import { plainText } from './plain-text.ts';
import { firstRefusal, type Refusal, refusalOf } from './refusal.ts';

const consent = z.strictObject({
  givenBy: plainText({ min: 1, max: 200 }),
  /** The day, as `2026-11-01`. */
  givenAt: z.iso.date(),
  how: plainText({ min: 1, max: 200 }),
});

const filledIn = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('authentication-phone'),
    number: z.string().max(100),
    channel: z.enum(['text', 'call']),
    consent,
  }),
  z.strictObject({ method: z.literal('authentication-email'), address: z.string().max(1000), consent }),
]);

type FilledIn = z.infer<typeof filledIn>;

const fillInRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/filled-in',
  ...needs('people'),
  request: { params: userNamePath, body: body(filledIn) },
  responses: {
    200: answer(
      z.strictObject({
        userName: z.string(),
        method: z.enum(['authentication-phone', 'authentication-email']),
      }),
      'Filled in; it counts once the person has proven it',
    ),
    ...turnedAway,
    404: refused('No such person'),
    409: refused('The person has proven this method already'),
    422: refused('The value cannot be used, or the consent is not right'),
  },
});

/** Filling in a phone or e-mail with the person's consent. */
export function fillInRoutes(deps: Deps) {
  return makeDoor().openapi(fillInRoute, async (c) => {
    const { userName } = c.req.valid('param');
    const given = c.req.valid('json');
    const language = c.get('language');
    if (Date.parse(given.consent.givenAt) > deps.now() + day)
      return c.json(refusalOf(language, 'consent-in-future', 'consent.givenAt'), 422);
    const done = await fillIn(deps, given, { userName, act: doneBy(c), language });
    switch (done.result) {
      case 'filled-in':
        return c.json({ userName, method: given.method }, 200);
      case 'person-unknown':
        return c.json(refusalOf(language, done.result, 'userName'), 404);
      case 'already-proven':
        return c.json(refusalOf(language, done.result, 'method'), 409);
      case 'refused':
        return c.json(done.refusal, 422);
    }
  });
}

type Filled =
  | { result: 'filled-in' | 'already-proven' | 'person-unknown' }
  | { result: 'refused'; refusal: Refusal };

async function fillIn(
  deps: Deps,
  given: FilledIn,
  { userName, act, language }: { userName: string; act: ReturnType<typeof doneBy>; language: Language },
) {
  return inTransaction(deps.db, async (tx): Promise<Filled> => {
    const person = await findPerson({ db: tx, sealing: deps.secrets.sealing }, userName);
    if (!person) return { result: 'person-unknown' };
    const read = readMethod(await readPolicy(tx), { person, given, language });
    if (read.result === 'refused') return read;
    const { givenBy, givenAt, how } = given.consent;
    const recorded = { givenBy, givenAt: Date.parse(givenAt), how, recordedBy: act.actor.id };
    const filled = { person, ...act, method: read.method, consent: recorded };
    return fillInMethod({ ...deps, db: tx }, filled);
  });
}

type ReadMethod = { result: 'method'; method: AddressedMethod } | { result: 'refused'; refusal: Refusal };

/** Judges the value by the same form that judges what a person types. */
function readMethod(
  policy: Policy,
  { person, given, language }: { person: Person; given: FilledIn; language: Language },
): ReadMethod {
  const asked = askedOf(policy, person);
  if (!asked.methods.includes(given.method))
    return { result: 'refused', refusal: refusalOf(language, 'method-off', 'method') };
  const parsed =
    given.method === 'authentication-email'
      ? emailForm({ ownDomains: policy.ownMailDomains, ownMailbox: person.workMailbox }).safeParse(given)
      : phoneForm({
          countries: policy.phoneCountries,
          defaultCountry: defaultCountry(policy),
          differentFrom: person.officePhone?.number ?? null,
          channels: asked.phoneChannels,
        }).safeParse(given);
  return parsed.success
    ? { result: 'method', method: parsed.data }
    : { result: 'refused', refusal: firstRefusal(language, parsed.error.issues) };
}
