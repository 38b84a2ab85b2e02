import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';

const baseUrl = 'https://id.example.org';
const token = 'twilio-token';
const secret = Buffer.from('a secret of twenty-four!').toString('base64');
let house: TestHouse;
let stop: () => Promise<void>;
let count = 0;

beforeAll(async () => {
  const env = {
    BASE_URL: baseUrl,
    TEXT_GATEWAYS: `twilio+http://AC1:${token}@127.0.0.1:1?from=%2B31970000000`,
    CALL_GATEWAYS: `http://127.0.0.1:1/call?secret=whsec_${secret}`,
  };
  ({ house, stop } = await startTestHouse({ env }));
});
afterAll(() => stop());

/** Puts a message that was sent into the queue and gives its id. */
async function sentMessage(at = house.clock.now): Promise<string> {
  count += 1;
  const id = `message-${count}`;
  const row = { channel: 'text', kind: 'code', created_at: at, due_at: at, attempts: 1, state: 'sent' };
  await house.deps.db
    .insertInto('messages')
    .values({ id, ...row, finished_at: at })
    .execute();
  return id;
}

async function reportOf(id: string) {
  const columns = ['report', 'report_reason'] as const;
  return house.deps.db.selectFrom('messages').select(columns).where('id', '=', id).executeTakeFirst();
}

async function post(target: string, { headers = {}, body = '', method = 'POST' } = {}) {
  const sent = method === 'GET' ? {} : { body };
  const answer = await fetch(`${house.url}${target}`, { method, headers, redirect: 'manual', ...sent });
  return { status: answer.status, text: await answer.text() };
}

/** A status callback as Twilio signs it. */
function twilio(target: string, fields: Record<string, string>, key = token) {
  const names = Object.keys(fields).toSorted();
  const signed = `${baseUrl}${target}${names.map((name) => `${name}${fields[name]}`).join('')}`;
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Twilio-Signature': createHmac('sha1', key).update(signed).digest('base64'),
  };
  return post(target, { headers, body: new URLSearchParams(fields).toString() });
}

