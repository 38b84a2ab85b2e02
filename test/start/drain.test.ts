import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ServerProcess, startServer } from '../helpers/server.ts';

/** A form whose body is still on its way; resolves once the server has read its head. */
async function beginForm({ url }: ServerProcess) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const read: string[] = [];
  socket.on('data', (chunk) => void read.push(String(chunk)));
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  const type = 'Content-Type: application/x-www-form-urlencoded';
  socket.write(
    `POST /sign-in HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`,
  );
  await expect.poll(() => read.join(''), { timeout: 60_000 }).toContain('100 Continue');
  return { end: () => socket.write('userName='), closed, read: () => read.join('') };
}

test('told to stop, a slow request is still answered, a hanging one is cut off, and the server is gone in time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer({ folder });
  const [slow, hanging] = [await beginForm(server), await beginForm(server)];
  server.child.kill('SIGTERM');
  await expect
    .poll(
      () =>
        fetch(server.url).then(
          () => 'open',
          () => 'closed',
        ),
      { timeout: 60_000 },
    )
    .toBe('closed');
  slow.end();
  await slow.closed;
  expect(slow.read()).toMatch(/HTTP\/1\.1 (303|400|403) /);
  expect(hanging.read()).not.toMatch(/HTTP\/1\.1 [2345]\d\d (?!Continue)/);
  await hanging.closed;
  expect(await server.ended).toBe(0);
}, 90_000);
