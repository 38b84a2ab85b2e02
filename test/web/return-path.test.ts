import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/web/return-path.ts';

describe('S53 a return path', () => {
  test.each(['/', '/register', '/register/security-questions/1?answers=hidden', '/a/../register'])(
    'of our own is followed: %s',
    (path) => {
      expect(ownPath(path)).toBe(new URL(path, 'http://own').pathname + new URL(path, 'http://own').search);
    },
  );

  test.each([
    undefined,
    null,
    ['/register'],
    '',
    'register',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /register',
    '/register\r\nSet-Cookie: a=b',
    '/%5cevil.example',
    '/%2fevil.example',
    '/%2Fevil.example',
    '/.//evil.example',
    '/register/..//evil.example',
    '/register/%2e%2e//evil.example',
    '/register%00',
    '/régister',
    `/${'a'.repeat(500)}`,
  ])('that leads elsewhere is not: %j', (path) => {
    expect(ownPath(path)).toBeNull();
  });

  test('never leaves this origin, whatever was typed', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      ':',
      '@',
      'evil.example',
      'a',
      '?',
      '#',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const own = ownPath(`/${pieces.join('')}`);
        if (own === null) return;
        expect(new URL(own, 'https://sparekey.example.org/sign-in').origin).toBe(
          'https://sparekey.example.org',
        );
      }),
      { numRuns: 2000 },
    );
  });
});
