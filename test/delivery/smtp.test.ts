import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/delivery/delivery.ts';
import { countMessages } from '../../src/delivery/queue.ts';
import { type Dkim, isSafeAddress, makeSmtpTransport } from '../../src/delivery/smtp.ts';
import { readSmtpUrl } from '../../src/delivery/smtp-settings.ts';
import { makeDkimKey, readDkim, relaxBody } from '../helpers/dkim.ts';
import { type SmtpHelper, startSmtpServer } from '../helpers/smtp-server.ts';
import { makeHouse, start } from './house.ts';

const from = 'sparekey@example.org';
const now = () => start;
const about = { messageId: 'm1' };
const mail = {
  channel: 'mail',
  to: 'anna@example.com',
  toName: null,
  fromName: 'Voorbeeld BV',
  subject: 'Uw code voor Zoë',
  text: 'Uw code\n\n482 913\n',
  html: '<!doctype html><html lang="nl"><h1>Uw code</h1><p>482 913</p></html>',
} as const satisfies Outgoing;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(options: Parameters<typeof startSmtpServer>[0] = {}) {
  const server = await startSmtpServer(options);
  closing.push(() => server.close());
  return server;
}

function connect(
  server: Pick<SmtpHelper, 'url' | 'strictUrl'>,
  { strict = false, ...more }: { strict?: boolean; ca?: string; dkim?: Dkim; patience?: number } = {},
) {
  const transport = makeSmtpTransport({ url: strict ? server.strictUrl : server.url, from, now, ...more });
  closing.push(() => transport.close());
  return transport;
}

