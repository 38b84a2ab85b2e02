import { createTransport } from 'nodemailer';
import type { Time } from '../store/schema.ts';
import { type Outgoing, SendFailed, type Transport } from './delivery.ts';
import { oneLine } from './line.ts';
import { readSmtpUrl, type SmtpSettings } from './smtp-settings.ts';

const patience = 10_000;
/** RFC 4954: the server wants other credentials; that is no fault of the message. */
const credentialReplies = new Set([530, 534, 535, 538]);

/** What sending mail needs; `ca` (PEM) is trusted instead of the authorities the runtime knows. */
export interface SmtpNeeds {
  readonly url: string;
  readonly from: string;
  now(): Time;
  readonly ca?: string | undefined;
}

/** Hands mails to an SMTP server over kept connections; a refusal of the message itself (5xx) is for good, all else for now. */
export function makeSmtpTransport({ url, from, now, ca }: SmtpNeeds): Transport {
  const mailer = createTransport(poolOptions(readSmtpUrl(url), ca));
  return {
    async send(message) {
      const mail = asMail(message, from);
      try {
        await mailer.sendMail({ ...mail, date: new Date(now()) });
      } catch (error) {
        throw asFailure(error);
      }
    },
    close: async () => mailer.close(),
  };
}

/** Says whether an address is one plain address, which no header or command can take for more. */
export function isSafeAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s\p{C}@,;:<>()[\]"\\]+@[^\s\p{C}@,;:<>()[\]"\\]+$/u.test(address);
}

function poolOptions({ host, port, implicit, required, auth }: SmtpSettings, ca: string | undefined) {
  return {
    pool: true as const,
    host,
    port,
    secure: implicit,
    requireTLS: required && !implicit,
    opportunisticTLS: !required,
    // Where no encryption would do as well, a certificate nobody vouches for is still better.
    tls: {
      rejectUnauthorized: required,
      minVersion: 'TLSv1.2' as const,
      ...(ca === undefined ? {} : { ca }),
    },
    ...(auth === null ? {} : { auth }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function asMail(message: Outgoing, from: string) {
  if (message.channel !== 'mail') throw new SendFailed(`SMTP carries no ${message.channel}`, true);
  if (!isSafeAddress(message.to)) throw new SendFailed('the address is not one plain address', true);
  return {
    from: { name: oneLine(message.fromName), address: from },
    to: { name: oneLine(message.toName ?? ''), address: message.to },
    subject: oneLine(message.subject),
    text: message.text,
    html: message.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

/** The server's own words are left out: they like to repeat the address. */
function asFailure(error: unknown): SendFailed {
  const code = textAt(error, 'code') ?? 'unknown';
  const reply = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : Number.NaN;
  const reason = ['SMTP', textAt(error, 'command'), Number.isNaN(reply) ? code : reply]
    .filter(Boolean)
    .join(' ');
  return new SendFailed(reason, isPermanent(code, reply));
}

function isPermanent(code: string, reply: number): boolean {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  return Number.isNaN(reply) ? code === 'EENVELOPE' : reply >= 500 && !credentialReplies.has(reply);
}

function textAt(error: unknown, name: 'code' | 'command'): string | undefined {
  if (!(error instanceof Error) || !(name in error)) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === 'string' && /^[A-Z][A-Z _0-9]{0,20}$/.test(value) ? value : undefined;
}
