import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { lockBox, unlockBox } from './box.ts';
import { bytesOf, decodeBase64url, encodeParts } from './bytes.ts';
import { SealBroken } from './sealing.ts';

/** Whose answer to which question: a sealed answer opens for no other. */
export interface AnswerBinding {
  readonly person: string;
  readonly question: string;
}

/** Seals an answer to a public key, as `1.<ephemeral public key>.<box>`; throws SealBroken when that key is not one of ours. */
export function sealAnswer(publicKey: string, answer: string, binding: AnswerBinding): string {
  const recipient = readPublicKey(publicKey);
  const ephemeral = generateKeyPairSync('x25519');
  const shared = agree(ephemeral.privateKey, recipient);
  const key = deriveBoxKey(shared, ephemeral.publicKey, recipient);
  const box = lockBox(key, bytesOf(answer), associatedData(binding));
  return `${writePublicKey(ephemeral.publicKey)}.${box.toString('base64url')}`;
}

/** Opens an answer sealed to this private key's other half for this person and question; throws SealBroken otherwise. */
export function openAnswer(privateKey: KeyObject, sealed: string, binding: AnswerBinding): string {
  const end = sealed.lastIndexOf('.');
  const ephemeral = readPublicKey(sealed.slice(0, Math.max(end, 0)));
  const box = decodeBase64url(sealed.slice(end + 1));
  if (box === undefined) throw new SealBroken('This is not a sealed answer.');
  const key = deriveBoxKey(agree(privateKey, ephemeral), ephemeral, createPublicKey(privateKey));
  const plain = unlockBox(key, box, associatedData(binding));
  if (plain === undefined) throw new SealBroken('The sealed answer was altered, or is another one.');
  return plain.toString('utf8');
}

/** Writes a public key as `1.<base64url>`. */
export function writePublicKey(key: KeyObject): string {
  return `1.${key.export({ type: 'spki', format: 'der' }).toString('base64url')}`;
}

/** Reads a private key from its bytes (PKCS #8), or gives undefined when it is none for X25519. */
export function readPrivateKey(bytes: Buffer): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'x25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Only the one way we write a key ourselves is taken: DER knows several for the same key. */
function readPublicKey(text: string): KeyObject {
  const bytes = decodeBase64url(text.slice('1.'.length));
  const key = bytes && parsePublicKey(bytes);
  if (key?.asymmetricKeyType !== 'x25519' || writePublicKey(key) !== text) {
    throw new SealBroken('This is no public key of ours.');
  }
  return key;
}

function parsePublicKey(bytes: Buffer): KeyObject {
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch (cause) {
    throw new SealBroken('This is no public key.', { cause });
  }
}

/** A crafted point of low order makes the agreement fail: that too is a broken seal. */
function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch (cause) {
    throw new SealBroken('This public key agrees with none.', { cause });
  }
}

function deriveBoxKey(shared: Buffer, ephemeral: KeyObject, recipient: KeyObject): Buffer {
  const both = encodeParts(writePublicKey(ephemeral), writePublicKey(recipient));
  return Buffer.from(hkdfSync('sha256', shared, both, 'sparekey/1/sealed-answer', 32));
}

function associatedData({ person, question }: AnswerBinding): Buffer {
  return encodeParts('sparekey/sealed-answer', '1', person, question);
}
