import { describe, expect, it } from 'vitest';
import { newId, newPassword, newToken } from '../../src/secrets/random.ts';

describe('what is made at random', () => {
  it('S22 gives challenge ids of 144 random bits, no two alike', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[\w-]{24}$/.test(id))).toBe(true);
  });

  it('gives tokens of 256 random bits', () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(newToken()).not.toBe(newToken());
  });

  it('gives passwords of four groups without signs that look alike', () => {
    const passwords = Array.from({ length: 2_000 }, newPassword);
    expect(passwords.every((text) => /^([a-kmnp-z2-9]{4}-){3}[a-kmnp-z2-9]{4}$/.test(text))).toBe(true);
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it('gives every sign of a password equally often', () => {
    const counts = new Map<string, number>();
    const signs = Array.from({ length: 4_000 }, newPassword).join('').replaceAll('-', '');
    for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    const expected = signs.length / 32;
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(32);
    // 31 degrees of freedom: chance passes this once in about ten million runs.
    expect(chiSquare).toBeLessThan(91);
  });
});
