import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCodes, pickCode } from '../../src/secrets/codes.ts';
import { makeKeyRing, replaceKeys } from '../../src/secrets/key-ring.ts';
import { newId } from '../../src/secrets/random.ts';

const now = () => 1_700_000_000_000;

function blockOf(...words: readonly number[]): Buffer {
  const block = Buffer.alloc(words.length * 4);
  words.forEach((word, at) => {
    block.writeUInt32BE(word, at * 4);
  });
  return block;
}

function chiSquareOf(counts: readonly number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

function tally(values: readonly number[], size: number): readonly number[] {
  const counts: number[] = new Array(size).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describe('codes', () => {
  it('S22 spreads 100,000 codes evenly, at every digit and over the whole range', () => {
    const codes = makeCodes(makeKeyRing(now));
    const made = Array.from({ length: 100_000 }, (_, n) => codes.codeOf(`challenge-${n}`, codes.keyId));
    expect(made.every((code) => /^\d{6}$/.test(code))).toBe(true);
    // Limits that chance passes once in about ten million runs: 999 and 9 degrees of freedom.
    expect(
      chiSquareOf(
        tally(
          made.map((code) => Math.floor(Number(code) / 1000)),
          1000,
        ),
      ),
    ).toBeLessThan(1252);
    expect(
      chiSquareOf(
        tally(
          made.map((code) => Number(code) % 1000),
          1000,
        ),
      ),
    ).toBeLessThan(1252);
    for (let digit = 0; digit < 6; digit += 1) {
      expect(
        chiSquareOf(
          tally(
            made.map((code) => Number(code[digit])),
            10,
          ),
        ),
      ).toBeLessThan(52);
    }
  });

  it('S22 gives codes that say nothing about the code of another challenge', () => {
    const codes = makeCodes(makeKeyRing(now));
    const made = Array.from({ length: 100_001 }, (_, n) =>
      Number(codes.codeOf(`challenge-${n}`, codes.keyId)),
    );
    const steps = made.slice(1).map((code, n) => (code - (made[n] ?? 0) + 1_000_000) % 1_000_000);
    expect(
      chiSquareOf(
        tally(
          steps.map((step) => Math.floor(step / 1000)),
          1000,
        ),
      ),
    ).toBeLessThan(1252);
    // About 4,840 of 100,000 draws from a million repeat an earlier one.
    expect(made.length - new Set(made).size).toBeGreaterThan(4_400);
    expect(made.length - new Set(made).size).toBeLessThan(5_300);
  });

  it('S22 passes over words that would favour small codes', () => {
    expect(pickCode(() => blockOf(4_294_000_000, 4_294_967_295, 4_293_999_999))).toBe('999999');
    expect(pickCode(() => blockOf(7))).toBe('000007');
  });

  it('S22 asks for a further block when every word of one is unfair', () => {
    const asked: number[] = [];
    const code = pickCode((round) => {
      asked.push(round);
      return round < 2 ? blockOf(...new Array(8).fill(4_294_967_295)) : blockOf(1_234_567);
    });
    expect(code).toBe('234567');
    expect(asked).toEqual([0, 1, 2]);
  });

  it('S23 gives another code under another ring, and none from the id or a public hash of it', () => {
    const [one, other] = [makeCodes(makeKeyRing(now)), makeCodes(makeKeyRing(now))];
    const ids = Array.from({ length: 2_000 }, newId);
    const same = (guess: (id: string) => string) =>
      ids.filter((id) => guess(id) === one.codeOf(id, one.keyId)).length;
    expect(same((id) => other.codeOf(id, other.keyId))).toBeLessThan(3);
    expect(same((id) => pickCode(() => createHash('sha256').update(id).digest()))).toBeLessThan(3);
    expect(same((id) => pickCode(() => createHmac('sha256', one.keyId).update(id).digest()))).toBeLessThan(3);
  });

  it('gives the same code again for the same challenge', () => {
    const ring = makeKeyRing(now);
    const keyId = makeCodes(ring).keyId;
    expect(makeCodes(ring).codeOf('challenge', keyId)).toBe(makeCodes(ring).codeOf('challenge', keyId));
  });

  it('matches exactly the six digits and nothing else of any length', () => {
    const codes = makeCodes(makeKeyRing(now));
    const code = codes.codeOf('challenge', codes.keyId);
    expect(codes.matches('challenge', codes.keyId, code)).toBe(true);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (const typed of [wrong, '', code.slice(1), `${code}0`, ` ${code}`, '9'.repeat(10_000), '\ud800']) {
      expect(codes.matches('challenge', codes.keyId, typed)).toBe(false);
    }
  });

  it('still knows the code of a challenge that names an older key, and makes new ones with the new key', () => {
    const ring = makeKeyRing(now);
    const [before, after] = [makeCodes(ring), makeCodes(replaceKeys(ring, 'codes', now))];
    expect(after.keyId).not.toBe(before.keyId);
    expect(after.matches('challenge', before.keyId, before.codeOf('challenge', before.keyId))).toBe(true);
  });

  it('matches nothing under a key it does not have, and refuses to give a code', () => {
    const [one, other] = [makeCodes(makeKeyRing(now)), makeCodes(makeKeyRing(now))];
    expect(one.matches('challenge', other.keyId, other.codeOf('challenge', other.keyId))).toBe(false);
    expect(one.matches('challenge', 'unknown', '000000')).toBe(false);
    expect(() => one.codeOf('challenge', other.keyId)).toThrow('not in the key ring');
  });
});
