import { createServer, type Server } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { webApp } from '../../src/web-app.ts';
import { wordsOf } from '../../src/words/words.ts';
import { Browser } from '../helpers/browser.ts';
import { needs } from '../helpers/needs.ts';
import { startNginx } from '../helpers/nginx.ts';
import { findFreePort } from '../helpers/server.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

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

async function closeNode({ server }: { server: Server }): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
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

    await closeNode(one);
    for (let count = 0; count < 6; count += 1) {
      const answer = await open('/sign-in');
      expect([answer.status, answer.headers.get('x-node')]).toEqual([200, 'two']);
    }

    await closeNode(two);
    const browser = new Browser(`http://127.0.0.1:${port}`);
    for (const again of [
      () => browser.open('/sign-in'),
      () => browser.post('/sign-in', { userName: 'jan', password: 'x' }),
    ]) {
      await again();
      expect([browser.status, browser.heading]).toEqual([502, wordsOf('nl').common.errors.away.heading]);
      expect(browser.text).toContain(wordsOf('en').common.errors.away.mend);
      expect(Number(browser.headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});
