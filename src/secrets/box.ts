import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;

/** Encrypts with AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce; gives nonce, cipher text and tag in one. */
export function lockBox(key: Buffer, plain: Buffer, associated: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what `lockBox` made, or gives undefined when key, associated data or a single bit is not the same. */
export function unlockBox(key: Buffer, box: Buffer, associated: Buffer): Buffer | undefined {
  if (box.length < nonceLength + tagLength) return undefined;
  const end = box.length - tagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(associated);
  decipher.setAuthTag(box.subarray(end));
  const plain = decipher.update(box.subarray(nonceLength, end));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}
