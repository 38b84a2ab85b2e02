import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { webApp } from '../../src/web-app.ts';
import { needs } from '../helpers/needs.ts';
import { findFreePort } from '../helpers/server.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

/** The configuration of the docs, as it stands there. */
async function readDocs(): Promise<string> {
  const docs = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const block = /```nginx\n([\s\S]*?)```/.exec(docs)?.[1];
  if (block === undefined) throw new Error('The docs have no nginx configuration.');
  return block;
}

/** One more node of the house on a port of its own, which says by a header that it answered. */
async function openNode({ deps }: TestHouse, name: string): Promise<{ port: number; server: Server }> {
  const app = webApp(deps);
  const server = createServer((req, res) => {
    res.setHeader('X-Node', name);
    app(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

async function startNginx(folder: string, { port, nodes }: { port: number; nodes: number[] }): Promise<void> {
  const prefix = join(folder, 'nginx');
  await mkdir(join(prefix, 'tmp'), { recursive: true });
  const [first, second] = nodes;
  const filled = (await readDocs())
    .replace('192.0.2.11:3000', `127.0.0.1:${first}`)
    .replace('192.0.2.12:3000', `127.0.0.1:${second}`)
    .replace('server {\n', `server {\n listen 127.0.0.1:${port};\n`)
    .replace('sparekey.example.org;', 'localhost;');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path tmp/${name};`).join('\n');
  // The workers of a root's nginx are somebody else, who has no business in the folder of a test.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = `${user} daemon off; worker_processes 1; pid nginx.pid; error_log error.log; events {}
    http { access_log off; ${paths}\n${filled} }`;
  await writeFile(join(prefix, 'nginx.conf'), main);
  const child = spawn('nginx', ['-p', prefix, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
}

needs('nginx')('nginx before two nodes with the configuration of the docs', () => {
  test('both serve; one that is gone is left out; no header of a browser names an address or a host (S34, S43, S44)', async () => {
    const env = { BASE_URL: 'https://id.example.org', TRUST_PROXY: '127.0.0.1' };
    const house = await openTestHouse({ env });
    const [one, two] = [await openNode(house, 'one'), await openNode(house, 'two')];
    const port = await findFreePort();
    await startNginx(house.folder, { port, nodes: [one.port, two.port] });
    const open = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        headers: {
          'X-Forwarded-For': '198.51.100.9',
          'X-Forwarded-Host': 'evil.example',
          'X-Forwarded-Proto': 'http',
          'X-Request-Id': 'of-the-browser',
        },
        redirect: 'manual',
      });
    const healthy = () => open('/readyz').then((answer) => answer.text());
    await expect.poll(() => healthy().catch(() => ''), { timeout: 60_000 }).toBe('ok');
    const seen = new Set<string | null>();
    for (let count = 0; count < 8; count += 1) {
      const answer = await open('/sign-in');
      expect(answer.status).toBe(200);
      seen.add(answer.headers.get('x-node'));
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
      expect(answer.headers.getSetCookie().every((cookie) => cookie.includes('Secure'))).toBe(true);
      expect(await answer.text()).not.toContain('evil');
    }
    expect(seen).toEqual(new Set(['one', 'two']));
    expect(house.log.join('')).not.toMatch(/198\.51\.100\.9|of-the-browser/);

    one.server.closeAllConnections();
    await new Promise((resolve) => one.server.close(resolve));
    for (let count = 0; count < 6; count += 1) {
      const answer = await open('/sign-in');
      expect([answer.status, answer.headers.get('x-node')]).toEqual([200, 'two']);
    }
  });
});
