import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSmpp, type Pdu, type Session } from 'smpp';
import { expect, onTestFinished, test } from 'vitest';
import type { Outgoing } from '../../src/delivery/delivery.ts';
import { makeGateways } from '../../src/delivery/gateways/gateways.ts';
import type { Report } from '../../src/delivery/reports/report.ts';

const text: Outgoing = { channel: 'text', to: '+31612345678', body: '482 913 is uw code.' };
const call: Outgoing = {
  channel: 'call',
  to: '+31201234567',
  extension: '204',
  language: 'nl',
  body: 'Uw code is: 4, 8. <ik> & u',
};
const about = { messageId: 'm1' };
const secret = Buffer.from('a secret of twenty-four!').toString('base64');
const clock = { now: Date.UTC(2026, 10, 22, 19, 30) };
const now = () => clock.now;

interface Asked {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A gateway that speaks HTTP on loopback and answers as the test says. */
async function playGateway(answer: (res: ServerResponse, asked: Asked) => void) {
  const asked: Asked[] = [];
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += String(chunk);
    const one = { url: req.url ?? '', headers: req.headers, body };
    asked.push(one);
    answer(res, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { at: `127.0.0.1:${address.port}`, asked };
}

function say(status: number, body: unknown = {}) {
  return (res: ServerResponse) => {
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

function open(...urls: string[]) {
  const transport = makeGateways(urls, { now });
  if (!transport) throw new Error('no gateway');
  onTestFinished(() => transport.close());
  return transport;
}

const twilioAt = (at: string) => `twilio+http://AC1:to%2Fken@${at}?from=%2B31970000000`;
const webhookAt = (at: string) => `http://${at}/send?secret=whsec_${secret}&tenant=7`;

test('a text goes through Twilio’s API, with our number and credentials', async () => {
  const gateway = await playGateway(say(201, { sid: 'SM1' }));
  await open(twilioAt(gateway.at)).send(text, about);
  const [asked] = gateway.asked;
  expect(asked?.url).toBe('/2010-04-01/Accounts/AC1/Messages.json');
  expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:to/ken').toString('base64')}`);
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    To: '+31612345678',
    From: '+31970000000',
    Body: '482 913 is uw code.',
  });
});

test('a call speaks the person’s language, dials the extension, and its words stay words (S48)', async () => {
  const gateway = await playGateway(say(201, { sid: 'CA1' }));
  await open(twilioAt(gateway.at)).send(call, about);
  const fields = new URLSearchParams(gateway.asked[0]?.body);
  expect(gateway.asked[0]?.url).toBe('/2010-04-01/Accounts/AC1/Calls.json');
  expect(fields.get('SendDigits')).toBe('wwww204');
  expect(fields.get('Twiml')).toBe(
    '<Response><Pause length="1"/><Say language="nl-NL">Uw code is: 4, 8. &lt;ik&gt; &amp; u</Say></Response>',
  );
});

test('a number that Twilio cannot reach is for good; a busy or wrongly configured Twilio is not', async () => {
  const answers = [say(400, { code: 21211 }), say(400, { code: 20001 }), say(401, { code: 20003 }), say(429)];
  const gateway = await playGateway((res) => answers.shift()?.(res));
  const permanents = [true, false, false, false];
  for (const permanent of permanents)
    await expect(open(twilioAt(gateway.at)).send(text, about)).rejects.toMatchObject({ permanent });
});

test('a webhook is signed, and carries the same id at every try', async () => {
  const gateway = await playGateway(say(204));
  const transport = open(webhookAt(gateway.at));
  await transport.send(call, about);
  await transport.send(call, about);
  const [first, again] = gateway.asked;
  expect(first?.url).toBe('/send?tenant=7');
  expect([first?.headers['webhook-id'], again?.headers['webhook-id']]).toEqual(['m1', 'm1']);
  const signed = `m1.${first?.headers['webhook-timestamp']}.${first?.body}`;
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
  expect(first?.headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    type: 'call.requested',
    data: { to: '+31201234567', extension: '204', language: 'nl' },
  });
});

test('S59 a redirect is not followed, and no failure repeats a number, a code or a secret', async () => {
  const elsewhere = await playGateway(say(200));
  const gateway = await playGateway((res) => {
    res.writeHead(307, { Location: `http://${elsewhere.at}/` }).end();
  });
  const failure = await open(webhookAt(gateway.at))
    .send(text, about)
    .catch((error: unknown) => error);
  expect(elsewhere.asked).toEqual([]);
  expect(failure).toMatchObject({ permanent: false });
  expect(String(failure)).not.toMatch(/482|612345678|whsec|127\.0/);
});

test('half an answer and an answer that is no JSON count by their status', async () => {
  const half = await playGateway((res) => {
    res.writeHead(200, { 'Content-Length': '100' }).write('{"sid"', () => res.destroy());
  });
  await expect(open(twilioAt(half.at)).send(text, about)).rejects.toMatchObject({ permanent: false });
  const odd = await playGateway((res) => res.writeHead(400).end('<html>no</html>'));
  await expect(open(twilioAt(odd.at)).send(text, about)).rejects.toMatchObject({
    permanent: false,
    message: 'Twilio 400',
  });
});

test('when the first gateway fails the second is asked, and after three failures the first rests for 30 s', async () => {
  const broken = await playGateway(say(500));
  const sound = await playGateway(say(200));
  const transport = open(webhookAt(broken.at), webhookAt(sound.at));
  for (let count = 0; count < 5; count += 1) await transport.send(text, about);
  expect([broken.asked.length, sound.asked.length]).toEqual([3, 5]);
  clock.now += 30_000;
  await transport.send(text, about);
  await transport.send(text, about);
  expect([broken.asked.length, sound.asked.length]).toEqual([4, 7]);
});

test('a message that is at fault itself is not tried at the next gateway', async () => {
  const strict = await playGateway(say(422));
  const other = await playGateway(say(200));
  const sending = open(webhookAt(strict.at), webhookAt(other.at)).send(text, about);
  await expect(sending).rejects.toMatchObject({ permanent: true });
  expect(other.asked).toEqual([]);
});

test('when every gateway rests the first is asked all the same', async () => {
  const broken = await playGateway(say(503));
  const transport = open(webhookAt(broken.at));
  for (let count = 0; count < 5; count += 1)
    await expect(transport.send(text, about)).rejects.toMatchObject({ permanent: false });
  expect(broken.asked).toHaveLength(5);
});

/** An operator's SMSC on loopback. */
async function playSmsc(password = 'pass') {
  const texts: Pdu[] = [];
  const sessions = new Set<Session>();
  const statuses: number[] = [];
  const server = createSmpp((session) => {
    sessions.add(session);
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: Pdu) => {
      session.send(pdu.response({ command_status: pdu.password === password ? 0 : 14 }));
    });
    session.on('submit_sm', (pdu: Pdu) => {
      texts.push(pdu);
      const message_id = String(texts.length);
      session.send(pdu.response({ command_status: statuses.shift() ?? 0, message_id }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = () => {
    for (const session of sessions) session.destroy();
    sessions.clear();
  };
  onTestFinished(() => {
    hangUp();
    server.close(() => {});
  });
  return {
    url: `smpp://sk:pass@127.0.0.1:${server.address().port}?from=Sparekey`,
    texts,
    statuses,
    sessions,
    hangUp,
  };
}

test('a text goes over SMPP from a name, over one session', async () => {
  const smsc = await playSmsc();
  const transport = open(smsc.url);
  await Promise.all([transport.send(text, about), transport.send(text, { messageId: 'm2' })]);
  expect(smsc.sessions.size).toBe(1);
  expect(smsc.texts[0]).toMatchObject({
    source_addr: 'Sparekey',
    source_addr_ton: 5,
    destination_addr: '31612345678',
    data_coding: 0,
    short_message: { message: '482 913 is uw code.' },
  });
});

test('letters beyond GSM go as UCS-2, and what is too long for one message as a payload', async () => {
  const smsc = await playSmsc();
  const transport = open(smsc.url);
  await transport.send({ ...text, body: 'Привет 482 913' }, about);
  await transport.send({ ...text, body: 'x'.repeat(200) }, about);
  expect(smsc.texts[0]).toMatchObject({ data_coding: 8, short_message: { message: 'Привет 482 913' } });
  expect(smsc.texts[1]).toMatchObject({ message_payload: { message: 'x'.repeat(200) } });
});

test('a refusal by the SMSC is for good only when the message is at fault', async () => {
  const smsc = await playSmsc();
  const transport = open(smsc.url);
  smsc.statuses.push(0x0b, 0x58);
  await expect(transport.send(text, about)).rejects.toMatchObject({ permanent: true });
  await expect(transport.send(text, about)).rejects.toMatchObject({ permanent: false });
});

test('a session that broke is opened anew, and a wrong password is a failure for now', async () => {
  const smsc = await playSmsc();
  const transport = open(smsc.url);
  await transport.send(text, about);
  smsc.hangUp();
  await transport.send(text, about).catch(() => transport.send(text, about));
  expect(smsc.texts).toHaveLength(2);
  const closed = await playSmsc('another');
  await expect(open(closed.url).send(text, about)).rejects.toMatchObject({
    permanent: false,
    message: 'SMPP bind 14',
  });
});

test('an SMSC’s receipts are kept under our own id, whatever comes twice or is no receipt', async () => {
  const smsc = await playSmsc();
  const reports: Report[] = [];
  const transport = makeGateways([smsc.url], { now, onReport: async (report) => void reports.push(report) });
  onTestFinished(() => transport?.close());
  expect(await transport?.send(text, about)).toEqual({ remoteId: '1' });
  expect(smsc.texts[0]).toMatchObject({ registered_delivery: 1 });
  const [session] = smsc.sessions;
  const deliver = (fields: Record<string, unknown>) =>
    new Promise<number>((resolve) =>
      session?.deliver_sm({ source_addr: '1', destination_addr: '2', ...fields }, (pdu) =>
        resolve(pdu.command_status),
      ),
    );
  const receiptText = (id: string, stat: string) =>
    `id:${id} sub:001 dlvrd:001 stat:${stat} err:000 text:482913`;
  expect(await deliver({ esm_class: 0, short_message: 'hello' })).toBe(0);
  expect(await deliver({ esm_class: 4, short_message: receiptText('1', 'ACCEPTD') })).toBe(0);
  expect(reports).toEqual([]);
  await deliver({ esm_class: 4, short_message: receiptText('1', 'DELIVRD') });
  await deliver({ esm_class: 4, short_message: receiptText('99', 'UNDELIV') });
  expect(reports).toEqual([
    { about: { messageId: 'm1' }, result: 'delivered', reason: null },
    { about: { remoteId: '99' }, result: 'undelivered', reason: 'SMPP receipt UNDELIV' },
  ]);
});

test('a gateway that can reach us is told where to report, and its price is taken', async () => {
  const gateway = await playGateway(say(201, { sid: 'SM1', price: '-0.07500', price_unit: 'EUR' }));
  const reportsUrl = 'https://id.example.org/delivery-reports';
  const transport = makeGateways([twilioAt(gateway.at)], { now, reportsUrl });
  const taken = await transport?.send(text, about);
  expect(new URLSearchParams(gateway.asked[0]?.body).get('StatusCallback')).toBe(
    'https://id.example.org/delivery-reports/twilio?message=m1',
  );
  expect(taken).toEqual({ price: { currency: 'EUR', amount: 75_000 } });
});

test('an SMSC that is not there is a failure for now', async () => {
  await expect(open('smpp://sk:pass@127.0.0.1:1').send(text, about)).rejects.toMatchObject({
    permanent: false,
  });
});
