import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseOfficePhone } from '../../src/methods/office-phone.ts';
import { anyText } from './any-text.ts';
import { fictional } from './fictional-numbers.ts';

describe('an office phone as an administrator types it', () => {
  test.each([
    ['020 794 0000', null],
    ['020 794 0000 ext. 12', '12'],
    ['020 794 0000, extension 12', '12'],
    ['020 794 0000 x12', '12'],
    ['020 794 0000 toestel 12', '12'],
    ['020 794 0000 Tst. 12', '12'],
    ['020 794 0000 tst: 0012', '0012'],
    ['020 794 0000 #12', '12'],
    ['020-7940000 - toestel １２', '12'],
    ['+31 20 794 0000;ext=1234567', '1234567'],
  ])('%j has extension %j', (typed, extension) => {
    expect(parseOfficePhone(typed, 'NL')).toEqual({
      result: 'number',
      number: fictional.nlLandline,
      extension,
    });
  });

  test.each(['+1 202 555 0123', '0800 1234', '088 1234567', '085 1234567', '0612345678'])(
    '%j is welcome',
    (typed) => {
      expect(parseOfficePhone(typed, 'NL').result).toBe('number');
    },
  );

  test.each([
    ['', 'phone-empty'],
    ['toestel 12', 'phone-unreadable'],
    ['0900 1234', 'phone-premium'],
    ['+49 180 5 123456', 'phone-shared-cost'],
    ['066 1234567', 'phone-unknown-kind'],
    ['+44 70 1234 5678', 'phone-unknown-kind'],
    ['+883 5100 12345678', 'phone-unknown-kind'],
    ['020 794 0000 x', 'extension-unreadable'],
    ['020 794 0000 x12345678', 'extension-unreadable'],
    ['020 794 0000 x12a', 'extension-unreadable'],
    [`020 794 0000 x${'1'.repeat(99)}`, 'phone-too-long'],
  ])('S46 %.30j is refused: %s', (typed, result) => {
    expect(parseOfficePhone(typed, 'NL')).toEqual({ result });
  });

  it('always answers, and what it accepts reads as itself', () => {
    const likely = fc.string({
      unit: fc.constantFrom(...'0123456789+ x#.', '020', ' toestel '),
      maxLength: 25,
    });
    fc.assert(
      fc.property(fc.oneof(likely, anyText), (typed) => {
        const read = parseOfficePhone(typed, 'NL');
        if (read.result !== 'number') return;
        const behind = read.extension === null ? '' : ` x${read.extension}`;
        expect(parseOfficePhone(read.number + behind, 'NL')).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});
