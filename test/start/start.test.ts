import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { Browser } from '../helpers/browser.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { findFreePort, type ServerWanted, spawnServer, startServer } from '../helpers/server.ts';

const words = wordsOf('nl').signIn;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a server that is not to come up, and gives its exit code and what it said. */
async function refusedStart(wanted: ServerWanted) {
  const server = await spawnServer(wanted);
  const code = await server.ended;
  expect(server.said(), 'said in words, without a stack').not.toMatch(/^\s+at /m);
  return { code, said: server.said(), out: server.out() };
}

async function stop(server: Awaited<ReturnType<typeof startServer>>) {
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

async function signInAs(url: string, userName: string, password: string): Promise<Browser> {
  const browser = await new Browser(url).open('/sign-in');
  return browser.fill(words.userName, userName).fill(words.password, password).press(words.submit);
}

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

test('without DELIVERY, messages are shown in the terminal, and the start says so', async () => {
  const server = await startServer({ folder: await newFolder(), env: { DELIVERY: '' } });
  expect(server.out()).toContain('Texts, calls and mails are shown in this terminal.');
});

test('a password for the trial can be set from outside', async () => {
  const env = { SPAREKEY_TRIAL_PASSWORD: 'correct horse battery' };
  const server = await startServer({ folder: await newFolder(), env });
  expect((await signInAs(server.url, 'zoe', 'correct horse battery')).path).toBe('/register');
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
