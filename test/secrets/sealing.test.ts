import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKeyRing, replaceKeys } from '../../src/secrets/key-ring.ts';
import { makeSealing, SealBroken, sealedWith } from '../../src/secrets/sealing.ts';

const now = () => 1_700_000_000_000;
const place = { table: 'registrations', person: 'person-1', column: 'value' };
const anyText = fc.string({ unit: 'binary', maxLength: 300 });

/** Every seal that differs from this one in a single bit of its box. */
function flipEachBit(sealed: string): readonly string[] {
  const [format, keyId, text = ''] = sealed.split('.');
  const box = Buffer.from(text, 'base64url');
  return Array.from({ length: box.length * 8 }, (_, bit) => {
    const flipped = Buffer.from(box);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return `${format}.${keyId}.${flipped.toString('base64url')}`;
  });
}

describe('sealing', () => {
  it('gives back any text at the place it was sealed for', () => {
    const sealing = makeSealing(makeKeyRing(now));
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (text, table, person, column) => {
        const binding = { table, person, column };
        expect(sealing.open(sealing.seal(text, binding), binding)).toBe(text);
      }),
    );
  });

  it('S23 shows nothing of the text and never gives the same seal twice', () => {
    const { seal } = makeSealing(makeKeyRing(now));
    const [one, two] = [seal('+31612345678', place), seal('+31612345678', place)];
    expect(one).toMatch(/^1\.[\w-]{12}\.[\w-]+$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').includes('612345678')).toBe(false);
  });

  it('S23 opens nothing under another ring', () => {
    const [ours, theirs] = [makeKeyRing(now), makeKeyRing(now)];
    const sealed = makeSealing(ours).seal('anna@example.org', place);
    expect(() => makeSealing(theirs).open(sealed, place)).toThrow(SealBroken);
    const sameId = { ...theirs, data: [{ ...theirs.data[0], id: ours.data[0].id }] } satisfies typeof theirs;
    expect(() => makeSealing(sameId).open(sealed, place)).toThrow(SealBroken);
  });

  it('refuses a seal moved to another table, person or column, also where the names run together', () => {
    const { seal, open } = makeSealing(makeKeyRing(now));
    const sealed = seal('secret', place);
    for (const moved of [{ table: 'challenges' }, { person: 'person-2' }, { column: 'destination' }]) {
      expect(() => open(sealed, { ...place, ...moved })).toThrow(SealBroken);
    }
    const run = seal('secret', { table: 'ab', person: 'c', column: '' });
    expect(() => open(run, { table: 'a', person: 'bc', column: '' })).toThrow(SealBroken);
    expect(() => open(run, { table: 'ab', person: '', column: 'c' })).toThrow(SealBroken);
  });

  it('refuses a seal with any bit flipped, cut off, added to, or written otherwise', () => {
    const { seal, open } = makeSealing(makeKeyRing(now));
    const sealed = seal('secret', place);
    const others = [
      '',
      '1',
      '1..',
      'secret',
      `${sealed}A`,
      `${sealed}=`,
      `${sealed}.`,
      sealed.slice(0, -4),
      sealed.slice(1),
      `2${sealed.slice(1)}`,
      `${sealed} `,
    ];
    for (const broken of [...flipEachBit(sealed), ...others]) {
      expect(() => open(broken, place)).toThrow(SealBroken);
    }
  });

  it('refuses a seal that claims another key of the ring', () => {
    const ring = replaceKeys(makeKeyRing(now), 'data', now);
    const { seal, open } = makeSealing(ring);
    const sealed = seal('secret', place);
    expect(() => open(sealed.replace(ring.data[0].id, ring.data[1]?.id ?? ''), place)).toThrow(SealBroken);
  });

  it('opens what an older key sealed, and seals with the new one', () => {
    const ring = makeKeyRing(now);
    const rotated = replaceKeys(ring, 'data', now);
    const old = makeSealing(ring).seal('secret', place);
    const sealing = makeSealing(rotated);
    expect(sealing.open(old, place)).toBe('secret');
    expect(sealedWith(old)).toBe(ring.data[0].id);
    expect(sealedWith(sealing.seal('secret', place))).toBe(rotated.data[0].id);
    expect(() => sealedWith('nothing of ours')).toThrow(SealBroken);
  });

  it('refuses to seal a text that would not come back as it was', () => {
    expect(() => makeSealing(makeKeyRing(now)).seal('half \ud800', place)).toThrow(TypeError);
  });
});

describe('fingerprints', () => {
  it('are the same for the same value and purpose, before and after a rotation', () => {
    const ring = makeKeyRing(now);
    const print = makeSealing(ring).fingerprint('phone', '+31612345678');
    expect(print).toMatch(/^[\w-]{43}$/);
    expect(makeSealing(ring).fingerprint('phone', '+31612345678')).toBe(print);
    const rotated = makeSealing(replaceKeys(ring, 'data', now));
    expect(rotated.fingerprint('phone', '+31612345678')).toBe(print);
    expect(makeSealing(ring).fingerprintOfToday('phone', '+31612345678')).toBe(print);
    expect(rotated.fingerprintOfToday('phone', '+31612345678')).not.toBe(print);
  });

  it('differ per value, purpose and ring, also where purpose and value run together', () => {
    const { fingerprint } = makeSealing(makeKeyRing(now));
    const prints = [
      fingerprint('phone', '12'),
      fingerprint('phone', '13'),
      fingerprint('mail', '12'),
      fingerprint('phone1', '2'),
      makeSealing(makeKeyRing(now)).fingerprint('phone', '12'),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});
