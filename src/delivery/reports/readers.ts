import type { Config } from '../../config/config.ts';
import type { Time } from '../../store/schema.ts';
import type { Reader } from './reader.ts';
import { makeTwilioReader } from './twilio-report.ts';
import { makeWebhookReader } from './webhook-report.ts';

/** Where reports come in, below the base URL; the name of the kind of gateway follows. */
export const reportsPath = '/delivery-reports';

/** The readers of the gateways that are configured, by the name under which their reports come in. */
export function makeReaders(
  { baseUrl, textGateways, callGateways }: Pick<Config, 'baseUrl' | 'textGateways' | 'callGateways'>,
  needs: { now(): Time },
): ReadonlyMap<string, Reader> {
  const urls = [...textGateways, ...callGateways].map((url) => new URL(url));
  const tokens = urls.filter(({ protocol }) => protocol.startsWith('twilio')).map(({ password }) => password);
  const secrets = urls
    .filter(({ protocol }) => /^https?:$/.test(protocol))
    .flatMap(({ searchParams }) => searchParams.get('secret') ?? []);
  const readers = new Map<string, Reader>();
  if (tokens.length > 0)
    readers.set('twilio', makeTwilioReader(baseUrl, unique(tokens.map(decodeURIComponent))));
  if (secrets.length > 0) readers.set('webhook', makeWebhookReader(unique(secrets), needs));
  return readers;
}

/** An empty secret vouches for nothing. */
function unique(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].filter((secret) => secret !== '');
}
