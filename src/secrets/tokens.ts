import { createHmac } from 'node:crypto';
import { keepLast } from '../keep-last.ts';
import { lockBox, unlockBox } from './box.ts';
import { bytesOf, decodeBase64url, encodeParts, isSameText } from './bytes.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys, type Subkey, type Subkeys } from './subkeys.ts';

/** What a signed token is for; one for another purpose is worth nothing. */
export type TokenPurpose = 'csrf' | 'cookie' | 'browser';

/** Each page of a visit signs the same two values: those of so many visits are signed once. */
const mostVisits = 5000;

/** Signs and seals what a browser keeps for us; neither expires by itself: a value that must carries its own time. */
export interface Tokens {
  /** Signs a value that anyone may read, as `1.<value>.<signature>`. */
  readonly sign: (purpose: TokenPurpose, value: string) => string;
  /** Gives the value that was signed for this purpose with any session key of the ring, or null. */
  readonly verify: (purpose: TokenPurpose, token: string) => string | null;
  /** Seals a text for a cookie, as `1.<key id>.<box>`; `purpose` names the cookie or form it is for. */
  readonly sealCookie: (purpose: string, json: string) => string;
  /** Gives the text that was sealed for this purpose, or null; the text is still to be parsed. */
  readonly openCookie: (purpose: string, sealed: string) => string | null;
  /** The secrets that session ids are signed with, newest first. */
  readonly sessionSecrets: readonly string[];
}

/** Makes the tokens of a key ring: HMAC-SHA-256 for what is signed, AES-256-GCM for what is sealed. */
export function makeTokens(ring: KeyRing): Tokens {
  const signing: Record<TokenPurpose, Signing> = {
    csrf: makeSigning(ring, 'csrf'),
    cookie: makeSigning(ring, 'cookie'),
    browser: makeSigning(ring, 'browser'),
  };
  const forms = deriveSubkeys(ring, 'sessions', 'form');
  const sessions = deriveSubkeys(ring, 'sessions', 'session');
  return {
    sign: (purpose, value) => signing[purpose].sign(value),
    verify: (purpose, token) => signing[purpose].verify(token),
    sealCookie: (purpose, json) => {
      const { id, secret } = forms.current;
      return `1.${id}.${lockBox(secret, bytesOf(json), cookieData(id, purpose)).toString('base64url')}`;
    },
    openCookie: (purpose, sealed) => openCookie(forms, purpose, sealed),
    get sessionSecrets() {
      return sessions.all.map(({ secret }) => secret.toString('base64'));
    },
  };
}

/** Signing for one purpose. */
interface Signing {
  sign(value: string): string;
  verify(token: string): string | null;
}

/** What was signed last is kept until another key comes into use. */
function makeSigning(ring: KeyRing, purpose: TokenPurpose): Signing {
  const subkeys = deriveSubkeys(ring, 'sessions', purpose);
  let kept: { key: Subkey; sign: (value: string) => string } | undefined;
  return {
    sign: (value) => {
      const key = subkeys.current;
      if (kept?.key !== key)
        kept = { key, sign: keepLast(mostVisits, (one) => signToken(key, purpose, one)) };
      return kept.sign(value);
    },
    verify: (token) => verifyToken(subkeys, purpose, token),
  };
}

function signToken(key: Subkey, purpose: TokenPurpose, value: string): string {
  const text = bytesOf(value).toString('base64url');
  return `1.${text}.${signatureOf(key, purpose, text)}`;
}

function verifyToken(subkeys: Subkeys, purpose: TokenPurpose, token: string): string | null {
  const [format, text = '', signature = '', ...rest] = token.split('.');
  const value = decodeBase64url(text);
  if (format !== '1' || value === undefined || rest.length > 0) return null;
  // Every key is tried whatever the outcome, so that the time does not tell which of them fits.
  const fitting = subkeys.all.filter((key) => isSameText(signatureOf(key, purpose, text), signature));
  return fitting.length > 0 ? value.toString('utf8') : null;
}

function openCookie(subkeys: Subkeys, purpose: string, sealed: string): string | null {
  const [format, keyId = '', text = '', ...rest] = sealed.split('.');
  const [subkey, box] = [subkeys.find(keyId), decodeBase64url(text)];
  if (format !== '1' || rest.length > 0 || subkey === undefined || box === undefined) return null;
  return unlockBox(subkey.secret, box, cookieData(subkey.id, purpose))?.toString('utf8') ?? null;
}

function signatureOf({ secret }: Subkey, purpose: TokenPurpose, text: string): string {
  return createHmac('sha256', secret)
    .update(encodeParts('sparekey/token', '1', purpose, text))
    .digest('base64url');
}

function cookieData(keyId: string, purpose: string): Buffer {
  return encodeParts('sparekey/cookie', '1', keyId, purpose);
}
