import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { databaseEnv } from '../helpers/database.ts';
import { spawnServer, startServer } from '../helpers/server.ts';

async function newHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'sk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, env: await databaseEnv(folder) };
}

type House = Awaited<ReturnType<typeof newHouse>>;

async function recover({ folder, env }: House, ...args: string[]) {
  const command = await spawnServer({ folder, env, args: ['recover-administrator', ...args] });
  return { code: await command.ended, out: command.out(), said: command.said() };
}

/** Asks the administrators' door of a server that runs. */
async function post({ folder }: House, path: string, body: object) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const socketPath = join(folder, 'data', 'admin.sock');
    const sent = request({ socketPath, method: 'POST', path, headers }, (answer) =>
      text(answer).then((read) => resolve({ status: answer.statusCode, body: read }), reject),
    );
    sent.once('error', reject).end(JSON.stringify(body));
  });
}

async function makeAnna(house: House, printed: string) {
  const token = /one-time token:\s+(\S+)/.exec(printed)?.[1];
  const account = { token, name: 'anna', displayName: 'Anna', password: 'the first phrase' };
  expect((await post(house, '/first-administrator', account)).status).toBe(201);
}

test('who forgot the password comes back in, by a token made while the server runs, or while it is stopped', async () => {
  const house = await newHouse();
  const server = await startServer(house);
  await makeAnna(house, server.out());
  const running = await recover(house, 'Anna');
  expect(running).toMatchObject({ code: 0, out: expect.stringMatching(/^[\w-]{40,}\n$/) });
  expect(running.said).toContain('anna chooses a new password, within an hour and once');
  const password = 'the second phrase';
  expect(await post(house, '/recoveries', { token: running.out.trim(), password })).toMatchObject({
    status: 200,
    body: '{"name":"anna"}',
  });
  expect((await post(house, '/sign-in', { name: 'anna', password })).status).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);

  const stopped = await recover(house, 'anna');
  expect(stopped.code).toBe(0);
  await startServer(house);
  const third = { token: stopped.out.trim(), password: 'the third phrase' };
  expect((await post(house, '/recoveries', third)).status).toBe(200);
  const signedIn = await post(house, '/sign-in', { name: 'anna', password: third.password });
  expect(signedIn.status).toBe(200);
});

test('it is refused in words when there is nobody of that name, or nothing to recover in', async () => {
  const house = await newHouse();
  const nothing = await recover(house, 'anna');
  expect(nothing).toMatchObject({ code: 1, out: '' });
  expect(nothing.said).toMatch(/There (is no database|are no keys)/);
  expect(await readdir(house.folder)).not.toContain('data');
  const server = await startServer(house);
  const nobody = await recover(house, 'an\u001b[31mna');
  expect(nobody).toMatchObject({
    code: 1,
    out: '',
    said: expect.stringContaining('There is no administrator'),
  });
  expect(nobody.said).not.toContain('\u001b');
  expect(await recover(house)).toMatchObject({ code: 2, out: '' });
  expect(await recover(house, '--help')).toMatchObject({ code: 2, out: '' });
  server.child.kill('SIGTERM');
  await server.ended;
});
