import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describeMask, maskOf } from '../../src/methods/mask.ts';
import {
  type AddressedMethod,
  addressedMethodSchema,
  channelOf,
  destinationKey,
  destinationOf,
} from '../../src/methods/method.ts';
import { wordsOf } from '../../src/words/words.ts';
import { fictional } from './fictional-numbers.ts';

const phone: AddressedMethod = { kind: 'authentication-phone', number: fictional.nlMobile, channel: 'text' };
const office: AddressedMethod = {
  kind: 'office-phone',
  number: fictional.nlLandline,
  extension: '12',
  channel: 'call',
};
const email: AddressedMethod = { kind: 'authentication-email', address: 'Jan@example.org' };

describe('a method with a destination', () => {
  test.each([
    [phone, 'text', fictional.nlMobile, fictional.nlMobile],
    [office, 'call', fictional.nlLandline, fictional.nlLandline],
    [email, 'mail', 'Jan@example.org', 'jan@example.org'],
  ])('%j knows its channel and destination', (method, channel, destination, key) => {
    expect(channelOf(method)).toBe(channel);
    expect(destinationOf(method)).toBe(destination);
    expect(destinationKey(method)).toBe(key);
    expect(addressedMethodSchema.parse(method)).toEqual(method);
  });

  test.each([
    { kind: 'security-questions' },
    { kind: 'authentication-phone', number: '0612345678', channel: 'text' },
    { kind: 'authentication-phone', number: fictional.nlMobile, channel: 'mail' },
    { kind: 'office-phone', number: fictional.nlLandline, extension: 'x12', channel: 'call' },
    { kind: 'office-phone', number: fictional.nlLandline, extension: null, channel: 'text' },
    { kind: 'authentication-email', address: 'jan@example.org, eve@example.com' },
    { kind: 'authentication-email', address: 'jan@example.org\r\nBcc: eve@example.com' },
  ])('S47 %j is none', (stored) => {
    expect(addressedMethodSchema.safeParse(stored).success).toBe(false);
  });
});

describe('a mask', () => {
  test.each([
    [phone, 'nummer dat eindigt op 78', 'number ending in 78'],
    [office, 'nummer dat eindigt op 00', 'number ending in 00'],
    [email, 'adres dat begint met J, bij example.org', 'address that starts with J, at example.org'],
    [{ ...email, address: 'j@example.org' }, 'adres bij example.org', 'address at example.org'],
    [
      { ...email, address: 'zo@xn--bcher-kva.example' },
      'adres dat begint met z, bij bücher.example',
      'address that starts with z, at bücher.example',
    ],
  ])('of %j is said in both languages', (method, nl, en) => {
    expect(describeMask(wordsOf('nl'), method)).toBe(nl);
    expect(describeMask(wordsOf('en'), method)).toBe(en);
  });

  it('of a number tells no more than its last two digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{4,14}$/), (number) => {
        expect(maskOf({ ...phone, number })).toEqual({ kind: 'number', ending: number.slice(-2) });
        expect(describeMask(wordsOf('nl'), { ...phone, number }).match(/\d/g)).toHaveLength(2);
      }),
    );
  });

  it('of an address is the same for every local part that begins alike', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9.]{1,30}$/), (local) => {
        const same = maskOf({ ...email, address: `${local.charAt(0)}zzz@example.org` });
        expect(maskOf({ ...email, address: `${local}@example.org` })).toEqual(same);
      }),
    );
  });
});
