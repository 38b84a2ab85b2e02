import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { emailKey, normaliseDomain, parseEmailAddress } from '../../src/methods/email-address.ts';
import { emailForm } from '../../src/methods/email-form.ts';
import { addressedMethodSchema } from '../../src/methods/method.ts';
import { anyText } from './any-text.ts';
import { problemsOf } from './problems-of.ts';

const likeAddress = fc
  .tuple(
    fc.string({
      unit: fc.constantFrom(...'abcdeÅßıσİ.+-_0%<０', 'e\u0301', '😀'),
      minLength: 1,
      maxLength: 12,
    }),
    fc.string({ unit: fc.constantFrom(...'abcdeüßÅσ.-0。%', 'xn--'), minLength: 1, maxLength: 12 }),
  )
  .map(([local, domain]) => `${local}@${domain}.example`);

describe('an address as people type it', () => {
  test.each([
    ['jan@example.org', 'jan@example.org'],
    [' Jan.Jansen@EXAMPLE.org\n', 'Jan.Jansen@example.org'],
    ['\u202ajan@example.org\u202c', 'jan@example.org'],
    ["o'brien+home@example.org", "o'brien+home@example.org"],
    ['zoe\u0308@example.org', 'zoë@example.org'],
    ['用户@例え.テスト', '用户@xn--r8jz45g.xn--zckzah'],
    ['jan@bücher.example', 'jan@xn--bcher-kva.example'],
    ['jan@XN--BCHER-KVA.example', 'jan@xn--bcher-kva.example'],
    ['jan@example。org', 'jan@example.org'],
    ['jan@mail.example.org', 'jan@mail.example.org'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('%j is %s', (typed, address) => {
    expect(parseEmailAddress(typed)).toEqual({ result: 'address', address });
  });

  test.each([
    ['', 'email-empty'],
    [' \u200b', 'email-empty'],
    ['jan', 'email-unreadable'],
    ['jan@', 'email-unreadable'],
    ['@example.org', 'email-unreadable'],
    ['jan@example', 'email-unreadable'],
    ['jan@example.org.', 'email-unreadable'],
    ['jan@.example.org', 'email-unreadable'],
    ['jan@exa_mple.org', 'email-unreadable'],
    ['jan@-a.example.org', 'email-unreadable'],
    [`jan@${'a'.repeat(64)}.org`, 'email-unreadable'],
    ['jan@xn--a.example', 'email-unreadable'],
    ['.jan@example.org', 'email-unreadable'],
    ['ja..n@example.org', 'email-unreadable'],
    ['ja n@example.org', 'email-unreadable'],
    [`${'a'.repeat(65)}@example.org`, 'email-too-long'],
    [`${'é'.repeat(33)}@example.org`, 'email-too-long'],
    [`${'a'.repeat(60)}@${'a.'.repeat(95)}example`, 'email-too-long'],
    ['a'.repeat(1_000_000), 'email-too-long'],
  ])('%.40j is refused: %s', (typed, result) => {
    expect(parseEmailAddress(typed)).toEqual({ result });
  });

  test.each([
    'jan@example.org\r\nBcc: eve@example.com',
    'jan\r\nBcc:eve@example.com',
    'jan%0aBcc:eve@example.com',
    'jan%0a@example.com',
    'jan%example.com@example.org',
    'jan@example.org%0abcc',
    'jan@exa%6Dple.org',
    'jan@example.org,eve@example.com',
    'jan,eve@example.com',
    'jan，eve@example.com',
    'jan;eve@example.com',
    'jan@eve@example.com',
    'jan＠eve@example.com',
    '<jan@example.org>',
    'Jan <jan@example.org>',
    '＜jan@example.org',
    '"jan"@example.org',
    '"jan eve"@example.org',
    'jan(comment)@example.org',
    'jan@(comment)example.org',
    'jan@[127.0.0.1]',
    'jan@127.0.0.1',
    'jan@0x7f.1',
    'jan@[IPv6:::1]',
    'jan@example.org:25',
    'jan@example.org/x',
    'jan@example.org?cc=eve@example.com',
    'jan@example.org#x',
    'jan\\@example.org',
    'example.com!jan@example.org',
    '|sh@example.org',
    'jan\u0000@example.org',
    'jan\u2028@example.org',
    'ja\u202en@example.org',
    'jan@exa\u00admple.org',
    'jan@exa\tmple.org',
    'jan\ud800@example.org',
  ])('S47 %j reaches nobody', (typed) => {
    expect(parseEmailAddress(typed)).toEqual({ result: 'email-unreadable' });
  });
});

describe('two addresses', () => {
  test.each([
    ['Jan@example.org', 'jAN@EXAMPLE.org'],
    ['zoe\u0308@example.org', 'ZOË@example.org'],
    ['straße@example.org', 'STRASSE@example.org'],
  ])('%j and %j are one mailbox', (one, other) => {
    expect(emailKey(one)).toBe(emailKey(other));
  });

  it('differ when letters do', () => {
    expect(emailKey('jan@example.org')).not.toBe(emailKey('jan@example.com'));
    expect(emailKey('jan@example.org')).not.toBe(emailKey('jon@example.org'));
  });
});

describe('the form of an address', () => {
  const ownDomains = ['example.org', 'BÜCHER.example'];
  const form = emailForm({ ownDomains, ownMailbox: 'Jan.Jansen+work@example.net' });

  it('gives the method that will be proven', () => {
    const method = form.parse({ address: 'Jan@Example.com' });
    expect(method).toEqual({ kind: 'authentication-email', address: 'Jan@example.com' });
  });

  test.each([
    [{}, 'email-empty'],
    [{ address: ['a@example.com', 'b@example.com'] }, 'email-empty'],
    [{ address: 'jan' }, 'email-unreadable'],
    [{ address: 'jan@example.org' }, 'email-own-domain'],
    [{ address: 'jan@Mail.EXAMPLE.org' }, 'email-own-domain'],
    [{ address: 'jan@xn--bcher-kva.example' }, 'email-own-domain'],
    [{ address: 'jan@post.bücher.example' }, 'email-own-domain'],
    [{ address: 'jan.jansen@example.net' }, 'email-own-mailbox'],
    [{ address: 'JAN.JANSEN+home@EXAMPLE.NET' }, 'email-own-mailbox'],
  ])('%j has the problem %s', (typed, address) => {
    expect(problemsOf(form, typed)).toEqual({ address });
  });

  test.each(['jan@notexample.org', 'jan@example.org.example.com', 'jansen@example.net', '+jan@example.net'])(
    '%s is not our own',
    (address) => {
      expect(form.parse({ address })).toMatchObject({ address });
    },
  );

  it('can be told a shorter length', () => {
    const short = emailForm({ ownDomains: [], ownMailbox: null, maxLength: 20 });
    expect(problemsOf(short, { address: 'jan.jansen@example.com' })).toEqual({ address: 'email-too-long' });
  });
});

describe('whatever is typed', () => {
  it('the parser answers; what it accepts reads as itself, can be stored and carries nothing dangerous', () => {
    fc.assert(
      fc.property(fc.oneof(likeAddress, anyText), (typed) => {
        const read = parseEmailAddress(typed);
        if (read.result !== 'address') return;
        expect(parseEmailAddress(read.address)).toEqual(read);
        expect(emailKey(emailKey(read.address))).toBe(emailKey(read.address));
        expect(read.address.normalize('NFKC')).not.toMatch(/[\s\p{C}<>(),;:"\\[\]%!|`]|@.*@/u);
        expect(
          addressedMethodSchema.safeParse({ kind: 'authentication-email', address: read.address }).success,
        ).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('a domain is written in one form', () => {
    fc.assert(
      fc.property(anyText, (label) => {
        const domain = normaliseDomain(`${label}.example`);
        if (domain !== null) expect(normaliseDomain(domain)).toBe(domain);
      }),
      { numRuns: 3000 },
    );
  });
});
