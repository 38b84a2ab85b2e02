import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdminTls } from '../../src/admin-api/serve-tls.ts';
import { addAdministrator, apiTokenOf } from '../helpers/administrators.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { needs } from '../helpers/needs.ts';
import { findFreePort } from '../helpers/server.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

/** The configuration of the docs, as it stands there. */
async function readDocs(): Promise<string> {
  const docs = await readFile(new URL('../../docs/status-endpoint.md', import.meta.url), 'utf8');
  const block = /```nginx\n([\s\S]*?)```/.exec(docs)?.[1];
  if (block === undefined) throw new Error('The docs have no nginx configuration.');
  return block;
}

async function openDoor(house: TestHouse) {
  const { cert, key } = makeCertificate();
  const [certFile, keyFile] = [join(house.folder, 'door.crt'), join(house.folder, 'door.key')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const listen = { host: '127.0.0.1', port: 0, certFile, keyFile };
  return { certFile, ...(await serveAdminTls(adminApi(house.deps, 'tcp'), listen)) };
}

interface Playing {
  port: number;
  door: { port: number; certFile: string };
  token: string;
}

/** nginx with the docs' configuration: its names filled in, and who has signed in said by a header. */
async function startNginx({ folder }: TestHouse, { port, door, token }: Playing): Promise<void> {
  const prefix = join(folder, 'nginx');
  await mkdir(join(prefix, 'tmp'), { recursive: true });
  const filled = (await readDocs())
    .replaceAll('$remote_user', '$http_x_user')
    .replace('server {', `server {\n listen 127.0.0.1:${port};`)
    .replace('192.0.2.10:3443', `127.0.0.1:${door.port}`)
    .replace('sparekey.example.org;', 'localhost;')
    .replace('/etc/nginx/sparekey-door.crt', door.certFile)
    .replace('THE-TOKEN', token)
    .replace('# … the intranet itself', 'try_files /welcome.txt =404;');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path tmp/${name};`).join('\n');
  // The workers of a root's nginx are somebody else, who has no business in the folder of a test.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = `${user} daemon off; pid nginx.pid; error_log error.log; events {}
    http { access_log off; root .; ${paths}\n${filled} }`;
  await writeFile(join(prefix, 'nginx.conf'), main);
  await writeFile(join(prefix, 'welcome.txt'), 'welcome to the intranet');
  const child = spawn('nginx', ['-p', prefix, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
}

needs('nginx')('nginx with the configuration of the docs', () => {
  test('lets people in, sends whoever must register there, and lets everybody in while Sparekey is away', async () => {
    const house = await openTestHouse({ policy: { postponeDays: 7 } });
    const door = await openDoor(house);
    const anna = await addAdministrator(house.deps, 'anna');
    const token = await apiTokenOf(house.deps, anna, ['status']);
    await house.addPerson('zoe');
    await house.addPerson('sam');
    const postponed = { postponed_until: house.deps.now() + 1000 };
    await house.deps.db.updateTable('people').set(postponed).where('user_name', '=', 'sam').execute();
    const port = await findFreePort();
    await startNginx(house, { port, door, token });
    const open = async (user: string) => {
      const headers = { 'x-user': user };
      const answer = await fetch(`http://127.0.0.1:${port}/page`, { headers, redirect: 'manual' });
      return [answer.status, answer.headers.get('location') ?? (await answer.text()).slice(0, 23)];
    };
    const welcome = [200, 'welcome to the intranet'];
    await expect.poll(() => open('sam').catch(() => null), { timeout: 60_000 }).toEqual(welcome);
    expect(await open('zoe')).toEqual([302, `${house.deps.config.baseUrl}/register`]);
    expect(await open('stranger')).toEqual(welcome);
    expect(await open('zoe?x=/../../people')).toEqual(welcome);

    await house.deps.db.updateTable('api_tokens').set({ revoked_at: house.deps.now() }).execute();
    expect((await open('zoe'))[0]).toBe(401);
    await door.close();
    expect(await open('zoe')).toEqual(welcome);
  });
});