describe('mail by SMTP', () => {
  test('arrives encrypted, with both parts, and marked as sent by a machine', async () => {
    const server = await serve();
    await connect(server).send(mail, about);
    const [arrived] = server.mails;
    expect(arrived).toMatchObject({ recipients: ['anna@example.com'], encrypted: true });
    expect(arrived?.mail.subject).toBe('Uw code voor Zoë');
    expect(arrived?.mail.text?.trim()).toBe(mail.text.trim());
    expect(arrived?.mail.html).toContain('<h1>Uw code</h1>');
    expect(arrived?.mail.from?.value).toEqual([{ name: 'Voorbeeld BV', address: from }]);
    expect(arrived?.mail.date?.getTime()).toBe(start);
    expect(arrived?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(arrived?.mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(arrived?.mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
  });

  test('signs in with the credentials of its URL over STARTTLS whose certificate is vouched for', async () => {
    const server = await serve({ auth: { user: 'spare@key', pass: 'p@ss/wörd' } });
    await connect(server, { strict: true, ca: server.ca }).send(mail, about);
    expect(server.mails).toMatchObject([{ encrypted: true, user: 'spare@key' }]);
  });

  test('goes over TLS from the first byte with smtps', async () => {
    const server = await serve({ implicit: true, auth: { user: 'sparekey', pass: 'secret' } });
    await connect(server, { ca: server.ca }).send(mail, about);
    expect(server.mails).toMatchObject([{ encrypted: true, user: 'sparekey' }]);
  });

  test('does not go to a server whose certificate nobody vouches for, where TLS is required', async () => {
    for (const options of [{}, { implicit: true }]) {
      const server = await serve(options);
      await expect(connect(server, { strict: true }).send(mail, about)).rejects.toMatchObject({
        permanent: false,
      });
      expect(server.mails).toEqual([]);
    }
  });

  test('does not go unencrypted where TLS is required, but does to this machine where the URL says so', async () => {
    const server = await serve({ plain: true });
    await expect(connect(server, { strict: true }).send(mail, about)).rejects.toMatchObject({
      permanent: false,
    });
    await connect(server).send(mail, about);
    expect(server.mails).toMatchObject([{ encrypted: false }]);
  });

  test.each([
    ['recipient', 450, false],
    ['recipient', 550, true],
    ['mail', 451, false],
    ['mail', 554, true],
  ] as const)('a %s refused with %i is refused for good: %s', async (at, code, permanent) => {
    const server = await serve();
    server.refuseWith({ at, code });
    const failure = await connect(server)
      .send(mail, about)
      .catch((error: unknown) => error);
    const command = at === 'recipient' ? 'RCPT TO' : 'DATA';
    expect(failure).toMatchObject({ name: 'SendFailed', permanent, message: `SMTP ${command} ${code}` });
    expect(String(failure)).not.toMatch(/example|482/);
  });

  test('wrong credentials and a server that is not there are refusals for now', async () => {
    const server = await serve({ auth: { user: 'sparekey', pass: 'secret' } });
    const wrong = makeSmtpTransport({ url: server.url.replace('secret', 'wrong'), from, now });
    await expect(wrong.send(mail, about)).rejects.toMatchObject({
      permanent: false,
      message: 'SMTP AUTH PLAIN 535',
    });
    await wrong.close();
    await server.close();
    await expect(connect(server).send(mail, about)).rejects.toMatchObject({
      permanent: false,
      name: 'SendFailed',
    });
  });

  test.each(['silent', 'dripping'])(
    'a server that is %s is a refusal for now, within a bounded time',
    async (how) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        if (how === 'silent') return;
        // A greeting that goes on and on: each line keeps the connection from being idle.
        const drip = setInterval(() => socket.write('220-wait\r\n'), 50);
        socket.once('close', () => clearInterval(drip));
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      closing.push(async () => void server.close());
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const url = `smtp://127.0.0.1:${port}?tls=optional`;
      const transport = connect({ url, strictUrl: url }, { patience: 200 });
      await expect(transport.send(mail, about)).rejects.toMatchObject({
        permanent: false,
        name: 'SendFailed',
      });
    },
  );

  test('is signed by DKIM so that the public key vouches for its headers and its body', async () => {
    const server = await serve();
    const { key, publicKey } = makeDkimKey();
    await connect(server, { dkim: { domain: 'example.org', selector: 'sk', key } }).send(mail, about);
    const raw = server.mails[0]?.raw ?? '';
    const signature = readDkim(raw, publicKey);
    expect(signature).toMatchObject({ domain: 'example.org', selector: 'sk', holds: true });
    expect(signature.bodyHash).toBe(createHash('sha256').update(relaxBody(raw)).digest('base64'));
    for (const name of ['from', 'to', 'subject', 'date']) expect(signature.signed).toContain(name);
    expect(readDkim(raw.replace(/^Subject: /m, 'Subject: x'), publicKey).holds).toBe(false);
    expect(readDkim(raw, makeDkimKey().publicKey).holds).toBe(false);
  });

  test('an international address arrives as it was typed', async () => {
    const server = await serve();
    await connect(server).send({ ...mail, to: 'zoë@exämple.org' }, about);
    expect(server.mails[0]?.recipients[0]).toMatch(/^zoë@(exämple|xn--exmple-cua)\.org$/);
  });
});

describe('the queue with a real mail server', () => {
  test('a mail refused with 4xx is sent at the next try, its code out of the subject', async () => {
    const house = await makeHouse();
    closing.push(() => house.close());
    const server = await serve();
    const code = await house.requestCode('c1', 'mail', 'en');
    const worker = house.makeWorker({ mail: connect(server) });
    server.refuseWith({ at: 'recipient', code: 451 });
    await worker.drain();
    expect(await house.readMessages()).toMatchObject([{ state: 'waiting', failure: 'SMTP RCPT TO 451' }]);
    server.refuseWith(null);
    house.clock.time += 5_000;
    await worker.drain();
    await worker.stop();
    const [arrived] = server.mails;
    const grouped = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(arrived?.mail.text).toContain(grouped);
    expect(arrived?.mail.html).toContain(grouped);
    expect(arrived?.mail.subject).toBe('Your code for Voorbeeld BV');
    expect(await countMessages(house.db)).toEqual({ sent: 1 });
  });

  test('S04 a mail refused with 5xx is given up, and its code with it', async () => {
    const house = await makeHouse();
    closing.push(() => house.close());
    const server = await serve();
    await house.requestCode('c1', 'mail');
    server.refuseWith({ at: 'recipient', code: 550 });
    const worker = house.makeWorker({ mail: connect(server) });
    await worker.drain();
    await worker.stop();
    expect(await house.readChallenge('c1')).toMatchObject({ sent_at: null, ended_as: 'given-up' });
    expect(house.givenUp).toMatchObject([{ reason: 'SMTP RCPT TO 550' }]);
    expect(house.logged.join('')).not.toMatch(/example|482913/);
  });

  test('a server that is dead delays its mails and loses none', async () => {
    const house = await makeHouse();
    closing.push(() => house.close());
    const first = await serve();
    const worker = house.makeWorker({ mail: connect(first) });
    await first.close();
    for (const id of ['c1', 'c2', 'c3']) await house.requestCode(id, 'mail');
    await worker.drain();
    expect(await countMessages(house.db)).toEqual({ waiting: 3 });
    const second = await serve({ port: first.port });
    house.clock.time += 5_000;
    await worker.drain();
    await worker.stop();
    expect(second.mails).toHaveLength(3);
    expect(await countMessages(house.db)).toEqual({ sent: 3 });
  });

  test('a slow server holds nobody up but its own mail', async () => {
    const house = await makeHouse();
    closing.push(() => house.close());
    const server = await serve();
    const release = server.hold();
    await house.requestCode('c1', 'mail');
    await house.requestCode('c2', 'text');
    const send = async () => {
      release();
      return {};
    };
    const text = { send, close: async () => {} };
    const worker = house.makeWorker({ mail: connect(server), text });
    await worker.drain();
    await worker.stop();
    expect(await countMessages(house.db)).toEqual({ sent: 2 });
  });
});

describe('S47', () => {
  test.each([
    'anna@example.com\r\nBcc: eve@example.com',
    'anna@example.com\nRCPT TO:<eve@example.com>',
    'anna@example.com,eve@example.com',
    'anna@example.com;eve@example.com',
    'anna@example.com, eve@example.com',
    'anna@example.com eve@example.com',
    '<eve@example.com>',
    'Anna <anna@example.com>',
    'anna@example.com> <eve@example.com',
    '"eve@example.com,"@example.com',
    '"anna\r\nBcc: eve"@example.com',
    'anna@example.com@example.org',
    'group:anna@example.com;',
    'anna(eve@example.com)@example.com',
    'anna@example.com\u0000',
    'anna@example.com\u2028Bcc: eve@example.com',
    'anna\u200b@example.com',
    '@example.com',
    'anna',
    '',
  ])('the address %j goes nowhere', async (to) => {
    expect(isSafeAddress(to)).toBe(false);
    const transport = makeSmtpTransport({ url: 'smtp://127.0.0.1:1', from, now });
    await expect(transport.send({ ...mail, to }, about)).rejects.toMatchObject({ permanent: true });
    await transport.close();
  });

  test('names and subjects with line ends, commas and headers add no header and no recipient', async () => {
    const server = await serve();
    const transport = connect(server);
    const corpus = [
      'Anna\r\nBcc: eve@example.com',
      'Anna%0d%0aBcc: eve@example.com',
      'Anna, eve@example.com',
      'Anna" <eve@example.com>, "',
      'Anna\u2028Bcc: eve@example.com',
      '=?utf-8?q?Anna=0D=0ABcc:_eve@example.com?=',
      'Anna\u0000',
    ];
    for (const value of corpus)
      await transport.send({ ...mail, toName: value, fromName: value, subject: value }, about);
    await transport.send({ ...mail, to: 'anna%0abcc=eve@example.com' }, about);
    expect(server.mails).toHaveLength(corpus.length + 1);
    for (const { mail: arrived, recipients } of server.mails) {
      expect(recipients).toHaveLength(1);
      expect(recipients[0]).toMatch(/^anna(%0abcc=eve)?@example\.com$/);
      expect(arrived.headers.has('bcc')).toBe(false);
      expect(arrived.cc).toBeUndefined();
      expect(arrived.from?.value.map(({ address }) => address)).toEqual([from]);
      expect([arrived.to].flat().flatMap((to) => to?.value ?? [])).toHaveLength(1);
    }
  });
});

test('an SMTP URL says where, how encrypted, and as whom', () => {
  expect(readSmtpUrl('smtps://us%40er:p%3Ass@mail.example.org')).toEqual({
    host: 'mail.example.org',
    port: 465,
    implicit: true,
    required: true,
    auth: { user: 'us@er', pass: 'p:ss' },
  });
  expect(readSmtpUrl('smtp://mail.example.org')).toMatchObject({
    port: 587,
    implicit: false,
    required: true,
    auth: null,
  });
  expect(readSmtpUrl('smtp://127.0.0.1:25?tls=optional')).toMatchObject({ port: 25, required: false });
  expect(readSmtpUrl('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525, required: true });
});
