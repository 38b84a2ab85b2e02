import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnswerKeyPair, makeAnswerSeal } from '../../src/secrets/answer-seal.ts';
import { makeHashing } from '../../src/secrets/hashing.ts';
import { makeKeyRing, replaceKeys } from '../../src/secrets/key-ring.ts';
import { SealBroken } from '../../src/secrets/sealing.ts';

const now = () => 1_700_000_000_000;
const hashing = makeHashing({ workers: 2, waiting: 50 });
const ring = makeKeyRing(now);
const seal = makeAnswerSeal(ring, hashing);
const place = { person: 'person-1', question: 'question-1' };
let pair: AnswerKeyPair = { publicKey: '', wrappedPrivateKey: '' };

beforeAll(async () => {
  pair = await seal.makeKeyPair('old password');
});

async function openKey(wrapped: string, password: string) {
  const opened = await seal.openPrivateKey(wrapped, password);
  if (opened.result !== 'opened') throw new Error(opened.result);
  return opened.privateKey;
}

function flipBit(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

describe('sealed answers', () => {
  it('give back any answer to who has the password', async () => {
    const privateKey = await openKey(pair.wrappedPrivateKey, 'old password');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (answer) => {
        const sealed = seal.sealAnswer(pair.publicKey, answer, place);
        expect(seal.openAnswer(privateKey, sealed, place)).toBe(answer);
      }),
      { numRuns: 50 },
    );
  });

  it('S23 show nothing of the answer, and are never the same twice', () => {
    const [one, two] = [1, 2].map(() => seal.sealAnswer(pair.publicKey, 'de vuurtoren', place));
    expect(one).not.toBe(two);
    expect(Buffer.from(one?.split('.')[2] ?? '', 'base64url').includes('vuurtoren')).toBe(false);
  });

  it('open for no other person, question or key pair', async () => {
    const privateKey = await openKey(pair.wrappedPrivateKey, 'old password');
    const sealed = seal.sealAnswer(pair.publicKey, 'answer', place);
    const another = await seal.makeKeyPair('old password');
    const theirs = await openKey(another.wrappedPrivateKey, 'old password');
    expect(() => seal.openAnswer(privateKey, sealed, { ...place, person: 'person-2' })).toThrow(SealBroken);
    expect(() => seal.openAnswer(privateKey, sealed, { ...place, question: 'question-2' })).toThrow(
      SealBroken,
    );
    expect(() => seal.openAnswer(theirs, sealed, place)).toThrow(SealBroken);
  });

  it('do not open when altered anywhere, or made with a crafted key', async () => {
    const privateKey = await openKey(pair.wrappedPrivateKey, 'old password');
    const [format = '', key = '', box = ''] = seal.sealAnswer(pair.publicKey, 'answer', place).split('.');
    const keyBytes = Buffer.from(key, 'base64url');
    const lowOrder = Buffer.concat([keyBytes.subarray(0, -32), Buffer.alloc(32)]).toString('base64url');
    const boxes = Array.from({ length: Buffer.from(box, 'base64url').length }, (_, at) => [
      format,
      key,
      flipBit(box, at),
    ]);
    const keys = Array.from({ length: keyBytes.length }, (_, at) => [format, flipBit(key, at), box]);
    const others = [
      [format, lowOrder, box],
      ['2', key, box],
      [format, key],
      [box],
      [''],
      [format, key, box, ''],
    ];
    for (const parts of [...boxes, ...keys, ...others]) {
      expect(() => seal.openAnswer(privateKey, parts.join('.'), place)).toThrow(SealBroken);
    }
    for (let n = 0; n < 20; n += 1) {
      const [one = '', ephemeral = '', rest = ''] = seal
        .sealAnswer(pair.publicKey, 'answer', place)
        .split('.');
      // The byte that counts the unused bits: OpenSSL takes a 1 there whenever the key happens to be even.
      const respelt = [one, flipBit(ephemeral, keyBytes.length - 33), rest].join('.');
      expect(() => seal.openAnswer(privateKey, respelt, place)).toThrow(SealBroken);
    }
    expect(() => seal.sealAnswer('1.nonsense', 'answer', place)).toThrow(SealBroken);
    expect(() => seal.sealAnswer(`1.${lowOrder}`, 'answer', place)).toThrow(SealBroken);
  });
});

describe('the wrapped private key', () => {
  it('stays shut for a wrong password', async () => {
    expect(await seal.openPrivateKey(pair.wrappedPrivateKey, 'new password')).toEqual({
      result: 'wrong-password',
    });
  });

  it('S23 is no oracle for the password without the server’s key', async () => {
    const thief = makeKeyRing(now);
    const guess = { ...thief, data: [{ ...thief.data[0], id: ring.data[0].id }] } satisfies typeof thief;
    const wrapped = pair.wrappedPrivateKey;
    expect(await makeAnswerSeal(thief, hashing).openPrivateKey(wrapped, 'old password')).toEqual({
      result: 'unreadable',
    });
    expect(await makeAnswerSeal(guess, hashing).openPrivateKey(wrapped, 'old password')).toEqual({
      result: 'wrong-password',
    });
  });

  it('is unreadable when it is no wrap at all, and stays shut when altered', async () => {
    const [format, keyId, salt = '', box = ''] = pair.wrappedPrivateKey.split('.');
    for (const wrapped of [
      '',
      'nonsense',
      `2.${keyId}.${salt}.${box}`,
      `1.${keyId}..${box}`,
      `1.${keyId}.${salt}`,
      `1.${keyId}.${salt}.${box}=`,
    ]) {
      expect(await seal.openPrivateKey(wrapped, 'old password')).toEqual({ result: 'unreadable' });
    }
    const altered = [
      `${format}.${keyId}.${flipBit(salt, 3)}.${box}`,
      `${format}.${keyId}.${salt}.${flipBit(box, 30)}`,
    ];
    for (const wrapped of altered) {
      expect(await seal.openPrivateKey(wrapped, 'old password')).toEqual({ result: 'wrong-password' });
    }
  });

  it('opens the same answers after it was wrapped anew, with the new password and the new server key only', async () => {
    const sealed = seal.sealAnswer(pair.publicKey, 'answer', place);
    const rotated = replaceKeys(ring, 'data', now);
    const after = makeAnswerSeal(rotated, hashing);
    expect(await after.rewrap(pair.wrappedPrivateKey, 'not it', 'new password')).toEqual({
      result: 'wrong-password',
    });
    const again = await after.rewrap(pair.wrappedPrivateKey, 'old password', 'new password');
    if (again.result !== 'rewrapped') throw new Error(again.result);
    expect(again.wrappedPrivateKey.split('.')[1]).toBe(rotated.data[0].id);
    expect(await after.openPrivateKey(again.wrappedPrivateKey, 'old password')).toEqual({
      result: 'wrong-password',
    });
    const opened = await after.openPrivateKey(again.wrappedPrivateKey, 'new password');
    if (opened.result !== 'opened') throw new Error(opened.result);
    expect(after.openAnswer(opened.privateKey, sealed, place)).toBe('answer');
  });
});
