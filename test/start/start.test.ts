import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, spawnServer, startServer } from '../helpers/server.ts';
import { refusedStart, signInAs, stop } from './starts.ts';

test('the first start prints the address, the people with their passwords and where messages go; the second keeps all and prints no password', async () => {
  const folder = await newFolder();
  const first = await startServer({ folder });
  expect(first.out()).toContain(`Sparekey is at ${first.url}/register`);
  expect(first.out()).toContain(`written as files into ${join(folder, 'out')}`);
  expect(first.out()).toContain('the passwords are shown only this once');
  const passwords = new Map(
    [...first.out().matchAll(/^ {4}(\w+) +([\w-]{12,})$/gm)].map(([, name = '', one = '']) => [name, one]),
  );
  expect([...passwords.keys()]).toEqual(['jan', 'zoe', 'sam']);
  expect(new Set(passwords.values()).size).toBe(3);
  expect((await signInAs(first.url, 'jan', passwords.get('jan') ?? '')).path).toBe('/register');
  await stop(first);

  const second = await startServer({ folder });
  expect(second.out()).toContain(`Sparekey is at ${second.url}/register`);
  expect(second.out()).not.toContain('password');
  for (const one of passwords.values()) expect(second.out() + second.said()).not.toContain(one);
  expect((await signInAs(second.url, 'jan', passwords.get('jan') ?? '')).path).toBe('/register');
  await stop(second);
  expect(first.said() + second.said()).toBe('');
});

test('a first start that was cut off before it showed the passwords is done over', async () => {
  const folder = await newFolder();
  const cutOff = await spawnServer({ folder });
  // The socket is there just before the trial is made.
  await expect
    .poll(() => stat(join(folder, 'data', 'admin.sock')).catch(() => null), { interval: 1, timeout: 60_000 })
    .not.toBeNull();
  cutOff.child.kill('SIGKILL');
  await cutOff.ended;
  const again = await startServer({ folder });
  const password = /jan +([\w-]{12,})/.exec(again.out() + cutOff.out())?.[1] ?? '';
  expect((await signInAs(again.url, 'jan', password)).path).toBe('/register');
});

test('a second server on the same data is refused in words, and the first goes on', async () => {
  const folder = await newFolder();
  const first = await startServer({ folder });
  const { code, said, out } = await refusedStart({ folder });
  expect(code).toBe(1);
  expect(said).toContain('Another Sparekey answers on');
  expect(out).not.toContain('password');
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  await stop(first);
});

/** The one-time token that a start has shown, or undefined. */
function tokenIn(out: string): string | undefined {
  return /^ {4}([\w-]{43})$/m.exec(out)?.[1];
}

test('S67 every start shows a fresh one-time token, until it has made the first administrator', async () => {
  const folder = await newFolder();
  const socketPath = join(folder, 'data', 'admin.sock');
  const first = await startServer({ folder });
  const older = tokenIn(first.out());
  expect(first.out()).toContain('npm run admin -- first-administrator');
  await stop(first);

  const second = await startServer({ folder });
  const newer = tokenIn(second.out());
  expect(newer).not.toBe(older);
  const makeFirst = (token: string | undefined) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = request({ socketPath, method: 'POST', path: '/first-administrator', headers }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      const about = { name: 'anna', displayName: 'Anna Bakker', password: 'a phrase of my own' };
      sent.once('error', reject).end(JSON.stringify({ token, ...about }));
    });
  expect(await makeFirst(older)).toBe(401);
  expect(await makeFirst(newer)).toBe(201);
  await stop(second);
  const third = await startServer({ folder });
  expect(tokenIn(third.out())).toBeUndefined();
});

test('keys that are missing beside a database with people stop the start, and none are made', async () => {
  const folder = await newFolder();
  await stop(await startServer({ folder }));
  const ring = join(folder, 'data', 'keys', 'ring.json');
  const kept = await readFile(ring);
  await rm(ring);
  const { code, said } = await refusedStart({ folder });
  expect(code).toBe(1);
  expect(said).toContain(`The keys in ${ring} are gone`);
  await expect(stat(ring)).rejects.toThrow('ENOENT');

  await writeFile(ring, kept, { mode: 0o644 });
  expect((await refusedStart({ folder })).said).toContain('give it mode 0600');
  await chmod(ring, 0o600);
  await stop(await startServer({ folder }));
});

test('keys of another house stop the start', async () => {
  const [folder, other] = [await newFolder(), await newFolder()];
  await stop(await startServer({ folder }));
  await stop(await startServer({ folder: other }));
  const ring = join('data', 'keys', 'ring.json');
  await writeFile(join(folder, ring), await readFile(join(other, ring)));
  const { code, said } = await refusedStart({ folder });
  expect(code).toBe(1);
  expect(said).toContain('Put the right file back');
});

test('in production every reason not to start is named at once, with its mend', async () => {
  const folder = await newFolder();
  await stop(await startServer({ folder }));
  const { code, said } = await refusedStart({ folder, env: { NODE_ENV: 'production' } });
  expect(code).toBe(1);
  for (const reason of [
    'BASE_URL is not set',
    'BASE_URL is not https',
    'DELIVERY is not live',
    'people of a trial',
  ])
    expect(said).toMatch(new RegExp(`^ {2}- .*${reason}.*: .+\\.$`, 'm'));
});

/** A request whose last bytes are not sent until `finish` is called; gives the whole answer. */
function openRequest(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += String(chunk);
    });
    socket.once('end', () => resolve(text)).once('error', reject);
  });
  const started = new Promise<void>((resolve) => {
    const head = `POST /sign-in HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    socket.write(`${head}Content-Length: 10\r\n\r\nuser`, () => resolve());
  });
  return { started, answer, finish: () => socket.write('Name=j') };
}

test('SIGTERM lets the request under way finish, takes no new one, and ends with 0', async () => {
  const server = await startServer({ folder: await newFolder() });
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  await fetch(`${server.url}/healthz`);
  const request = openRequest(server.url);
  await request.started;
  await fetch(`${server.url}/healthz`);
  server.child.kill('SIGTERM');
  await expect
    .poll(
      () =>
        fetch(`${server.url}/healthz`).then(
          () => 'open',
          () => 'closed',
        ),
      { interval: 10 },
    )
    .toBe('closed');
  request.finish();
  const answer = await request.answer;
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('</html>');
  expect(await server.ended).toBe(0);
  expect(server.said()).toBe('');
  idle.destroy();
});
