import { lstat, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

/** What each credential may do, spelled out: `x-right` of a route against who brings what. */
const mayDo: Record<string, readonly string[]> = {
  helpdesk: ['any', 'own', 'read', 'help', 'status'],
  read: ['any', 'read', 'audit', 'status'],
  people: ['any', 'read', 'help', 'people', 'status'],
  policy: ['any', 'read', 'policy'],
  status: ['any', 'status'],
};

const waysIn = [
  'GET /first-administrator',
  'POST /first-administrator',
  'POST /invitations/accept',
  'POST /recoveries',
  'POST /sign-in',
  'POST /sign-in/code',
];

interface Route {
  method: string;
  path: string;
  right: unknown;
  statuses: string[];
}

/** Every route of the document, as it is served. */
async function readRoutes(): Promise<Route[]> {
  const { body } = await ask(house, { path: '/openapi.json' });
  const paths = Object.entries(Object(Object(body).paths));
  return paths.flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, route]) => ({
      method: method.toUpperCase(),
      path,
      right: Object(route)['x-right'],
      statuses: Object.keys(Object(Object(route).responses)),
    })),
  );
}

function knock({ method, path }: Pick<Route, 'method' | 'path'>, headers: Record<string, string>) {
  return ask(house, { method, path: path.replaceAll(/\{\w+\}/g, 'x'), headers });
}

describe('who comes in', () => {
  it('S63 every route is guarded, says by which right, and lists its refusals', async () => {
    const routes = await readRoutes();
    expect(routes.length).toBeGreaterThan(20);
    const open = routes.filter(({ right }) => right === 'none');
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(waysIn);
    const guarded = routes.filter(({ right }) => right !== 'none');
    const rights = ['any', 'own', 'read', 'audit', 'help', 'people', 'approve', 'reveal', 'policy'];
    for (const { method, path, right, statuses } of guarded) {
      expect([...rights, 'administrators', 'status', 'metrics'], `${method} ${path}`).toContain(right);
      expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(['401', '403']));
    }
  });

  it('S63 every route refuses who brings no token, a wrong one or a cookie', async () => {
    const wrong = [
      {},
      { authorization: `Bearer ${'a'.repeat(43)}` },
      { authorization: 'Bearer ' },
      { authorization: `Basic ${house.token}` },
      { cookie: `sparekey=s%3Aabc.def; token=${house.token}` },
    ];
    const elsewhere = ['/openapi.json', '/nowhere', '/sign-in/', '//me', '/me/..', '/%6de'];
    const routes = [
      ...(await readRoutes()).filter(({ right }) => right !== 'none'),
      ...elsewhere.map((path) => ({ method: 'GET', path })),
    ];
    for (const route of routes)
      for (const headers of wrong) {
        const answer = await knock(route, headers);
        expect(answer, `${route.method} ${route.path}`).toMatchObject({
          status: 401,
          body: { problem: 'not-signed-in' },
        });
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
  });

  it('S63 every route refuses whoever lacks its right, before it reads anything', async () => {
    const tokens: [string, string][] = [['helpdesk', house.helpdeskToken]];
    for (const scope of ['read', 'people', 'policy', 'status'] as const)
      tokens.push([scope, await house.apiToken([scope])]);
    const guarded = (await readRoutes()).filter(({ right }) => right !== 'none');
    for (const route of guarded)
      for (const [who, token] of tokens) {
        const may = mayDo[who]?.includes(String(route.right));
        if (may && route.method !== 'GET') continue;
        const answer = await knock(route, { authorization: `Bearer ${token}` });
        const told = `${who}: ${route.method} ${route.path} ${answer.raw}`;
        if (may) expect([401, 403], told).not.toContain(answer.status);
        else expect(answer, told).toMatchObject({ status: 403, body: { problem: 'right-missing' } });
      }
  });

  it('an address that does not exist is a named 404', async () => {
    expect(await ask(house, { path: '/nowhere' })).toMatchObject({
      status: 404,
      body: { problem: 'not-found' },
    });
  });

  it('S63 whoever has signed in may read the document', async () => {
    const headers = { authorization: `Bearer ${await house.apiToken(['status'])}` };
    expect((await ask(house, { path: '/openapi.json', headers })).status).toBe(200);
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

  it('a body that does not say its length is read as far as it may be long', async () => {
    const headers = {
      authorization: `Bearer ${house.token}`,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    };
    const post = { method: 'POST', path: '/people', headers };
    const short = await ask(house, { ...post, body: { displayName: 'x' } });
    expect(short).toMatchObject({ status: 422, body: { field: 'userName' } });
    const large = await ask(house, { ...post, body: { displayName: 'x'.repeat(300_000) } });
    expect(large).toMatchObject({ status: 413, body: { problem: 'body-too-large' } });
  });

  it('S26 a body that breaks off, or whose chunks are none, is the sender’s fault and no surprise', async () => {
    const head = ['POST /people HTTP/1.1', 'Host: x', `Authorization: Bearer ${house.token}`];
    const json = [...head, 'Content-Type: application/json'];
    const sent = [
      [...json, 'Content-Length: 100', '', '{"userName":'],
      [...json, 'Transfer-Encoding: chunked', '', '10', '{"user'],
      [...json, 'Transfer-Encoding: chunked', '', '5', '{"use', 'zz', '', ''],
      [...json, 'Transfer-Encoding: chunked', '', ''],
    ];
    for (const lines of sent) await sendCutOff(house.socket, lines.join('\r\n'));
    expect((await ask(house, { path: '/me' })).status).toBe(200);
    expect(house.errors).toEqual([]);
  });

  it.each([
    [
      '/first-administrator',
      { token: '\ud800', name: 'eve', displayName: 'Eve', password: 'zeven vogels zingen' },
    ],
    ['/sign-in', { name: 'a\udfff', password: 'x' }],
    ['/people', { userName: 'eve', displayName: 'E\ud800ve' }],
    ['/people', { userName: 'e\ud800', displayName: 'Eve' }],
  ])('S26 half a surrogate pair in a text is refused at %s, and no surprise', async (path, body) => {
    const answer = await ask(house, { method: 'POST', path, body });
    expect([400, 401, 422], answer.raw).toContain(answer.status);
    expect(house.errors).toEqual([]);
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
  it('lists every route that is registered, and no other', async () => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const registered = adminApi(house.deps)
      .routes.filter(({ method, path }) => methods.includes(method) && path !== '/openapi.json')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const listed = (await readRoutes()).map(({ method, path }) => `${method} ${path}`);
    expect(listed.toSorted()).toEqual([...new Set(registered)].toSorted());
  });
});

describe('the socket', () => {
  it('is its owner’s alone', async () => {
    expect((await stat(house.socket)).mode & 0o777).toBe(0o600);
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

/** Sends octets, lets the door read them, and goes away in the middle. */
async function sendCutOff(path: string, octets: string): Promise<void> {
  const socket = connect(path);
  socket.on('error', () => {}).resume();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end(octets);
  await closed;
}

/** A process that is killed leaves its socket; here another name for it stays when the server closes. */
async function leaveSocketBehind(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.old`, resolve));
  await rename(`${path}.old`, path);
  await new Promise((resolve) => server.close(resolve));
}
