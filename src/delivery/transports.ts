import type { Writable } from 'node:stream';
import type { Config } from '../config.ts';
import type { Time } from '../store/schema.ts';
import type { Transport, Transports } from './delivery.ts';
import { makeFolderTransport } from './folder.ts';
import { makeSmtpTransport } from './smtp.ts';
import { makeTerminalTransport } from './terminal.ts';

/** Makes the transports the configuration asks for: mail by SMTP where there is a server, the rest shown or filed, if anything. */
export function makeTransports(
  { delivery, smtpUrl, mailFrom }: Pick<Config, 'delivery' | 'smtpUrl' | 'mailFrom'>,
  { now, terminal }: { now(): Time; terminal: Writable },
): Transports {
  const local = makeLocal(delivery, { now, terminal });
  const transports: Transports = local ? { text: local, call: local, mail: local } : {};
  if (smtpUrl !== undefined) transports.mail = makeSmtpTransport({ url: smtpUrl, from: mailFrom, now });
  return transports;
}

/** Closes every transport, each once. */
export async function closeTransports(transports: Transports): Promise<void> {
  await Promise.all([...new Set(Object.values(transports))].map((transport) => transport.close()));
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
