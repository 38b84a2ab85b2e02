import type { Writable } from 'node:stream';
import type { Outgoing } from '../../delivery/delivery.ts';
import { SendFailed } from '../../delivery/delivery.ts';
import { renderMail } from '../../delivery/mail.ts';
import { closeTransports, makeTransports } from '../../delivery/transports.ts';
import { readPhone } from '../../methods/phone-number.ts';
import { newId } from '../../secrets/random.ts';
import { type Examined, type Finding, fault, good } from './check.ts';

const words = 'This is a test of Sparekey. If you read it, sending works.';

/** Sends a test to an address (by mail) or a number (by text) by the very way that codes go. */
export async function sendTest(
  { config, now }: Examined,
  { to, terminal }: { to: string; terminal: Writable },
): Promise<Finding> {
  const message = messageTo(to);
  if (!message)
    return fault('--send-to names no address or number.', 'Give name@example.org, or +31612345678.');
  const transports = makeTransports(config, { now, terminal });
  const way = message.channel === 'mail' ? transports.mail : transports.text;
  try {
    if (!way) return fault(`Nothing carries a ${message.channel} here.`, 'Set SMTP_URL or TEXT_GATEWAYS.');
    await way.send(message, { messageId: newId() });
    return good(`A test ${message.channel} was handed over: see that it arrives.`);
  } catch (error) {
    const why = error instanceof SendFailed ? error.message : 'unknown failure';
    return fault(
      `The test ${message.channel} was not taken: ${why}.`,
      'Mend what is named above, and try again.',
    );
  } finally {
    await closeTransports(transports);
  }
}

function messageTo(to: string): Outgoing | undefined {
  if (!to.includes('@')) {
    const read = readPhone(to, '');
    return read.result === 'number' ? { channel: 'text', to: read.number, body: words } : undefined;
  }
  const parts = [{ kind: 'paragraph', text: words }] as const;
  const draft = {
    language: 'en',
    subject: 'A test of Sparekey',
    heading: 'A test of Sparekey',
    parts,
  } as const;
  return { channel: 'mail', to, toName: null, fromName: 'Sparekey', ...renderMail(draft) };
}
