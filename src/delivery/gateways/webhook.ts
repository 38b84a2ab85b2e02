import { createHmac } from 'node:crypto';
import type { Time } from '../../store/schema.ts';
import { type Outgoing, SendFailed, type Transport } from '../delivery.ts';
import { post } from './post.ts';

/** A provider's way of saying that the message itself can't be delivered. */
const permanentStatuses = new Set([410, 422]);

/**
 * Texts and calls through any service that takes a signed HTTPS POST (Standard Webhooks 1.0: `webhook-id`,
 * `webhook-timestamp`, `webhook-signature`), from a URL such as `https://sms.example.org/send?secret=whsec_…`. The id is
 * the message's own, so that a retry can be told from a new one. 2xx is taken; 410 and 422 are for good; the rest is tried again.
 */
export function makeWebhookGateway(url: URL, { now }: { now(): Time }): Transport {
  const key = keyOf(url.searchParams.get('secret') ?? '');
  const target = new URL(url);
  target.searchParams.delete('secret');
  return {
    async send(message, { messageId }) {
      const body = JSON.stringify(eventOf(message, now()));
      const at = Math.floor(now() / 1000);
      const signature = createHmac('sha256', key).update(`${messageId}.${at}.${body}`).digest('base64');
      const headers = {
        'Content-Type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': String(at),
        'webhook-signature': `v1,${signature}`,
      };
      const { status } = await post(target.href, { headers, body });
      if (status >= 200 && status < 300) return;
      throw new SendFailed(`webhook ${status}`, permanentStatuses.has(status));
    },
    close: async () => {},
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

function eventOf(message: Outgoing, at: Time) {
  if (message.channel === 'mail') throw new SendFailed('this webhook carries no mail', true);
  const { channel, ...data } = message;
  return { type: `${channel}.requested`, timestamp: new Date(at).toISOString(), data };
}
