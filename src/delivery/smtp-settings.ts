const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Where and how mail is handed over, as an SMTP URL says it. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly implicit: boolean;
  /** Nothing goes out unless the connection is encrypted and the certificate is valid. */
  readonly required: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

/**
 * Reads `smtps://user:password@host` (port 465) or `smtp://…` (port 587, RFC 6409). TLS is required, but for an
 * `smtp:` host on this machine or with `?tls=optional`; `?tls=required` asks it of this machine too.
 */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = new URL(text);
  const implicit = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const tls = url.searchParams.get('tls') ?? (loopback.test(host) && !implicit ? 'optional' : 'required');
  if (tls !== 'optional' && tls !== 'required')
    throw new Error('SMTP_URL: tls must be optional or required.');
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    implicit,
    required: tls === 'required',
    auth: user === '' ? null : { user, pass },
  };
}
