import { expect, test } from 'vitest';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { signIn } from '../helpers/journeys.ts';
import { type Asked, ask } from './ask.ts';
import { type DoorHouse, openDoorHouse } from './open-door.ts';

interface Route {
  method: string;
  path: string;
  right: unknown;
  takesJson: boolean;
}

/** Every route of the document, as it is served. */
async function readRoutes(door: DoorHouse, token: string): Promise<Route[]> {
  const { body } = await door.ask('GET', '/openapi.json', { token });
  const paths = Object.entries(Object(Object(body).paths));
  return paths.flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, route]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'x'),
      right: Object(route)['x-right'],
      takesJson: 'application/json' in Object(Object(Object(route).requestBody).content),
    })),
  );
}

async function openDoor() {
  const door = await openDoorHouse();
  const token = await sessionOf(door.house.deps, await addAdministrator(door.house.deps, 'anna'));
  return { door, token, routes: await readRoutes(door, token) };
}

test('S63 every route refuses a person who is signed in on the pages, by cookie and as a token', async () => {
  const { door, routes } = await openDoor();
  await door.house.addPerson('zoe');
  const browser = await signIn(door.house, 'zoe');
  const cookie = browser.cookies.get('session') ?? '';
  const id = /^s:([^.]{20,})\./.exec(decodeURIComponent(cookie))?.[1] ?? '';
  expect(id).not.toBe('');
  const guarded = routes.filter(({ right }) => right !== 'none');
  expect(guarded.length).toBeGreaterThan(50);
  for (const { method, path } of guarded)
    for (const headers of [{ cookie: `session=${cookie}` }, { authorization: `Bearer ${id}` }]) {
      const answer = await ask({ socket: door.socket, token: '' }, { method, path, headers });
      const refusal = { status: 401, body: { problem: 'not-signed-in' } };
      expect(answer, `${method} ${path}`).toMatchObject(refusal);
    }
});

test('every route that takes a body refuses a wrong one by a name, and changes nothing', async () => {
  const { door, token, routes } = await openDoor();
  const taking = routes.filter(({ takesJson }) => takesJson);
  expect(taking.length).toBeGreaterThan(20);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const wrong: Asked['body'][] = ['{', '[]', '"text"', 'null', '17', { nonsense: true }];
  const before = await door.house.audit();
  for (const { method, path } of taking)
    for (const body of wrong) {
      const answer = await ask({ socket: door.socket, token: '' }, { method, path, body, headers });
      const told = `${method} ${path} ${JSON.stringify(body)}: ${answer.raw}`;
      expect([400, 422], told).toContain(answer.status);
      expect(answer.body, told).toMatchObject({ problem: expect.stringMatching(/^[a-z-]+$/) });
    }
  expect(await door.house.audit()).toEqual(before);
});
