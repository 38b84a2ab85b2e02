import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKeyRing, replaceKeys } from '../../src/secrets/key-ring.ts';
import { makeTokens } from '../../src/secrets/tokens.ts';

const now = () => 1_700_000_000_000;
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

/** Every text that differs from this one in a single sign. */
function alterEachSign(text: string): readonly string[] {
  return Array.from(
    text,
    (sign, at) => `${text.slice(0, at)}${sign === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`,
  );
}

describe('signed tokens', () => {
  it('give back any value for the purpose it was signed for, and for no other', () => {
    const { sign, verify } = makeTokens(makeKeyRing(now));
    fc.assert(
      fc.property(anyText, (value) => {
        expect(verify('csrf', sign('csrf', value))).toBe(value);
        expect(verify('browser', sign('csrf', value))).toBeNull();
        expect(verify('csrf', sign('cookie', value))).toBeNull();
      }),
    );
  });

  it('are worth nothing when altered, cut off, or signed by another ring', () => {
    const { sign, verify } = makeTokens(makeKeyRing(now));
    const token = sign('csrf', 'value');
    expect(verify('csrf', makeTokens(makeKeyRing(now)).sign('csrf', 'value'))).toBeNull();
    const others = [
      '',
      '.',
      '..',
      '1..',
      token.slice(0, -1),
      `${token}.`,
      `${token}=`,
      `${token}\ud800`,
      '1.\ud800.x',
    ];
    for (const wrong of [...alterEachSign(token), ...others]) expect(verify('csrf', wrong)).toBeNull();
  });

  it('are verified with every session key and signed with the newest', () => {
    const ring = makeKeyRing(now);
    const rotated = replaceKeys(ring, 'sessions', now);
    const [before, after] = [makeTokens(ring), makeTokens(rotated)];
    expect(after.verify('browser', before.sign('browser', 'value'))).toBe('value');
    expect(before.verify('browser', after.sign('browser', 'value'))).toBeNull();
  });

  it('are signed with the key in use, also what was signed before it came into use', () => {
    const ring = makeKeyRing(now);
    const held = { ...ring };
    const { sign } = makeTokens(held);
    const before = sign('csrf', 'value');
    held.sessions = replaceKeys(ring, 'sessions', now).sessions;
    expect(sign('csrf', 'value')).not.toBe(before);
    expect(makeTokens(ring).verify('csrf', sign('csrf', 'value'))).toBeNull();
  });
});

describe('sealed cookies', () => {
  it('give back any text for the purpose it was sealed for, and for no other', () => {
    const { sealCookie, openCookie } = makeTokens(makeKeyRing(now));
    fc.assert(
      fc.property(anyText, anyText, (purpose, text) => {
        const sealed = sealCookie(purpose, text);
        expect(openCookie(purpose, sealed)).toBe(text);
        expect(openCookie(`${purpose}x`, sealed)).toBeNull();
      }),
    );
  });

  it('show nothing of the text, and fit in a cookie without escaping', () => {
    const sealed = makeTokens(makeKeyRing(now)).sealCookie('form', '{"name":"anna"}');
    expect(sealed).toMatch(/^[\w.-]+$/);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('anna')).toBe(false);
  });

  it('do not open when altered or under another ring, but do after a rotation', () => {
    const ring = makeKeyRing(now);
    const { sealCookie, openCookie } = makeTokens(ring);
    const sealed = sealCookie('form', '{}');
    expect(makeTokens(makeKeyRing(now)).openCookie('form', sealed)).toBeNull();
    expect(makeTokens(replaceKeys(ring, 'sessions', now)).openCookie('form', sealed)).toBe('{}');
    for (const wrong of [...alterEachSign(sealed), '', '1', '1.x.', `${sealed}.`]) {
      expect(openCookie('form', wrong)).toBeNull();
    }
  });
});
