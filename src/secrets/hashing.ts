import { randomBytes } from 'node:crypto';
import { argon2id, hash, needsRehash, verify } from 'argon2';
import { type BoundedQueue, makeBoundedQueue, type QueueBounds } from './bounded-queue.ts';

/** argon2id with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's minimum. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, hashLength: 32 } as const;
const longest = 1024;

/**
 * Hashes slowly, a bounded amount at once: everything that gives a promise rejects with TooBusy when too much waits.
 * Texts come normalised (NFC) and are at most 1,024 characters long.
 */
export interface Hashing {
  /** Gives the argon2id string of a text; throws a RangeError when it is too long. */
  readonly hashPassword: (text: string) => Promise<string>;
  /** Says whether a hash is of this text; a text that is too long never is. */
  readonly verifyPassword: (hash: string, text: string) => Promise<boolean>;
  /** Takes the time of `verifyPassword` and says no: for names that do not exist. */
  readonly verifyNothing: (text: string) => Promise<false>;
  /** Gives the hash of no password at all: it costs nothing to make and as much as any to check. */
  readonly noPassword: () => string;
  /** Says whether a hash was made at another cost than today's. */
  readonly needsUpgrade: (hash: string) => boolean;
  /** Derives 32 raw bytes from a text and a salt of 16 bytes or more; throws a RangeError when the text is too long. */
  readonly derive: (text: string, salt: Buffer) => Promise<Buffer>;
  readonly waiting: () => number;
  readonly running: () => number;
}

/** Makes hashing with so many at work at once and so many waiting. */
export function makeHashing(bounds: QueueBounds): Hashing {
  const queue = makeBoundedQueue(bounds);
  const dummy = makeDummyHash();
  return {
    hashPassword: async (text) => {
      refuseTooLong(text);
      return queue.run(() => hash(text, cost));
    },
    verifyPassword: (known, text) => verifyText(queue, known, text),
    verifyNothing: async (text) => {
      await verifyText(queue, dummy, text);
      return false;
    },
    noPassword: makeDummyHash,
    needsUpgrade: (known) => !known.startsWith('$argon2id$') || needsRehash(known, cost),
    derive: async (text, salt) => {
      refuseTooLong(text);
      return queue.run(() => hash(text, { ...cost, salt, raw: true }));
    },
    waiting: queue.waiting,
    running: queue.running,
  };
}

async function verifyText(queue: BoundedQueue, known: string, text: string): Promise<boolean> {
  return !isTooLong(text) && queue.run(() => verify(known, text));
}

/** Random bytes in the shape of a hash cost as much to check as a real one and, unlike it, nothing to make. */
function makeDummyHash(): string {
  const parameters = `m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${randomPart(16)}$${randomPart(cost.hashLength)}`;
}

/** Base64 without padding, as the PHC string format has it. */
function randomPart(length: number): string {
  return randomBytes(length).toString('base64').replaceAll('=', '');
}

function refuseTooLong(text: string): void {
  if (isTooLong(text)) throw new RangeError(`A text to hash has at most ${longest} characters.`);
}

function isTooLong(text: string): boolean {
  return text.length > longest * 2 || Array.from(text).length > longest;
}
