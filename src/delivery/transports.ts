import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Config } from '../config/config.ts';
import type { Time } from '../store/schema.ts';
import type { Transport, Transports } from './delivery.ts';
import { makeFolderTransport } from './folder.ts';
import { type GatewayNeeds, makeGateways } from './gateways/gateways.ts';
import { type Dkim, makeSmtpTransport } from './smtp.ts';
import { makeTerminalTransport } from './terminal.ts';

/** What of the configuration says how messages go out. */
export type Ways = Pick<
  Config,
  'delivery' | 'smtpUrl' | 'mailFrom' | 'dkim' | 'textGateways' | 'callGateways'
>;

/** Makes the transports the configuration asks for: by SMTP and gateways where there are any, the rest shown or filed, if anything. */
export function makeTransports(
  { delivery, smtpUrl, mailFrom, dkim, textGateways, callGateways }: Ways,
  { now, terminal, ...reporting }: GatewayNeeds & { terminal: Writable },
): Transports {
  const local = makeLocal(delivery, { now, terminal });
  const transports: Transports = local ? { text: local, call: local, mail: local } : {};
  if (smtpUrl !== undefined)
    transports.mail = makeSmtpTransport({ url: smtpUrl, from: mailFrom, now, dkim: readDkim(dkim) });
  const [text, call] = [textGateways, callGateways].map((urls) => makeGateways(urls, { now, ...reporting }));
  if (text) transports.text = text;
  if (call) transports.call = call;
  return transports;
}

/** Closes every transport, each once. */
export async function closeTransports(transports: Transports): Promise<void> {
  await Promise.all([...new Set(Object.values(transports))].map((transport) => transport.close()));
}

function readDkim(dkim: Config['dkim']): Dkim | undefined {
  if (!dkim) return undefined;
  const { domain, selector, keyFile } = dkim;
  return { domain, selector, key: readFileSync(keyFile, 'utf8') };
}

function makeLocal(
  delivery: Config['delivery'],
  { now, terminal }: { now(): Time; terminal: Writable },
): Transport | undefined {
  switch (delivery.kind) {
    case 'terminal':
      return makeTerminalTransport(terminal);
    case 'folder':
      return makeFolderTransport({ folder: delivery.path, now });
    case 'live':
      return undefined;
  }
}
