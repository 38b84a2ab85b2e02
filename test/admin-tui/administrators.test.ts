import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { keptTokenFile } from '../../admin-tui/kept-token.ts';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdminTls } from '../../src/admin-api/serve-tls.ts';
import { makeFirstToken } from '../../src/administrators/accounts.ts';
import { makeRecovery } from '../../src/administrators/recovery.ts';
import { openAdminHouse, stateHomeOf } from '../helpers/admin-house.ts';
import { addAdministrator, administratorPassword } from '../helpers/administrators.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { needs } from '../helpers/needs.ts';
import { startTestHouse } from '../helpers/test-house.ts';
import { openTerminal } from '../helpers/tmux.ts';
import { environmentOf, pipeCommand, sparekeyAdmin, typeCommand } from './type-command.ts';

let house: Awaited<ReturnType<typeof openAdminHouse>>;
let sessionFile: string;
beforeAll(async () => {
  house = await openAdminHouse();
  sessionFile = keptTokenFile(stateHomeOf(house.dataDir), { socket: house.socket });
});
afterAll(() => house.close());

const type = (...args: string[]) => typeCommand(house.dataDir, args);
const pipe = (input: string, ...args: string[]) => pipeCommand(house.dataDir, args, { input });

function signIn() {
  return pipe(`${administratorPassword}\n`, 'sign-in', '--name', 'anna');
}

describe('signing in', () => {
  it('keeps the session in a file of one’s own, signing out ends it', async () => {
    await rm(sessionFile);
    const nobody = { code: 1, out: '', said: expect.stringContaining('Sign in: npm run admin -- sign-in') };
    expect(await type('policy', 'show')).toMatchObject(nobody);
    expect(await signIn()).toEqual({ code: 0, out: '', said: 'You are signed in as anna.\n' });
    expect((await stat(sessionFile)).mode & 0o777).toBe(0o600);
    expect((await type('policy', 'show')).code).toBe(0);
    const token = await readFile(sessionFile, 'utf8');
    expect(await type('sign-out')).toMatchObject({ code: 0, said: 'You are signed out.\n' });
    await expect(stat(sessionFile)).rejects.toThrow('ENOENT');
    await writeFile(sessionFile, token);
    expect(await type('policy', 'show')).toMatchObject(nobody);
    expect((await signIn()).code).toBe(0);
  });

  it('says what is wrong in the language asked for, and keeps nothing', async () => {
    await rm(sessionFile);
    const wrong = await pipe('nonsense\n', 'sign-in', '--name', 'anna', '--lang', 'nl');
    expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('horen niet bij elkaar') });
    await expect(stat(sessionFile)).rejects.toThrow('ENOENT');
    expect((await signIn()).code).toBe(0);
  });
});

