import { createTransport } from 'nodemailer';
import type { Time } from '../store/schema.ts';
import { type Outgoing, SendFailed, type Transport } from './delivery.ts';
import { oneLine } from './line.ts';
import { readSmtpUrl } from './smtp-settings.ts';

const usualPatience = 10_000;
/** A mail is small: whatever a server does, it is taken by then or tried again. */
const patiences = 6;
/** As many as the queue has lanes. */
const connections = 4;
/** RFC 4954: the server wants other credentials; that is no fault of the message. */
const credentialReplies = new Set([530, 534, 535, 538]);

/** How mails are signed (RFC 6376): the key's PEM, and where its public half stands in the DNS. */
export interface Dkim {
  readonly domain: string;
  readonly selector: string;
  readonly key: string;
}

/** What sending mail needs; `ca` (PEM) is trusted instead of the authorities the runtime knows. */
export interface SmtpNeeds {
  readonly url: string;
  readonly from: string;
  now(): Time;
  readonly ca?: string | undefined;
  readonly dkim?: Dkim | undefined;
  /** How long the server may say nothing, in milliseconds. */
  readonly patience?: number;
}

/** Hands mails to an SMTP server over kept connections; a refusal of the message itself (5xx) is for good, all else for now. */
export function makeSmtpTransport(needs: SmtpNeeds): Transport {
  const { from, now, patience = usualPatience } = needs;
  const mailer = createTransport(smtpOptions(needs));
  return {
    async send(message) {
      const mail = { ...asMail(message, from), date: new Date(now()) };
      try {
        await within(patiences * patience, mailer.sendMail(mail));
        return {};
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

/** Resolves as the work does; rejects when it takes too long, as with a server that sends a byte now and then. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = Object.assign(new Error('late'), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => reject(late), milliseconds);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What nodemailer is to be told: kept connections, TLS as the URL asks, nothing fetched, every silence bounded. */
export function smtpOptions({ url, ca, dkim, patience = usualPatience }: SmtpNeeds) {
  const { host, port, implicit, required, auth } = readSmtpUrl(url);
  return {
    pool: true as const,
    maxConnections: connections,
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
    ...(dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key },
    }),
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
