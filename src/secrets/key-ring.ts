import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { encodeParts } from './bytes.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const secretLength = 32;

const keySchema = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/),
  secret: z.string().refine(isSecret),
  madeAt: z.int().nonnegative(),
});

const keysSchema = z.tuple([keySchema], keySchema);

const remainsSchema = z.strictObject({
  id: keySchema.shape.id,
  madeAt: keySchema.shape.madeAt,
  fingerprint: keySchema.shape.secret,
  answer: keySchema.shape.secret,
  wrap: keySchema.shape.secret,
  audit: keySchema.shape.secret,
});

/** At least one key for each use, the newest first, every id once; and what remains of retired data keys, newest first. */
const keyRingSchema = z
  .strictObject({
    format: z.literal(1),
    data: keysSchema,
    codes: keysSchema,
    sessions: keysSchema,
    retired: z.array(remainsSchema).optional(),
  })
  .refine((ring) => hasDistinctIds([...ring.data, ...ring.codes, ...ring.sessions, ...(ring.retired ?? [])]));

/** What the three rings are for: `data` seals and fingerprints, `codes` derives codes, `sessions` signs what browsers keep. */
export const keyUses = ['data', 'codes', 'sessions'] as const;
export type KeyUse = (typeof keyUses)[number];

/** One key: 32 random bytes in base64, under an id that may be shown to anyone. */
export type Key = z.infer<typeof keySchema>;

/** What is left of a retired data key: it opens nothing that was sealed, but what nobody can make anew is recognised. */
export type Remains = z.infer<typeof remainsSchema>;

/** All keys of the house by use; the first of each list is the current one. */
export type KeyRing = z.infer<typeof keyRingSchema>;

/** What the store keeps of a key: enough to know it again, nothing to make it from. */
export interface KeyFingerprint {
  readonly use: KeyUse;
  readonly id: string;
  readonly fingerprint: string;
}

/** What reading a key ring can give; `why` is a sentence for the operator and holds nothing of the file. */
export type KeyRingRead =
  | { readonly result: 'read'; readonly ring: KeyRing }
  | { readonly result: 'missing' }
  | { readonly result: 'unreadable'; readonly why: string };

/** Reads a key ring; a file that others have rights to, or that is not a whole key ring, is `unreadable`, never `missing`. */
export async function readKeyRing(file: string): Promise<KeyRingRead> {
  const read = await readPrivateFile(file);
  if (read.result !== 'read') return read;
  const parsed = keyRingSchema.safeParse(parseJson(read.text));
  if (parsed.success) return { result: 'read', ring: parsed.data };
  return {
    result: 'unreadable',
    why: `${file} is not a whole key ring: put back the copy from your backup.`,
  };
}

/** Writes a key ring (mode 0600; its folder, if new, 0700) so that a crash leaves the old file or the new one, whole. */
export async function writeKeyRing(file: string, ring: KeyRing): Promise<void> {
  await writePrivateFile(file, `${JSON.stringify(keyRingSchema.parse(ring), null, 2)}\n`);
}

/** Makes a ring with one new random key for each use. */
export function makeKeyRing(now: () => number): KeyRing {
  return { format: 1, data: [makeKey(now)], codes: [makeKey(now)], sessions: [makeKey(now)] };
}

/** Gives a ring in which a new key is current for one use; the older keys stay, so that what they made stays readable. */
export function replaceKeys(ring: KeyRing, use: KeyUse, now: () => number): KeyRing {
  const [newest] = ring[use];
  // Of two keys the older one is told by its time, whatever the clock did.
  return { ...ring, [use]: [makeKey(() => Math.max(now(), newest.madeAt + 1)), ...ring[use]] };
}

/** Gives the fingerprint of every key, by which a node proves that it holds the keys the store was written with. */
export function keyRingFingerprints(ring: KeyRing): readonly KeyFingerprint[] {
  return keyUses.flatMap((use) =>
    ring[use].map((key) => ({ use, id: key.id, fingerprint: fingerprintOf(use, key) })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fingerprintOf(use: KeyUse, key: Key): string {
  const secret = Buffer.from(key.secret, 'base64');
  return createHmac('sha256', secret)
    .update(encodeParts('sparekey/key', '1', use, key.id))
    .digest('base64url');
}

function makeKey(now: () => number): Key {
  return {
    id: randomBytes(9).toString('base64url'),
    secret: randomBytes(secretLength).toString('base64'),
    madeAt: now(),
  };
}

function isSecret(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === secretLength && bytes.toString('base64') === text;
}

function hasDistinctIds(keys: readonly { readonly id: string }[]): boolean {
  return new Set(keys.map((key) => key.id)).size === keys.length;
}