/** `sign-in` in a real terminal, which then says how it ended. */
async function openSignIn(...args: string[]) {
  const utf8 = { LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8', TERM: 'screen-256color' };
  const given = Object.entries(environmentOf(house.dataDir, utf8)).map(([name, value]) => `${name}=${value}`);
  const command = ['env', '-i', ...given, process.execPath, sparekeyAdmin, 'sign-in', ...args];
  const terminal = await openTerminal(['sh', '-c', '"$@"; echo "ended with $?"; sleep 60', 'sh', ...command]);
  onTestFinished(() => terminal.close());
  return terminal;
}

needs('tmux')('in a terminal', () => {
  it('the password is asked without showing it', async () => {
    const terminal = await openSignIn();
    await terminal.see('Name:');
    await terminal.type('anna');
    await terminal.press('Enter');
    await terminal.see('Password:');
    await terminal.type(`${administratorPassword}x`);
    await terminal.press('BSpace', 'Enter');
    await terminal.see('You are signed in as anna.');
    expect(await terminal.see('ended with 0')).not.toContain(administratorPassword.slice(0, 7));
  });

  it('Ctrl-C at a question ends without a word', async () => {
    const terminal = await openSignIn('--name', 'anna');
    await terminal.see('Password:');
    await terminal.press('C-c');
    expect((await terminal.see(/ended with \d/)).trim()).toBe('Password:\nended with 1');
    const other = await openSignIn();
    await other.see('Name:');
    await other.press('C-c');
    expect((await other.see(/ended with \d/)).trim()).toMatch(/^Name:\s*ended with 1$/);
  });
});

describe('administrators', () => {
  it('S67 the first one is made with the token of the start, then signs in', async () => {
    const fresh = await startTestHouse();
    onTestFinished(fresh.stop);
    const { deps, folder } = fresh.house;
    const { serveAdmin } = await import('../../src/admin-api/serve.ts');
    const door = await serveAdmin(adminApi(deps), deps.config.adminSocket);
    onTestFinished(() => door.close());
    const token = (await makeFirstToken(deps))?.token;
    const dataDir = join(folder, 'data');
    const first = (input: string) =>
      pipeCommand(dataDir, ['first-administrator', '--name', 'Ida', '--mail', 'ida@example.org'], { input });
    expect(await first('nonsense\na phrase of my own\n')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^token: This one-time token/),
    });
    expect(await first(`${token}\na phrase of my own\n`)).toMatchObject({
      code: 0,
      said: expect.stringContaining('ida is the first administrator'),
    });
    const signedIn = await pipeCommand(dataDir, ['sign-in'], { input: 'ida\na phrase of my own\n' });
    expect(signedIn).toMatchObject({ code: 0, said: 'You are signed in as ida.\n' });
  });

  it('are invited, accept, are listed and removed', async () => {
    const about = ['--display-name', 'Ida Smit', '--role', 'helpdesk'];
    const invited = await type('administrators', 'invite', 'ida', ...about);
    expect(invited).toMatchObject({ code: 0, said: expect.stringContaining('ida is invited') });
    expect(invited.out).toMatch(/^[\w-]{43}\n$/);
    expect((await type('administrators', 'list')).out).toMatch(/^ida +Ida Smit +helpdesk +invited \(/m);
    const accepted = await pipe(`${invited.out}a phrase of my own\n`, 'administrators', 'accept');
    expect(accepted).toMatchObject({ code: 0, said: expect.stringContaining('ida is ready') });
    expect((await type('administrators', 'list')).out).toMatch(/^ida +Ida Smit +helpdesk +never/m);
    expect(await type('administrators', 'remove', 'ida')).toMatchObject({
      code: 0,
      said: 'ida is removed.\n',
    });
    expect((await type('administrators', 'list')).out).not.toContain('ida');
    expect(await type('administrators', 'remove', 'anna')).toMatchObject({
      code: 1,
      said: expect.stringContaining('the last administrator'),
    });
    expect((await type('administrators', 'invite', 'x', '--display-name', 'X', '--role', 'god')).code).toBe(
      2,
    );
  });

  it('come back in by a token of the server’s machine', async () => {
    await addAdministrator(house.deps, 'otto');
    const made = await makeRecovery(house.deps, 'otto');
    const token = made.result === 'made' ? made.token : '';
    const wrong = await pipe('nonsense\na phrase of my own\n', 'administrators', 'recover');
    expect(wrong).toMatchObject({ code: 1, said: expect.stringMatching(/^token: This one-time token/) });
    expect(await pipe(`${token}\na phrase of my own\n`, 'administrators', 'recover')).toEqual({
      code: 0,
      out: '',
      said: 'otto has a new password. Sign in: npm run admin -- sign-in\n',
    });
  });

  it('get another mail address, the own one with the password', async () => {
    await addAdministrator(house.deps, 'mia');
    const own = ['administrators', 'mail', '--mail', 'anna@example.org'];
    expect(await pipe('nonsense\n', ...own)).toMatchObject({
      code: 1,
      said: expect.stringContaining('password: This is not your password'),
    });
    expect(await pipe(`${administratorPassword}\n`, ...own)).toMatchObject({
      code: 0,
      said: expect.stringContaining('Your e-mail address is changed.'),
    });
    expect(await type('administrators', 'mail', 'mia', '--mail', 'mia@example.org')).toMatchObject({
      code: 0,
      said: 'The e-mail address of mia is changed. The old and the new address are told.\n',
    });
    expect((await type('administrators', 'mail', 'mia', '--no-mail')).code).toBe(0);
    for (const typed of [
      ['mia'],
      [],
      ['mia', '--mail', 'x@example.org', '--no-mail'],
      ['a', 'b', '--no-mail'],
    ])
      expect((await type('administrators', 'mail', ...typed)).code).toBe(2);
  });

  it('change their own password, and sign in anew', async () => {
    await addAdministrator(house.deps, 'eve');
    const state = { LANG: 'en_GB.UTF-8', XDG_STATE_HOME: join(stateHomeOf(house.dataDir), 'eve') };
    const asEve = (input: string, ...args: string[]) =>
      pipeCommand(house.dataDir, args, { input, env: state });
    await asEve(`${administratorPassword}\n`, 'sign-in', '--name', 'eve');
    const changed = await asEve(`${administratorPassword}\nanother phrase\n`, 'administrators', 'password');
    expect(changed).toMatchObject({ code: 0, said: expect.stringContaining('Sign in again') });
    expect((await asEve('', 'policy', 'show')).code).toBe(1);
    expect((await asEve('another phrase\n', 'sign-in', '--name', 'eve')).code).toBe(0);
  });
});

