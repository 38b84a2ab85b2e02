import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canReceiveText, parsePhoneNumber } from '../../src/methods/personal-phone.ts';
import { formatPhone, isPhoneCountry } from '../../src/methods/phone-number.ts';
import { anyText } from './any-text.ts';
import { fictional, gbDramaMobile } from './fictional-numbers.ts';

const rules = { countries: ['NL', 'BE', 'DE', 'LU', 'FR', 'GB'], defaultCountry: 'NL' };
const prefix = fc.constantFrom(
  '0',
  '06',
  '+316',
  '+31 (0)',
  '0031',
  '+44 7',
  '+44',
  '+49 1',
  '+33 ',
  '+352',
  '+32 4',
  '',
);
const rest = fc.string({
  unit: fc.constantFrom(...'01234567890123456789-. \u00a0٠٦x'),
  minLength: 6,
  maxLength: 11,
});
const typedLikePhone = fc.tuple(prefix, rest).map(([begin, end]) => begin + end);

describe('a phone number as people type it', () => {
  test.each([
    '0612345678',
    '06-12 34 56 78',
    '06 – 12345678',
    '06/12345678',
    '(06) 1234.5678',
    '0031612345678',
    '0031 (0)6 12345678',
    '+31 (0)6 12 34 56 78',
    '+31(0)612345678',
    '(+31) 612345678',
    '31612345678',
    '  +31 6 12345678\n',
    '０６１２３４５６７８',
    '＋３１（０）６１２３４５６７８',
    '٠٦١٢٣٤٥٦٧٨',
    '०६१२३४५६७८',
    '06\u00a01234\u20095678',
    '\u202a06 12345678\u202c',
    '06\u200b12345678',
    '06‑12345678',
  ])('%j is the same mobile', (typed) => {
    const number = fictional.nlMobile;
    expect(parsePhoneNumber(typed, rules)).toEqual({
      result: 'number',
      number,
      country: 'NL',
      type: 'mobile',
    });
  });

  test.each([
    [fictional.beMobile, 'BE', 'mobile'],
    [fictional.deMobile, 'DE', 'mobile'],
    [fictional.luMobile, 'LU', 'mobile'],
    [fictional.deLandline, 'DE', 'landline'],
    [fictional.frLandline, 'FR', 'landline'],
    [fictional.gbLandline, 'GB', 'landline'],
    [fictional.nlInternet, 'NL', 'landline'],
  ])('%s is of %s and a %s', (number, country, type) => {
    expect(parsePhoneNumber(number, rules)).toEqual({ result: 'number', number, country, type });
  });

  it('can be a mobile or a landline where the plan tells no difference', () => {
    const read = parsePhoneNumber('(202) 555-0123', { countries: ['US'], defaultCountry: 'US' });
    expect(read).toMatchObject({ number: fictional.usEither, type: 'mobile-or-landline' });
    expect(canReceiveText('mobile-or-landline')).toBe(true);
  });

  it('follows the plan of the default country handed in', () => {
    const read = parsePhoneNumber('0152 28817386', { ...rules, defaultCountry: 'DE' });
    expect(read).toMatchObject({ number: fictional.deMobile });
  });

  it('needs a country code when the default country is none', () => {
    expect(isPhoneCountry('XX')).toBe(false);
    expect(parsePhoneNumber('0612345678', { ...rules, defaultCountry: 'XX' }).result).toBe(
      'phone-unreadable',
    );
    expect(parsePhoneNumber('+31612345678', { ...rules, defaultCountry: 'XX' }).result).toBe('number');
  });
});

