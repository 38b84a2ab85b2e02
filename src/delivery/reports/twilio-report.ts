import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Asked, Read, Reader } from './reader.ts';

const results: Readonly<Record<string, 'delivered' | 'undelivered'>> = {
  delivered: 'delivered',
  completed: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  busy: 'undelivered',
  'no-answer': 'undelivered',
  canceled: 'undelivered',
};

/** Reads Twilio's status callbacks: signed over the address that was called and the sorted fields (`X-Twilio-Signature`). */
export function makeTwilioReader(baseUrl: string, tokens: readonly string[]): Reader {
  return (asked) => {
    const fields = fieldsOf(asked.body);
    const signature = Buffer.from(asked.header('x-twilio-signature') ?? '', 'base64');
    if (!fields || !isSigned({ tokens, signature }, `${baseUrl}${asked.target}`, fields))
      return { result: 'refused' };
    return readFields(asked, fields);
  };
}

/** Twilio sends each field once; anything else is not from there. */
function fieldsOf(body: string): ReadonlyMap<string, string> | undefined {
  const pairs = [...new URLSearchParams(body)];
  const fields = new Map(pairs);
  return fields.size === pairs.length ? fields : undefined;
}

function isSigned(
  { tokens, signature }: { tokens: readonly string[]; signature: Buffer },
  url: string,
  fields: ReadonlyMap<string, string>,
): boolean {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  const signed = `${url}${sorted.map(([name, value]) => `${name}${value}`).join('')}`;
  return tokens
    .map((token) => createHmac('sha1', token).update(signed).digest())
    .map((right) => right.length === signature.length && timingSafeEqual(right, signature))
    .includes(true);
}

function readFields({ target }: Asked, fields: ReadonlyMap<string, string>): Read {
  const messageId = new URL(target, 'http://own.invalid').searchParams.get('message');
  const status = fields.get('MessageStatus') ?? fields.get('CallStatus') ?? '';
  const result = Object.hasOwn(results, status) ? results[status] : undefined;
  if (messageId === null || result === undefined) return { result: 'nothing' };
  const fault = /^\d{1,6}$/.exec(fields.get('ErrorCode') ?? '')?.[0];
  const reason = ['Twilio', status, fault].filter(Boolean).join(' ');
  return {
    result: 'report',
    report: { about: { messageId }, result, reason: result === 'delivered' ? null : reason },
  };
}
