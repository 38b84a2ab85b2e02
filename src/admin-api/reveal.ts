import { createRoute, z } from '@hono/zod-openapi';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { destinationOf } from '../methods/method.ts';
import { actOn } from '../people/administer.ts';
import type { Person } from '../people/person.ts';
import { provenKinds } from '../people/status.ts';
import { readRegistrations } from '../registrations/registration.ts';
import { doneBy, findActedOn } from './acting.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { userNamePath } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

const revealable = z.enum([...provenKinds, 'work-mailbox']);

const revealedAnswer = z.strictObject({
  userName: z.string(),
  method: revealable,
  /** The whole number (E.164) or address. */
  value: z.string(),
  extension: z.string().nullable(),
});

const revealRoute = createRoute({
  method: 'post',
  path: '/people/{userName}/reveal',
  ...needs('reveal'),
  request: { params: userNamePath, body: body(z.strictObject({ method: revealable })) },
  responses: {
    200: answer(revealedAnswer, 'The number or address in full; the look is audited'),
    ...turnedAway,
    404: refused('No such person, or the person does not have this method'),
    422: refused('A field is not right'),
  },
});

/** One number or address in full, for administrators only; every look is in the audit. */
export function revealRoutes(deps: Deps) {
  return makeDoor().openapi(revealRoute, async (c) => {
    const [{ userName }, { method }] = [c.req.valid('param'), c.req.valid('json')];
    const found = await findActedOn(c, deps, userName);
    if (found.result !== 'person') return c.json(found.refusal, 404);
    const shown = await inTransaction(deps.db, async (tx) => {
      const value = await readInFull({ ...deps, db: tx }, found.person, method);
      const told = actOn({ person: found.person, ...doneBy(c) });
      if (value)
        await recordEvent(tx, deps.now(), { event: 'method-revealed', ...told, details: { method } });
      return value;
    });
    if (!shown) return c.json(refusalOf(c.get('language'), 'method-not-there', 'method'), 404);
    c.header('Cache-Control', 'no-store');
    return c.json({ userName, method, ...shown }, 200);
  });
}

/** The office phone is what the administrator set, proven or not; the others what the person or administrator gave. */
async function readInFull(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  person: Person,
  method: z.infer<typeof revealable>,
): Promise<{ value: string; extension: string | null } | undefined> {
  if (method === 'work-mailbox')
    return person.workMailbox === null ? undefined : { value: person.workMailbox, extension: null };
  if (method === 'office-phone') {
    const { officePhone, officePhoneText } = person;
    if (officePhone) return { value: officePhone.number, extension: officePhone.extension };
    return officePhoneText === null ? undefined : { value: officePhoneText, extension: null };
  }
  const known = (await readRegistrations({ db, sealing: secrets.sealing }, person.id))[method];
  return known && { value: destinationOf(known.method), extension: null };
}