describe('S46 a number that codes must not go to is refused with the reason', () => {
  test.each([
    ['', 'phone-empty'],
    [' \u00a0\u200b', 'phone-empty'],
    ['abc', 'phone-unreadable'],
    ['O612345678', 'phone-unreadable'],
    ['1-800-FLOWERS', 'phone-unreadable'],
    ['++31612345678', 'phone-unreadable'],
    ['06 12345678, 06 12345679', 'phone-unreadable'],
    ['+31612345678@example.org', 'phone-unreadable'],
    ['#31#0612345678', 'phone-unreadable'],
    ['1', 'phone-too-short'],
    ['112', 'phone-too-short'],
    ['+31207940000000000', 'phone-too-long'],
    ['0612345678 0612345679', 'phone-too-long'],
    ['0'.repeat(61), 'phone-too-long'],
    ['9'.repeat(1_000_000), 'phone-too-long'],
    ['06 1234567', 'phone-not-existing'],
    ['01 2345678', 'phone-not-existing'],
    [gbDramaMobile, 'phone-not-existing'],
    ['+1 202 555 0123', 'phone-country-not-allowed'],
    ['+358 40 1234567', 'phone-country-not-allowed'],
    ['+44 7624 400000', 'phone-country-not-allowed'],
    ['+44 7781 123456', 'phone-country-not-allowed'],
    ['+44 1534 123456', 'phone-country-not-allowed'],
    ['+262 692 123456', 'phone-country-not-allowed'],
    ['+883 5100 12345678', 'phone-country-not-allowed'],
    ['+979 123456789', 'phone-country-not-allowed'],
    ['+800 12345678', 'phone-country-not-allowed'],
    ['0900 1234', 'phone-premium'],
    ['0909 123456', 'phone-premium'],
    ['+44 871 123 4567', 'phone-premium'],
    ['+33 899 12 34 56', 'phone-premium'],
    ['+49 180 5 123456', 'phone-shared-cost'],
    ['0800 1234', 'phone-unknown-kind'],
    ['088 1234567', 'phone-unknown-kind'],
    ['066 1234567', 'phone-unknown-kind'],
    ['+44 70 1234 5678', 'phone-unknown-kind'],
    ['+49 700 12345678', 'phone-unknown-kind'],
    ['020 794 0000 ext. 12', 'phone-has-extension'],
    ['020 794 0000 toestel 12', 'phone-has-extension'],
    ['+31612345678;ext=12', 'phone-has-extension'],
    ['0612345678 #', 'phone-has-extension'],
  ])('%.30j → %s', (typed, result) => {
    expect(parsePhoneNumber(typed, rules)).toEqual({ result });
  });

  it('also when it is of no country and the list is odd', () => {
    const everywhere = { countries: ['NL', '001', ''], defaultCountry: 'NL' };
    expect(parsePhoneNumber('+979 123456789', everywhere)).toEqual({ result: 'phone-country-not-allowed' });
  });
});

describe('whatever is typed', () => {
  it('the parser answers, and what it accepts reads as itself, also when written for people', () => {
    const any = fc.oneof(anyText, typedLikePhone);
    fc.assert(
      fc.property(any, fc.constantFrom('NL', 'GB', 'FR', 'XX'), (typed, defaultCountry) => {
        const read = parsePhoneNumber(typed, { ...rules, defaultCountry });
        if (read.result !== 'number') return;
        expect(parsePhoneNumber(read.number, rules)).toEqual(read);
        expect(parsePhoneNumber(formatPhone(read.number), rules)).toEqual(read);
      }),
      { numRuns: 3000 },
    );
  });

  it('a mobile of random digits is accepted however it is grouped', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', '/');
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000_000, max: 49_999_999 }),
        fc.array(separator, { minLength: 10, maxLength: 10 }),
        (digits, separators) => {
          const typed = [...`06${digits}`].map((digit, i) => digit + separators[i]).join('');
          expect(parsePhoneNumber(typed, rules)).toMatchObject({ number: `+316${digits}`, type: 'mobile' });
        },
      ),
    );
  });
});

test('a number is written international and grouped, and anything else as it is', () => {
  expect(formatPhone(fictional.nlMobile)).toBe('+31 6 12345678');
  expect(formatPhone(fictional.deLandline)).toBe('+49 30 23125000');
  expect(formatPhone('nonsense')).toBe('nonsense');
});
