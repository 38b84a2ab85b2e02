import type { Time } from '../../store/schema.ts';
import type { Transport } from '../delivery.ts';
import { makeChain } from './chain.ts';
import { makeSmppGateway } from './smpp.ts';
import { makeTwilioGateway } from './twilio.ts';
import { makeWebhookGateway } from './webhook.ts';

/** Makes one transport of the gateways at these URLs, asked in this order; undefined when there are none. */
export function makeGateways(urls: readonly string[], needs: { now(): Time }): Transport | undefined {
  if (urls.length === 0) return undefined;
  return makeChain(
    urls.map((url) => makeGateway(new URL(url), needs)),
    needs,
  );
}

function makeGateway(url: URL, needs: { now(): Time }): Transport {
  switch (url.protocol) {
    case 'twilio:':
    case 'twilio+http:':
      return makeTwilioGateway(url);
    case 'smpp:':
    case 'smpps:':
      return makeSmppGateway(url);
    default:
      return makeWebhookGateway(url, needs);
  }
}
