import { createReadStream } from 'node:fs';

/** The encodings in which personnel systems write their files. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** Looks at every byte that passes and tells in which encoding the text is. */
export interface EncodingProbe {
  add(chunk: Uint8Array): void;
  result(): Encoding;
}

const sampleSize = 64 * 1024;

/**
 * Makes a probe: a byte order mark decides; else every second byte empty is UTF-16; else what is valid UTF-8 to the last
 * byte is UTF-8, and anything else Windows-1252.
 */
export function makeEncodingProbe(): EncodingProbe {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let start = Buffer.alloc(0);
  let valid = true;
  return {
    add(chunk) {
      if (start.length < sampleSize)
        start = Buffer.concat([start, chunk.subarray(0, sampleSize - start.length)]);
      valid = valid && isValid(strict, chunk);
    },
    result() {
      const wide = wideEncodingOf(start);
      if (wide) return wide;
      return valid && isValid(strict) ? 'utf-8' : 'windows-1252';
    },
  };
}

/** Without a chunk asks whether the last character was whole. */
function isValid(strict: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    if (chunk) strict.decode(chunk, { stream: true });
    else strict.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function wideEncodingOf(start: Buffer): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const empty = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) empty[index % 2] = (empty[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = empty;
  if (odd + even < start.length / 5) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** A piece of text, and how many bytes of the file have been read with it. */
export interface TextPiece {
  text: string;
  bytesRead: number;
}

/** Reads a file as text; bytes that are none in this encoding become U+FFFD. A byte order mark is no text. */
export async function* readText(file: string, { encoding, end }: { encoding: Encoding; end?: number }) {
  const decoder = new TextDecoder(encoding);
  const last = end === undefined ? {} : { end: end - 1 };
  let bytesRead = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: sampleSize, ...last })) {
    bytesRead += chunk.length;
    yield { text: decoder.decode(chunk, { stream: true }), bytesRead } satisfies TextPiece;
  }
  yield { text: decoder.decode(), bytesRead } satisfies TextPiece;
}