describe('tokens', () => {
  it('are made for scripts, work from the environment and from a file, and are revoked', async () => {
    const made = await type('tokens', 'create', 'nightly', '--scope', 'read', '--days', '7');
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('valid until 2026-11-08') });
    const token = made.out.trim();
    const list = (env: Record<string, string>, ...args: string[]) =>
      typeCommand(house.dataDir, ['people', 'list', ...args], {
        LANG: 'en_GB.UTF-8',
        XDG_STATE_HOME: '/nonexistent',
        ...env,
      });
    expect((await list({})).code).toBe(1);
    expect((await list({ SPAREKEY_ADMIN_TOKEN: token })).code).toBe(0);
    const file = join(house.dataDir, 'nightly.token');
    await writeFile(file, made.out);
    expect((await list({}, '--token-file', file)).code).toBe(0);
    expect((await list({}, `--token-file=${file}`)).code).toBe(0);
    const refused = await typeCommand(house.dataDir, ['policy', 'set', 'postponeDays=3'], {
      LANG: 'en_GB.UTF-8',
      SPAREKEY_ADMIN_TOKEN: token,
    });
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('no right') });
    const listed = await type('tokens', 'list');
    const id = /^(\S+) +nightly +read +anna +2026-11-08/m.exec(listed.out)?.[1] ?? '';
    expect(listed.out).not.toContain(token);
    expect((await type('tokens', 'revoke', id)).code).toBe(0);
    expect((await list({ SPAREKEY_ADMIN_TOKEN: token })).code).toBe(1);
  });

  it.each([
    [['tokens', 'create', 'x']],
    [['tokens', 'create', 'x', '--scope', 'everything']],
    [['tokens', 'create', 'x', '--scope', 'read', '--days', 'many']],
  ])('%j is typed wrongly', async (args) => {
    expect((await type(...args)).code).toBe(2);
  });
});

describe('from outside', () => {
  it('an administrator comes in over TLS with a code from the mail, and a wrong certificate is said', async () => {
    const { house: home, stop } = await startTestHouse();
    onTestFinished(stop);
    await addAdministrator(home.deps, 'anna', { mail: 'anna@example.org' });
    const { cert, key } = makeCertificate();
    const [certFile, keyFile] = [join(home.folder, 'door.crt'), join(home.folder, 'door.key')];
    await writeFile(certFile, cert);
    await writeFile(keyFile, key);
    const listen = { host: '127.0.0.1', port: 0, certFile, keyFile };
    const door = await serveAdminTls(adminApi(home.deps, 'tcp'), listen);
    onTestFinished(() => door.close());
    const url = `https://127.0.0.1:${door.port}`;
    const state = { LANG: 'en_GB.UTF-8', XDG_STATE_HOME: join(home.folder, 'state') };
    const trusting = { ...state, NODE_EXTRA_CA_CERTS: certFile };
    const untrusted = await typeCommand('/nonexistent', ['policy', 'show', '--url', url], state);
    expect(untrusted).toMatchObject({ code: 1, said: expect.stringContaining('is not trusted') });

    const name = ['sign-in', '--name', 'anna', '--url', url];
    const first = await pipeCommand('/nonexistent', name, {
      input: `${administratorPassword}\n000\n`,
      env: trusting,
    });
    expect(first).toMatchObject({ code: 1, said: expect.stringContaining('code: This code is not right') });
    // The next code comes from the mail of the next sign-in, so it is read between the two lines.
    const token = await signInOutside(home, url, trusting);
    expect(token).toBe(0);
    const shown = await typeCommand('/nonexistent', ['policy', 'show', '--url', `${url}/`], trusting);
    expect(shown.code).toBe(0);
    const elsewhere = await typeCommand(
      '/nonexistent',
      ['policy', 'show', '--socket', home.folder],
      trusting,
    );
    expect(elsewhere.code).toBe(1);
  });
});

type Home = Awaited<ReturnType<typeof startTestHouse>>['house'];

/** Types the password, waits for the mail, and types its code. */
async function signInOutside(home: Home, url: string, env: Record<string, string>): Promise<number | null> {
  const { spawn } = await import('node:child_process');
  const args = [sparekeyAdmin, 'sign-in', '--name', 'anna', '--url', url];
  const child = spawn(process.execPath, args, { env: environmentOf('/nonexistent', env) });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await home.newMessages();
  child.stdin.write(`${administratorPassword}\n`);
  await expect.poll(async () => (await home.newMessages()).length, { timeout: 60_000, interval: 50 }).toBe(1);
  child.stdin.end(`${await home.codeFor('anna@example.org')}\n`);
  return ended;
}
