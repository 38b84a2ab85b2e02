import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Time } from '../../store/schema.ts';
import { keyOfSecret, signatureOf } from '../gateways/standard-webhooks.ts';
import type { Asked, Read, Reader } from './reader.ts';

/** Standard Webhooks: how far a report's clock may be from ours, in seconds; older ones are replays. */
const tolerance = 300;

const reportSchema = z.object({
  type: z.enum(['message.delivered', 'message.undelivered']),
  data: z.object({
    messageId: z.string().max(100),
    reason: z.enum(['refused', 'unreachable', 'expired', 'failed']).default('failed'),
  }),
});

/** Reads reports signed by Standard Webhooks 1.0 with the same secret as what goes out. */
export function makeWebhookReader(secrets: readonly string[], { now }: { now(): Time }): Reader {
  const keys = secrets.map(keyOfSecret);
  return (asked) => {
    const at = Number(asked.header('webhook-timestamp') ?? Number.NaN);
    const isFresh = Number.isInteger(at) && Math.abs(at - now() / 1000) <= tolerance;
    return isSigned(keys, asked, at) && isFresh ? readBody(asked.body) : { result: 'refused' };
  };
}

function isSigned(keys: readonly Buffer[], { header, body }: Asked, at: number): boolean {
  const id = header('webhook-id') ?? '';
  const given = (header('webhook-signature') ?? '').split(' ').map((one) => Buffer.from(one));
  const right = keys.map((key) => Buffer.from(`v1,${signatureOf(key, { id, at, body })}`));
  return right
    .flatMap((one) => given.map((other) => one.length === other.length && timingSafeEqual(one, other)))
    .includes(true);
}

function readBody(body: string): Read {
  const parsed = reportSchema.safeParse(asJson(body));
  if (!parsed.success) return { result: 'nothing' };
  const { type, data } = parsed.data;
  const about = { messageId: data.messageId };
  return type === 'message.delivered'
    ? { result: 'report', report: { about, result: 'delivered', reason: null } }
    : { result: 'report', report: { about, result: 'undelivered', reason: `webhook ${data.reason}` } };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
