import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../helpers/certificate.ts';
import { findFreePort, newFolder, spawnServer, startServer } from '../helpers/server.ts';
import { refusedStart, signInAs, stop } from './starts.ts';

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

test('without DELIVERY, messages are shown in the terminal, and the start says so', async () => {
  const server = await startServer({ folder: await newFolder(), env: { DELIVERY: '' } });
  expect(server.out()).toContain('Texts, calls and mails are shown in this terminal.');
});

test('a password for the trial can be set from outside', async () => {
  const env = { SPAREKEY_TRIAL_PASSWORD: 'correct horse battery' };
  const server = await startServer({ folder: await newFolder(), env });
  expect((await signInAs(server.url, 'zoe', 'correct horse battery')).path).toBe('/register');
});

test('a bad configuration is told with all its faults at once', async () => {
  const env = {
    PORT: 'eighty',
    BASE_URL: 'sparekey.example.org',
    DELIVERY: 'pigeon',
    REDIS_URL: 'http://127.0.0.1',
    LOG_LEVEL: 'loud',
    SPAREKEY_TRIAL_PASSWORD: 'short',
    SPAREKEY_COLOUR: 'blue',
  };
  const { code, said } = await refusedStart({ folder: await newFolder(), env });
  expect(code).toBe(1);
  for (const name of Object.keys(env)) expect(said).toMatch(new RegExp(`^ {2}- ${name} .+\\.$`, 'm'));
  expect(said).not.toContain('short');
});

test('an unknown SPAREKEY_ name stops the start, also from .env', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, '.env'), 'SPAREKEY_TRAIL_PASSWORD=correct horse battery\n');
  const { code, said } = await refusedStart({ folder });
  expect(code).toBe(1);
  expect(said).toContain('SPAREKEY_TRAIL_PASSWORD is not a setting of Sparekey');
  await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT');
});

test('a port that is taken is told in words', async () => {
  const other = createServer();
  const PORT = String(await findFreePort());
  await new Promise<void>((resolve) => other.listen(Number(PORT), '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { code, said } = await refusedStart({ folder: await newFolder(), env: { PORT } });
  expect(code).toBe(1);
  expect(said).toContain('The port is taken by another program: choose another PORT.');
});

test('a data folder that cannot be used is told in words', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'data'), 'a file');
  const { code, said } = await refusedStart({ folder });
  expect(code).toBe(1);
  expect(said).toContain('choose another DATA_DIR');
});

test('what is kept is its owner’s alone, also in a folder that was there before', async () => {
  const folder = await newFolder();
  const embedded = { DATABASE_URL: '' };
  const server = await startServer({ folder, env: embedded });
  const data = join(folder, 'data');
  expect(await modeOf(data)).toBe('700');
  expect(await modeOf(join(data, 'keys'))).toBe('700');
  for (const file of ['keys/ring.json', 'admin.sock', 'sparekey.db', 'sparekey.db-wal'])
    expect(`${file} ${await modeOf(join(data, file))}`).toBe(`${file} 600`);
  await stop(server);

  const open = join(folder, 'open');
  await mkdir(open);
  await chmod(open, 0o755);
  await startServer({ folder, env: { ...embedded, DATA_DIR: open } });
  expect(await modeOf(join(open, 'sparekey.db'))).toBe('600');
  expect(await modeOf(join(open, 'keys'))).toBe('700');
});

test('the administrators’ door on TCP needs a certificate that can be used', async () => {
  const folder = await newFolder();
  const ADMIN_LISTEN = `127.0.0.1:${await findFreePort()}`;
  const bare = await refusedStart({ folder, env: { ADMIN_LISTEN } });
  for (const name of ['ADMIN_TLS_CERT', 'ADMIN_TLS_KEY'])
    expect(bare.said).toMatch(new RegExp(`^ {2}- ${name} is not set: .+\\.$`, 'm'));
  const env = { ADMIN_LISTEN, ADMIN_TLS_CERT: 'door.crt', ADMIN_TLS_KEY: 'door.key' };
  expect((await refusedStart({ folder, env })).said).toContain('ADMIN_TLS_CERT names');
  for (const file of ['door.crt', 'door.key']) await writeFile(join(folder, file), 'no PEM');
  expect((await refusedStart({ folder, env })).said).toContain('do not fit');
  const { cert, key } = makeCertificate();
  await writeFile(join(folder, 'door.crt'), cert);
  await writeFile(join(folder, 'door.key'), key);
  await stop(await startServer({ folder, env }));
});

test('in production no directory is trusted whose certificate nobody checks', async () => {
  const directory = {
    DIRECTORY_URL: 'ldaps://127.0.0.1:9',
    DIRECTORY_BASE: 'dc=example,dc=org',
    DIRECTORY_BIND_DN: 'cn=sparekey,dc=example,dc=org',
    DIRECTORY_PASSWORD: 'secret of the account',
    DIRECTORY_INSECURE: 'yes',
  };
  const env = { ...directory, NODE_ENV: 'production' };
  const { code, said } = await refusedStart({ folder: await newFolder(), env });
  expect(code).toBe(1);
  expect(said).toMatch(/^ {2}- DIRECTORY_INSECURE is set: .+; give DIRECTORY_CA_FILE\.$/m);
  expect(said).not.toContain('secret of the account');
});

test('the launcher runs the server on the pinned Node, and SIGTERM reaches it', async () => {
  const server = await startServer({ folder: await newFolder(), program: 'dist/src/launch.js' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await stop(server);
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
});

test('sparekey --help names the commands; one it does not know is refused with the way to the help', async () => {
  const folder = await newFolder();
  const help = await spawnServer({ folder, args: ['--help'] });
  expect(await help.ended).toBe(0);
  expect(help.out()).toContain('sparekey start');
  const { code, said, out } = await refusedStart({ folder, args: ['dance'] });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(said).toContain('“dance”');
  expect(said).toContain('sparekey --help');
});

test('a server whose output nobody reads any more goes on serving, and says nothing of it', async () => {
  const server = await spawnServer({ folder: await newFolder(), env: { DELIVERY: 'terminal' } });
  server.child.stdout?.destroy();
  const status = () =>
    fetch(`${server.url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 30_000 }).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  expect(server.said()).toBe('');
});

test('a command whose output nobody reads any more ends quietly', async () => {
  const help = await spawnServer({ folder: await newFolder(), args: ['--help'] });
  help.child.stdout?.destroy();
  expect(await help.ended).toBe(0);
  expect(help.said()).toBe('');
});
