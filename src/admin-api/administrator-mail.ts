import { createRoute, z } from '@hono/zod-openapi';
import { changeMailOf, changeOwnMail } from '../administrators/change-mail.ts';
import { maskedAddress } from '../administrators/masked-address.ts';
import { normaliseName } from '../administrators/name.ts';
import type { Deps } from '../deps.ts';
import { accountFields } from './account-fields.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { refusalOf } from './refusal.ts';

/** null: none; signing in then works on the machine itself only. */
const mail = accountFields.mail.nullable();
const changedAnswer = z.strictObject({ mail: z.string().nullable() });

const ownRoute = createRoute({
  method: 'put',
  path: '/me/mail',
  ...needs('own'),
  request: { body: body(z.strictObject({ password: z.string().max(1000), mail })) },
  responses: {
    200: answer(changedAnswer, 'Changed; the old and the new address are told'),
    ...turnedAway,
    422: refused('The password or the address is not right'),
    429: refused('Too many wrong ones; try again later'),
    503: refused('Too busy; `Retry-After` says when to come back'),
  },
});

const otherRoute = createRoute({
  method: 'put',
  path: '/administrators/{name}/mail',
  ...needs('administrators'),
  request: {
    params: z.strictObject({ name: z.string().max(200) }),
    body: body(z.strictObject({ mail })),
  },
  responses: {
    200: answer(changedAnswer, 'Changed; the old and the new address are told'),
    ...turnedAway,
    404: refused('No such administrator'),
    409: refused('The own account: that asks the password'),
    422: refused('The address is not right'),
  },
});

/** The mail address of an account: the own one with the password, that of another by an administrator. */
export function administratorMailRoutes(deps: Deps) {
  return makeDoor()
    .openapi(ownRoute, async (c) => {
      const wanted = c.req.valid('json');
      const changed = await changeOwnMail(deps, c.get('administrator'), wanted);
      const language = c.get('language');
      switch (changed.result) {
        case 'changed':
          return c.json(shown(wanted.mail), 200);
        case 'sign-in-resting':
          return c.json(refusalOf(language, changed.result), 429);
        case 'password-wrong':
          return c.json(refusalOf(language, changed.result, 'password'), 422);
      }
    })
    .openapi(otherRoute, async (c) => {
      const [name, { mail: address }] = [normaliseName(c.req.valid('param').name), c.req.valid('json')];
      const changed = await changeMailOf(deps, { name, mail: address, by: c.get('administrator') });
      const language = c.get('language');
      switch (changed.result) {
        case 'changed':
          return c.json(shown(address), 200);
        case 'own-account':
          return c.json(refusalOf(language, changed.result, 'name'), 409);
        case 'administrator-unknown':
          return c.json(refusalOf(language, changed.result, 'name'), 404);
      }
    });
}

function shown(address: string | null) {
  return { mail: address === null ? null : maskedAddress(address) };
}
