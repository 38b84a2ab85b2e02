import { lstat, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAdminToken } from '../../src/admin-api/administrator.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import { readPrivateFile } from '../../src/secrets/private-file.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

const routes: [string, string][] = [
  ['GET', '/policy'],
  ['PATCH', '/policy'],
  ['GET', '/questions'],
  ['POST', '/questions'],
  ['POST', '/questions/{id}/retire'],
  ['GET', '/people'],
  ['POST', '/people'],
  ['GET', '/people/{userName}'],
  ['PATCH', '/people/{userName}'],
  ['POST', '/people/{userName}/filled-in'],
];

describe('who comes in', () => {
  it.each([...routes, ['GET', '/openapi.json'], ['GET', '/nowhere'], ['POST', '/people/x/reveal']])(
    'S63 %s %s refuses who brings no token, a wrong one or a session cookie',
    async (method, path) => {
      const wrong = [
        {},
        { authorization: `Bearer ${'a'.repeat(43)}` },
        { authorization: 'Bearer ' },
        { authorization: `Basic ${house.token}` },
        { cookie: 'sparekey=s%3Aabc.def; token=abc' },
      ];
      for (const headers of wrong) {
        const answer = await ask(house, { method, path, headers });
        expect(answer.status).toBe(401);
        expect(answer.body).toMatchObject({ problem: 'token-refused' });
      }
    },
  );

  it('an address that does not exist is a named 404', async () => {
    expect(await ask(house, { path: '/nowhere' })).toMatchObject({
      status: 404,
      body: { problem: 'not-found' },
    });
  });

  it('words a refusal in the language that is asked for', async () => {
    const authorization = `Bearer ${house.token}`;
    const dutch = await ask(house, {
      path: '/nowhere',
      headers: { authorization, 'accept-language': 'nl-BE,en' },
    });
    expect(dutch.body).toMatchObject({ message: expect.stringContaining('bestaat niet') });
  });
});

describe('what comes in', () => {
  it('refuses a body that is no JSON, of another type, or too large', async () => {
    const post = { method: 'POST', path: '/people' };
    expect(await ask(house, { ...post, body: '{' })).toMatchObject({
      status: 400,
      body: { problem: 'body-unreadable' },
    });
    const headers = { authorization: `Bearer ${house.token}`, 'content-type': 'text/plain' };
    expect(await ask(house, { ...post, body: '{}', headers })).toMatchObject({ status: 400 });
    const large = await ask(house, { ...post, body: { displayName: 'x'.repeat(300_000) } });
    expect(large).toMatchObject({ status: 413, body: { problem: 'body-too-large' } });
  });

  it.each(['__proto__', 'constructor', 'role', 'provenMethods'])(
    'S58 refuses the unknown field %s',
    async (name) => {
      const body = `{"userName":"a.bakker","displayName":"A","${name}":{"x":1}}`;
      const refused = await ask(house, { method: 'POST', path: '/people', body });
      expect(refused).toMatchObject({ status: 422, body: { problem: 'unknown-field', field: name } });
    },
  );
});

describe('the OpenAPI document', () => {
  it('lists every route, and no other', async () => {
    const { body } = await ask(house, { path: '/openapi.json' });
    const paths = new Map(Object.entries(Object(Object(body).paths)));
    const listed = [...paths].flatMap(([path, methods]) =>
      Object.keys(Object(methods)).map((m) => `${m.toUpperCase()} ${path}`),
    );
    expect(listed.toSorted()).toEqual(routes.map((route) => route.join(' ')).toSorted());
  });
});

describe('the socket and the token', () => {
  it('are their owner’s alone', async () => {
    expect((await stat(house.socket)).mode & 0o777).toBe(0o600);
    expect((await stat(house.deps.config.adminTokenFile)).mode & 0o777).toBe(0o600);
  });

  it('the token stays the same at the next start, and a damaged one is made anew', async () => {
    const file = join(house.dataDir, 'other.token');
    await ensureAdminToken(file);
    const first = await readPrivateFile(file);
    await ensureAdminToken(file);
    expect(await readPrivateFile(file)).toEqual(first);
    await writeFile(file, '');
    await ensureAdminToken(file);
    expect(await readPrivateFile(file)).toMatchObject({ text: expect.stringMatching(/^[\w-]{43}\n$/) });
  });

  it('a socket on which a server answers is refused, one left behind by a crash is replaced', async () => {
    const app = { fetch: () => new Response('{}') };
    await expect(serveAdmin(app, house.socket)).rejects.toThrow('Another Sparekey answers');
    const path = join(house.dataDir, 'left.sock');
    await leaveSocketBehind(path);
    const door = await serveAdmin(app, path);
    expect((await ask({ ...house, socket: path }, { path: '/' })).status).toBe(200);
    await door.close();
    await expect(lstat(path)).rejects.toThrow('ENOENT');
  });

  it('a file in the way is left alone, and a path that is too long is said', async () => {
    const app = { fetch: () => new Response('{}') };
    const file = join(house.dataDir, 'file');
    await writeFile(file, 'precious');
    await expect(serveAdmin(app, file)).rejects.toThrow('is no socket');
    await mkdir(join(house.dataDir, 'd'.repeat(100)));
    await expect(serveAdmin(app, join(house.dataDir, 'd'.repeat(100), 'a.sock'))).rejects.toThrow('too long');
  });
});

/** A process that is killed leaves its socket; here another name for it stays when the server closes. */
async function leaveSocketBehind(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.old`, resolve));
  await rename(`${path}.old`, path);
  await new Promise((resolve) => server.close(resolve));
}
