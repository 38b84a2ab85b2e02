import { hash, timingSafeEqual } from 'node:crypto';

/** A text with half a surrogate pair: JSON can hold one, and it has no exact UTF-8 form. */
export class IllFormedText extends TypeError {
  override readonly name = 'IllFormedText';

  constructor() {
    super('The text has no exact UTF-8 form.');
  }
}

const lengthOctets = 4;

/** Encodes texts so that no two different lists give the same bytes; throws `IllFormedText` on text that has no exact UTF-8 form. */
export function encodeParts(...parts: readonly string[]): Buffer {
  const encoded = Buffer.allocUnsafe(
    parts.reduce((octets, part) => octets + lengthOctets + Buffer.byteLength(part), 0),
  );
  let at = 0;
  for (const part of parts) {
    if (!part.isWellFormed()) throw new IllFormedText();
    const length = encoded.write(part, at + lengthOctets);
    at = encoded.writeUInt32BE(length, at) + length;
  }
  return encoded;
}

/** Gives the UTF-8 bytes of a text; throws `IllFormedText` on half a surrogate pair, which would not come back as it was. */
export function bytesOf(text: string): Buffer {
  if (!text.isWellFormed()) throw new IllFormedText();
  return Buffer.from(text, 'utf8');
}

/** Decodes base64url, or gives undefined for anything that is not exactly what encoding those bytes gives. */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Compares two texts in a time that does not tell where they differ, nor whether their lengths do. */
export function isSameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
