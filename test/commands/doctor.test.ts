import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { sendTest } from '../../src/commands/doctor/send.ts';
import { checks, examine } from '../../src/commands/doctor.ts';
import { readConfig } from '../../src/config/config.ts';
import { findFreePort } from '../helpers/server.ts';
import { startSmtpServer } from '../helpers/smtp-server.ts';

const now = () => Date.UTC(2026, 10, 22);

/** A folder of a house that was started once, as far as files go. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
  await writeFile(join(folder, 'keys', 'ring.json'), '{}', { mode: 0o600 });
  return folder;
}

function gather() {
  const written: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { out, read: () => written.join('') };
}

/** What the doctor says of this environment, and how many faults it counts. */
async function examined(env: Record<string, string>) {
  const { out, read } = gather();
  const config = readConfig({ DATA_DIR: await newFolder(), ...env });
  const faults = await examine({ config, now }, { out });
  return { faults, said: read() };
}

/** A gateway that knows one account. */
async function playTwilio(): Promise<string> {
  const right = `Basic ${Buffer.from('AC1:right').toString('base64')}`;
  const server = createServer((req, res) => {
    const known = req.url === '/2010-04-01/Accounts/AC1.json' && req.headers.authorization === right;
    res.writeHead(known ? 200 : 401).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function playSmtp() {
  const server = await startSmtpServer({ auth: { user: 'sparekey', pass: 'hunter2' } });
  onTestFinished(() => server.close());
  return server;
}

test('a configuration that fits its servers has no fault, and a test mail really goes', async () => {
  const [smtp, twilio] = [await playSmtp(), await playTwilio()];
  const env = {
    BASE_URL: 'https://id.invalid',
    TRUST_PROXY: '127.0.0.1',
    DELIVERY: 'live',
    SMTP_URL: smtp.url,
    TEXT_GATEWAYS: `twilio+http://AC1:right@${twilio}?from=%2B31970000000`,
  };
  const { faults, said } = await examined(env);
  expect(said).not.toMatch(/FAULT/);
  expect(faults).toBe(0);
  expect(said).toMatch(/takes mail with its name and password/);
  expect(said).toMatch(/knows our account/);
  expect(said).not.toMatch(/hunter2|right/);
  const config = readConfig({ DATA_DIR: await newFolder(), ...env });
  const terminal = gather().out;
  const sent = await sendTest({ config, now }, { to: 'anna@example.com', terminal });
  expect(sent.state).toBe('good');
  expect(smtp.mails).toMatchObject([{ recipients: ['anna@example.com'] }]);
  for (const to of ['nobody', '112'])
    expect((await sendTest({ config, now }, { to, terminal })).state, to).toBe('fault');
});

test('each fault is told with its mend, and no secret with it', async () => {
  const [smtp, twilio] = [await playSmtp(), await playTwilio()];
  const gone = await findFreePort();
  const { faults, said } = await examined({
    BASE_URL: 'https://id.invalid',
    DELIVERY: 'live',
    DATABASE_URL: `postgres://sparekey:hunter2@127.0.0.1:${gone}/sparekey`,
    REDIS_URL: `redis://:hunter2@127.0.0.1:${gone}`,
    SMTP_URL: smtp.url.replace('hunter2', 'hunter3'),
    TEXT_GATEWAYS: `twilio+http://AC1:hunter2@${twilio}?from=x smpp://sk:hunter2@127.0.0.1:${gone}?from=x`,
  });
  for (const name of ['TRUST_PROXY', 'Database', 'Redis', 'Mail', 'Gateways'])
    expect(said, said).toMatch(new RegExp(`^FAULT  ${name}: .+\\n {7}\\S.+$`, 'm'));
  expect(faults).toBe(6);
  expect(said).not.toMatch(/hunter\d/);
});

test('an address that is not https is enough for a trial, and a fault in production', async () => {
  expect(await examined({})).toMatchObject({
    faults: 0,
    said: expect.stringContaining('enough for a trial'),
  });
  const { said } = await examined({ NODE_ENV: 'production', BASE_URL: 'http://id.invalid' });
  expect(said).toMatch(/^FAULT {2}BASE_URL: BASE_URL is not https/m);
});

test('a key ring or folder that others can read is a fault', async () => {
  const folder = await newFolder();
  await chmod(join(folder, 'keys', 'ring.json'), 0o640);
  await chmod(folder, 0o755);
  const { said } = await examined({ DATA_DIR: folder });
  expect(said).toContain(`chmod go= ${folder}\n`);
  expect(said).toContain(`chmod go= ${join(folder, 'keys', 'ring.json')}\n`);
});

test('a mail server that cannot encrypt, and a proxy that everybody may be, are faults', async () => {
  const server = await startSmtpServer({ plain: true });
  onTestFinished(() => server.close());
  const { said } = await examined({ SMTP_URL: server.strictUrl, TRUST_PROXY: '0.0.0.0/0' });
  expect(said).toMatch(/^FAULT {2}Mail: .*does not take mail/m);
  expect(said).toMatch(/^FAULT {2}TRUST_PROXY: /m);
});

test('every check has a name of its own', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});
