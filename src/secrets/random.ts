import { randomBytes } from 'node:crypto';

/** 32 signs that are not mistaken for each other (no 0 or o, no 1 or l), so that 5 bits of a byte pick one without bias. */
const readable = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Makes an id of 144 random bits in base64url (24 characters). */
export function newId(): string {
  return randomBytes(18).toString('base64url');
}

/** Makes a token of 256 random bits in base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a password of 80 random bits that can be read aloud. */
export function newPassword(): string {
  return newReadable();
}

/** Tells whether a text has only signs that are not mistaken for each other. */
export function isReadable(text: string): boolean {
  return [...text].every((sign) => readable.includes(sign));
}

/** Makes 80 random bits that can be read aloud: four groups of four signs with hyphens between. */
export function newReadable(): string {
  const signs = Array.from(randomBytes(16), (byte) => readable.charAt(byte % readable.length)).join('');
  return [0, 4, 8, 12].map((start) => signs.slice(start, start + 4)).join('-');
}
