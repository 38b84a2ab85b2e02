import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { makeCertificate } from './certificate.ts';

/** A mail that really arrived: parsed, raw, and how it came. */
export interface ArrivedMail {
  readonly mail: ParsedMail;
  readonly raw: string;
  readonly recipients: readonly string[];
  readonly encrypted: boolean;
  readonly user: string | undefined;
}

/** What the server is to answer to a recipient or to a mail instead of taking it. */
export interface Refusal {
  readonly at: 'recipient' | 'mail';
  readonly code: number;
}

interface Options {
  /** Credentials without which it takes nothing; allowed only once encrypted. */
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Offers no encryption at all. */
  readonly plain?: boolean;
  /** Encrypts from the first byte (`smtps:`). */
  readonly implicit?: boolean;
  /** The port of a server that was there before. */
  readonly port?: number;
}

export type SmtpHelper = Awaited<ReturnType<typeof startSmtpServer>>;

/** Starts a real SMTP server on a free loopback port, with STARTTLS, that keeps every mail it takes. */
export async function startSmtpServer(options: Options = {}) {
  const { cert, key } = makeCertificate();
  const mails: ArrivedMail[] = [];
  const state: { refusal: Refusal | null; held: Promise<void> | null } = { refusal: null, held: null };
  const server = new SMTPServer({
    cert,
    key,
    secure: options.implicit ?? false,
    authOptional: options.auth === undefined,
    disabledCommands: options.plain ? ['STARTTLS', 'AUTH'] : [],
    disableReverseLookup: true,
    closeTimeout: 200,
    onAuth({ username, password }, _session, done) {
      const isRight = username === options.auth?.user && password === options.auth?.pass;
      return isRight ? done(null, { user: username }) : done(reply(535));
    },
    onRcptTo(_address, _session, done) {
      done(state.refusal?.at === 'recipient' ? reply(state.refusal.code) : null);
    },
    onData(stream, session, done) {
      take(stream, session).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : reply(451)),
      );
    },
  });
  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    await state.held;
    if (state.refusal?.at === 'mail') throw reply(state.refusal.code);
    const raw = Buffer.concat(chunks);
    mails.push({
      mail: await simpleParser(raw),
      raw: raw.toString('utf8'),
      recipients: session.envelope.rcptTo.map(({ address }) => address),
      encrypted: session.secure,
      user: session.user,
    });
  }
  // A client that goes away or does not trust the certificate is for the client's side to tell.
  server.on('error', () => {});
  const listener = server.listen(options.port ?? 0, '127.0.0.1');
  await once(listener, 'listening');
  const port = portOf(listener.address());
  const credentials = options.auth
    ? `${encodeURIComponent(options.auth.user)}:${encodeURIComponent(options.auth.pass)}@`
    : '';
  const strictUrl = `${options.implicit ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`;
  return {
    port,
    /** For `SMTP_URL`, credentials included; where it offers STARTTLS, a certificate nobody vouches for will do. */
    url: options.implicit ? strictUrl : `${strictUrl}?tls=optional`,
    /** The same with a certificate that is vouched for. */
    strictUrl,
    /** The authority that vouches for the server's certificate (PEM). */
    ca: cert,
    mails,
    /** Refuses everything like this from now on; null: takes everything again. */
    refuseWith(refusal: Refusal | null): void {
      state.refusal = refusal;
    },
    /** Answers no mail until the function it gives is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      state.held = promise;
      return () => {
        state.held = null;
        resolve();
      };
    },
    close: (): Promise<void> => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The server's words repeat the address, as real ones do. */
function reply(responseCode: number): Error {
  return Object.assign(new Error('refused: <somebody@example.com> 482913'), { responseCode });
}

function portOf(address: ReturnType<import('node:net').Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('The SMTP server has no port.');
  return address.port;
}
