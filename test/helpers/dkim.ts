import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

/** Makes a key to sign mails with; both halves in PEM. */
export function makeDkimKey(): { key: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** What the signature of a mail says, and whether it holds (RFC 6376, relaxed/relaxed, rsa-sha256). */
export function readDkim(raw: string, publicKey: string) {
  const at = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, at).split(/\r\n(?![ \t])/);
  const signature = headers.find((one) => /^dkim-signature:/i.test(one)) ?? '';
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .replace(/\s+/g, '')
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
  const signed = (tags.h ?? '').split(':').map((name) => {
    const header = headers.findLast((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return header === undefined ? '' : `${relaxHeader(header)}\r\n`;
  });
  const bare = relaxHeader(signature).replace(/([;:]\s*b=)[^;]*/, '$1');
  const holds = verify(
    'sha256',
    Buffer.from(signed.join('') + bare),
    createPublicKey(publicKey),
    Buffer.from(tags.b ?? '', 'base64'),
  );
  return {
    domain: tags.d,
    selector: tags.s,
    signed: (tags.h ?? '').toLowerCase().split(':'),
    bodyHash: tags.bh,
    holds,
  };
}

/** The body as its hash is taken of. */
export function relaxBody(raw: string): string {
  const lines = raw.slice(raw.indexOf('\r\n\r\n') + 4).split('\r\n');
  const relaxed = lines.map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  return `${relaxed.join('\r\n').replace(/(\r\n)+$/, '')}\r\n`;
}

function relaxHeader(header: string): string {
  const at = header.indexOf(':');
  const value = header
    .slice(at + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${header.slice(0, at).toLowerCase().trim()}:${value}`;
}
