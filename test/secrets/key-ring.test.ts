import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  keyRingFingerprints,
  makeKeyRing,
  readKeyRing,
  replaceKeys,
  writeKeyRing,
} from '../../src/secrets/key-ring.ts';

const now = () => 1_700_000_000_000;
const posix = process.platform !== 'win32';
let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  file = join(folder, 'keys', 'ring.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe('the key ring file', () => {
  it('gives back the ring that was written', async () => {
    const ring = makeKeyRing(now);
    await writeKeyRing(file, ring);
    expect(await readKeyRing(file)).toEqual({ result: 'read', ring });
  });

  it('is missing before it is written', async () => {
    expect(await readKeyRing(file)).toEqual({ result: 'missing' });
  });

  it('S23 is readable by its owner only, in a folder that only its owner may enter', async () => {
    await writeKeyRing(file, makeKeyRing(now));
    if (posix) expect(await modeOf(file)).toBe(0o600);
    if (posix) expect(await modeOf(join(folder, 'keys'))).toBe(0o700);
  });

  it('is replaced as a whole and leaves no draft behind, also when writing fails', async () => {
    await writeKeyRing(file, makeKeyRing(now));
    const ring = replaceKeys(makeKeyRing(now), 'codes', now);
    await writeKeyRing(file, ring);
    expect(await readKeyRing(file)).toEqual({ result: 'read', ring });
    const taken = join(folder, 'keys', 'taken');
    await mkdir(join(taken, 'inside'), { recursive: true });
    await expect(writeKeyRing(taken, ring)).rejects.toThrow();
    expect((await readdir(join(folder, 'keys'))).toSorted()).toEqual(['ring.json', 'taken']);
  });

  it('is refused when group or others have any right to it', async () => {
    await writeKeyRing(file, makeKeyRing(now));
    for (const mode of posix ? [0o640, 0o604, 0o620, 0o644, 0o666] : []) {
      await chmod(file, mode);
      expect(await readKeyRing(file)).toMatchObject({
        result: 'unreadable',
        why: expect.stringContaining('0600'),
      });
    }
  });

  it('is unreadable, never missing, when it is not a whole key ring, and the reason holds nothing of it', async () => {
    const ring = makeKeyRing(now);
    await writeKeyRing(file, ring);
    const text = await readFile(file, 'utf8');
    const [key] = ring.data;
    const wrong = [
      '',
      text.slice(0, -10),
      'null',
      JSON.stringify({ ...ring, codes: [] }),
      JSON.stringify({ ...ring, data: [{ ...key, secret: 'c2hvcnQ=' }] }),
      JSON.stringify({ ...ring, data: [key, key] }),
      JSON.stringify({ ...ring, format: 2 }),
    ];
    for (const content of wrong) {
      await writeFile(file, content);
      const read = await readKeyRing(file);
      expect(read).toMatchObject({
        result: 'unreadable',
        why: expect.stringContaining('not a whole key ring'),
      });
      expect(JSON.stringify(read)).not.toContain(key.secret.slice(0, 12));
    }
  });

  it('is unreadable when it is a folder', async () => {
    await mkdir(file, { recursive: true, mode: 0o700 });
    expect(await readKeyRing(file)).toMatchObject({ result: 'unreadable' });
  });
});

describe('a key ring', () => {
  it('holds one key of 32 bytes for each use, all different', () => {
    const { data, codes, sessions } = makeKeyRing(now);
    const keys = [...data, ...codes, ...sessions];
    expect(keys.map((key) => Buffer.from(key.secret, 'base64').length)).toEqual([32, 32, 32]);
    expect(new Set(keys.map((key) => key.secret)).size).toBe(3);
    expect(keys.every((key) => key.madeAt === now())).toBe(true);
  });

  it('puts a new key first and keeps the older ones and the other uses', () => {
    const ring = makeKeyRing(now);
    const after = replaceKeys(ring, 'sessions', () => 1_800_000_000_000);
    expect(after.sessions).toHaveLength(2);
    expect(after.sessions[0].madeAt).toBe(1_800_000_000_000);
    expect(after.sessions[1]).toEqual(ring.sessions[0]);
    expect({ ...after, sessions: ring.sessions }).toEqual(ring);
  });

  it('S23 has fingerprints that stay the same, differ per key, and hold nothing of a secret', () => {
    const ring = replaceKeys(makeKeyRing(now), 'data', now);
    const prints = keyRingFingerprints(ring);
    expect(prints.map((print) => print.use)).toEqual(['data', 'data', 'codes', 'sessions']);
    expect(keyRingFingerprints(ring)).toEqual(prints);
    expect(new Set(prints.map((print) => print.fingerprint)).size).toBe(4);
    const text = JSON.stringify(prints);
    for (const key of [...ring.data, ...ring.codes, ...ring.sessions]) {
      expect(text).not.toContain(key.secret);
      expect(text).not.toContain(Buffer.from(key.secret, 'base64').toString('base64url'));
    }
  });

  it('has other fingerprints when a secret is another under the same id', () => {
    const [one, other] = [makeKeyRing(now), makeKeyRing(now)];
    const forged = { ...one, data: [{ ...one.data[0], secret: other.data[0].secret }] } satisfies typeof one;
    expect(keyRingFingerprints(forged)[0]).not.toEqual(keyRingFingerprints(one)[0]);
    expect(keyRingFingerprints(forged).slice(1)).toEqual(keyRingFingerprints(one).slice(1));
  });
});
