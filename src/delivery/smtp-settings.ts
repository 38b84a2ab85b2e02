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
 * Reads `smtps://user:password@host` (port 465) or `smtp://…` (port 587, RFC 6409). TLS is required unless the URL says
 * `?tls=optional`, which the configuration allows for this machine only.
 */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = new URL(text);
  const implicit = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    implicit,
    required: url.searchParams.get('tls') !== 'optional',
    auth: user === '' ? null : { user, pass },
  };
}
