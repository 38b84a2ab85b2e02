import type { Time } from '../../store/schema.ts';
import { type Outgoing, SendFailed, type Transport } from '../delivery.ts';
import { post } from './post.ts';
import { priceIn } from './price.ts';
import { keyOfSecret, signatureOf } from './standard-webhooks.ts';

/** A provider's way of saying that the message itself can't be delivered. */
const permanentStatuses = new Set([410, 422]);

/**
 * Texts and calls through any service that takes a signed HTTPS POST (Standard Webhooks 1.0: `webhook-id`,
 * `webhook-timestamp`, `webhook-signature`), from a URL such as `https://sms.example.org/send?secret=whsec_…`. The id is
 * the message's own, so that a retry can be told from a new one. 2xx is taken; 410 and 422 are for good; the rest is tried again.
 */
export function makeWebhookGateway(url: URL, { now }: { now(): Time }): Transport {
  const key = keyOfSecret(url.searchParams.get('secret') ?? '');
  const target = new URL(url);
  target.searchParams.delete('secret');
  return {
    async send(message, { messageId }) {
      const body = JSON.stringify(eventOf(message, now()));
      const at = Math.floor(now() / 1000);
      const signature = signatureOf(key, { id: messageId, at, body });
      const headers = {
        'Content-Type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': String(at),
        'webhook-signature': `v1,${signature}`,
      };
      const { status, json } = await post(target.href, { headers, body });
      if (status >= 200 && status < 300) return { price: priceIn(json) };
      throw new SendFailed(`webhook ${status}`, permanentStatuses.has(status));
    },
    close: async () => {},
  };
}

function eventOf(message: Outgoing, at: Time) {
  if (message.channel === 'mail') throw new SendFailed('this webhook carries no mail', true);
  const { channel, ...data } = message;
  return { type: `${channel}.requested`, timestamp: new Date(at).toISOString(), data };
}
