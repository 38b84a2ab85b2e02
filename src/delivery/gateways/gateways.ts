import type { Time } from '../../store/schema.ts';
import type { Transport } from '../delivery.ts';
import type { Report } from '../reports/report.ts';
import { makeChain } from './chain.ts';
import { makeSmppGateway } from './smpp.ts';
import { makeTwilioGateway } from './twilio.ts';
import { makeWebhookGateway } from './webhook.ts';

/** What gateways need; `reportsUrl` is where they may tell what became of a message, `onReport` keeps what comes back by itself. */
export interface GatewayNeeds {
  now(): Time;
  readonly reportsUrl?: string | undefined;
  onReport?(report: Report): Promise<void>;
}

/** Makes one transport of the gateways at these URLs, asked in this order; undefined when there are none. */
export function makeGateways(urls: readonly string[], needs: GatewayNeeds): Transport | undefined {
  if (urls.length === 0) return undefined;
  return makeChain(
    urls.map((url) => makeGateway(new URL(url), needs)),
    needs,
  );
}

function makeGateway(url: URL, needs: GatewayNeeds): Transport {
  switch (url.protocol) {
    case 'twilio:':
    case 'twilio+http:':
      return makeTwilioGateway(url, needs);
    case 'smpp:':
    case 'smpps:':
      return makeSmppGateway(url, needs);
    default:
      return makeWebhookGateway(url, needs);
  }
}