/** A report as Standard Webhooks signs it; `late` in seconds. */
function webhook(content: unknown, { late = 0, key = secret } = {}) {
  const body = JSON.stringify(content);
  const at = Math.floor(house.clock.now / 1000) - late;
  const signature = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`r1.${at}.${body}`)
    .digest('base64');
  const headers = {
    'webhook-id': 'r1',
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,bm90aGluZw== v1,${signature}`,
  };
  return post('/delivery-reports/webhook', { headers, body });
}

const twilioPath = (id: string) => `/delivery-reports/twilio?message=${id}`;

test('a signed status callback is kept with its message, and the first one stands', async () => {
  const id = await sentMessage();
  expect(await twilio(twilioPath(id), { MessageSid: 'SM1', MessageStatus: 'sent' })).toMatchObject({
    status: 204,
  });
  expect(await reportOf(id)).toMatchObject({ report: null });
  const failed = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003', To: '+31612345678' };
  expect(await twilio(twilioPath(id), failed)).toMatchObject({ status: 204 });
  expect(await reportOf(id)).toEqual({ report: 'undelivered', report_reason: 'Twilio undelivered 30003' });
  for (const again of [failed, { MessageStatus: 'delivered' }])
    expect(await twilio(twilioPath(id), again)).toEqual({ status: 204, text: '' });
  expect(await reportOf(id)).toMatchObject({ report: 'undelivered' });
  const called = await sentMessage();
  await twilio(twilioPath(called), { CallSid: 'CA1', CallStatus: 'completed' });
  expect(await reportOf(called)).toEqual({ report: 'delivered', report_reason: null });
});

test('a report signed by Standard Webhooks is kept, a replay or an old one is refused', async () => {
  const id = await sentMessage();
  const refused = { type: 'message.undelivered', data: { messageId: id, reason: 'unreachable' } };
  expect(await webhook(refused, { late: 301 })).toEqual({ status: 403, text: '' });
  expect(await webhook(refused, { late: -301 })).toMatchObject({ status: 403 });
  expect(await reportOf(id)).toMatchObject({ report: null });
  expect(await webhook(refused)).toEqual({ status: 204, text: '' });
  expect(await webhook({ type: 'message.delivered', data: { messageId: id } })).toMatchObject({
    status: 204,
  });
  expect(await reportOf(id)).toEqual({ report: 'undelivered', report_reason: 'webhook unreachable' });
});

test('what nobody signed is refused without a word and changes nothing', async () => {
  const id = await sentMessage();
  const delivered = { MessageStatus: 'delivered' };
  const content = { type: 'message.delivered', data: { messageId: id } };
  const answers = [
    await post(twilioPath(id), { body: 'MessageStatus=delivered' }),
    await twilio(twilioPath(id), delivered, 'another token'),
    await twilio(twilioPath(id), delivered, ''),
    await webhook(content, { key: Buffer.from('another').toString('base64') }),
    await webhook(content, { key: '' }),
    await post('/delivery-reports/webhook', { body: JSON.stringify(content) }),
  ];
  for (const answer of answers) expect(answer).toEqual({ status: 403, text: '' });
  expect(await reportOf(id)).toMatchObject({ report: null });
});

test('a signature holds for its own address and fields only', async () => {
  const [id, other] = [await sentMessage(), await sentMessage()];
  const fields = { MessageStatus: 'delivered' };
  const signed = `${baseUrl}${twilioPath(id)}MessageStatusdelivered`;
  const headers = { 'X-Twilio-Signature': createHmac('sha1', token).update(signed).digest('base64') };
  const body = new URLSearchParams(fields).toString();
  for (const [target, given] of [
    [twilioPath(other), body],
    [twilioPath(id), `${body}&MessageStatus=delivered`],
    [twilioPath(id), `${body}&ErrorCode=1`],
  ] as const)
    expect(await post(target, { headers, body: given }), given).toMatchObject({ status: 403 });
  expect(await post(twilioPath(id), { headers, body })).toMatchObject({ status: 204 });
  expect(await reportOf(other)).toMatchObject({ report: null });
});

test('ids that nobody knows, and messages of long ago, are answered as all others and harm nothing', async () => {
  const old = await sentMessage(house.clock.now - 8 * 86_400_000);
  for (const id of ['nobody', old, '', '" or 1=1 --'])
    expect(await twilio(twilioPath(encodeURIComponent(id)), { MessageStatus: 'delivered' })).toEqual({
      status: 204,
      text: '',
    });
  expect(await webhook({ type: 'message.delivered', data: { messageId: 'nobody' } })).toMatchObject({
    status: 204,
  });
  for (const content of [null, [], { type: 'x' }, { type: 'message.delivered', data: {} }])
    expect(await webhook(content)).toMatchObject({ status: 204 });
  expect(await reportOf(old)).toMatchObject({ report: null });
});

test('S59 the address takes POST of a bounded body only, fetches nothing, and gives nobody a cookie or page', async () => {
  for (const path of [
    '/delivery-reports',
    '/delivery-reports/',
    '/delivery-reports/smpp',
    '/delivery-reports/TWILIO',
  ])
    expect(await post(path), path).toEqual({ status: 404, text: '' });
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect(await post('/delivery-reports/twilio', { method }), method).toEqual({ status: 404, text: '' });
  expect(await post('/delivery-reports/webhook', { body: 'x'.repeat(17_000) })).toEqual({
    status: 413,
    text: '',
  });
  const packed = { 'Content-Encoding': 'gzip' };
  expect((await post('/delivery-reports/webhook', { headers: packed, body: 'x' })).status).toBe(415);
  const answer = await fetch(`${house.url}/delivery-reports/twilio`, { method: 'POST', body: 'x' });
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test('without a gateway of its kind there is no such address', async () => {
  const bare = await startTestHouse();
  const answer = await fetch(`${bare.house.url}/delivery-reports/twilio`, { method: 'POST', body: 'x' });
  await bare.stop();
  expect(answer.status).toBe(404);
});
