import { generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { type AnswerBinding, openAnswer, readPrivateKey, sealAnswer, writePublicKey } from './answer-box.ts';
import { lockBox, unlockBox } from './box.ts';
import { decodeBase64url, encodeParts } from './bytes.ts';
import type { Hashing } from './hashing.ts';
import type { KeyRing } from './key-ring.ts';
import { deriveSubkeys, type Subkey, type Subkeys } from './subkeys.ts';

/** A person's key pair as it is stored: the private half opens with the password and the server's key together. */
export interface AnswerKeyPair {
  readonly publicKey: string;
  readonly wrappedPrivateKey: string;
}

/** Why a wrapped private key stays shut: not this password (or altered), or not a wrap of this key ring at all. */
export type StaysShut = { readonly result: 'wrong-password' } | { readonly result: 'unreadable' };

/** What opening a private key gives; the key is an object so that it can't end up in a session or log as text. */
export type OpenedKey = { readonly result: 'opened'; readonly privateKey: KeyObject } | StaysShut;

/** What wrapping anew gives. */
export type Rewrapped = { readonly result: 'rewrapped'; readonly wrappedPrivateKey: string } | StaysShut;

/** Seals answers so that only the person can see them; what takes a password hashes, and so may reject with TooBusy. */
export interface AnswerSeal {
  /** Makes a person's key pair, its private half wrapped under the password. */
  readonly makeKeyPair: (password: string) => Promise<AnswerKeyPair>;
  /** Opens a wrapped private key with the password it was wrapped under. */
  readonly openPrivateKey: (wrapped: string, password: string) => Promise<OpenedKey>;
  /** Wraps the same private key under a new password, with the current server key. */
  readonly rewrap: (wrapped: string, oldPassword: string, newPassword: string) => Promise<Rewrapped>;
  /** Seals an answer to a public key; needs no password. */
  readonly sealAnswer: (publicKey: string, answer: string, binding: AnswerBinding) => string;
  /** Opens a sealed answer of that person and question; throws SealBroken otherwise. */
  readonly openAnswer: (privateKey: KeyObject, sealed: string, binding: AnswerBinding) => string;
}

interface Wrapping {
  readonly subkeys: Subkeys;
  readonly derive: Hashing['derive'];
}

/** Makes the sealing of answers: X25519 pairs, wrapped by argon2id of the password with a server key mixed in. */
export function makeAnswerSeal(ring: KeyRing, { derive }: Pick<Hashing, 'derive'>): AnswerSeal {
  const wrapping = { subkeys: deriveSubkeys(ring, 'data', 'wrap'), derive };
  return {
    makeKeyPair: async (password) => {
      const pair = generateKeyPairSync('x25519');
      const wrappedPrivateKey = await wrapKey(wrapping, pair.privateKey, password);
      return { publicKey: writePublicKey(pair.publicKey), wrappedPrivateKey };
    },
    openPrivateKey: (wrapped, password) => unwrapKey(wrapping, wrapped, password),
    rewrap: async (wrapped, oldPassword, newPassword) => {
      const opened = await unwrapKey(wrapping, wrapped, oldPassword);
      if (opened.result !== 'opened') return opened;
      const wrappedPrivateKey = await wrapKey(wrapping, opened.privateKey, newPassword);
      return { result: 'rewrapped', wrappedPrivateKey };
    },
    sealAnswer,
    openAnswer,
  };
}

async function wrapKey({ subkeys, derive }: Wrapping, key: KeyObject, password: string): Promise<string> {
  const salt = randomBytes(16);
  const { current } = subkeys;
  const wrapKey = mixKeys(await derive(password, salt), current);
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  const head = writeHead(current.id, salt);
  return `${head}.${lockBox(wrapKey, bytes, associatedData(head)).toString('base64url')}`;
}

async function unwrapKey(wrapping: Wrapping, wrapped: string, password: string): Promise<OpenedKey> {
  const parts = readWrap(wrapping.subkeys, wrapped);
  if (parts === undefined) return { result: 'unreadable' };
  const { subkey, salt, box } = parts;
  const wrapKey = mixKeys(await wrapping.derive(password, salt), subkey);
  const bytes = unlockBox(wrapKey, box, associatedData(writeHead(subkey.id, salt)));
  if (bytes === undefined) return { result: 'wrong-password' };
  const privateKey = readPrivateKey(bytes);
  return privateKey === undefined ? { result: 'unreadable' } : { result: 'opened', privateKey };
}

function readWrap(subkeys: Subkeys, wrapped: string) {
  const [format, keyId = '', saltText = '', boxText = '', ...rest] = wrapped.split('.');
  const [subkey, salt, box] = [subkeys.find(keyId), decodeBase64url(saltText), decodeBase64url(boxText)];
  if (format !== '1' || rest.length > 0 || salt?.length !== 16) return undefined;
  return subkey === undefined || !box?.length ? undefined : { subkey, salt, box };
}

/** Without the server's key the password can't be guessed at this wrap, and without the password the key opens nothing. */
function mixKeys(fromPassword: Buffer, subkey: Subkey): Buffer {
  return Buffer.from(hkdfSync('sha256', fromPassword, subkey.secret, 'sparekey/1/answer-wrap', 32));
}

function writeHead(keyId: string, salt: Buffer): string {
  return `1.${keyId}.${salt.toString('base64url')}`;
}

function associatedData(head: string): Buffer {
  return encodeParts('sparekey/answer-key', head);
}
