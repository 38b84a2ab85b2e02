import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { codeForm, parseCode } from '../../src/methods/code-form.ts';
import { anyText } from './any-text.ts';
import { problemsOf } from './problems-of.ts';

describe('a code as people type it', () => {
  test.each([
    '482913',
    '482 913',
    '482-913',
    '482–913',
    '482.913',
    ' 4 8 2 9 1 3 \n',
    '482\u00a0913',
    '４８２９１３',
    '٤٨٢٩١٣',
    '۴۸۲۹۱۳',
    '४८२ ९१३',
    '\u200e482913',
  ])('%j is 482913', (code) => {
    expect(codeForm.parse({ code })).toEqual({ code: '482913' });
  });

  test.each([
    [{}, 'code-empty'],
    [{ code: ' - ' }, 'code-empty'],
    [{ code: ['482913'] }, 'code-empty'],
    [{ code: '48291' }, 'code-not-six-digits'],
    [{ code: '4829133' }, 'code-not-six-digits'],
    [{ code: '48291a' }, 'code-not-six-digits'],
    [{ code: '+482913' }, 'code-not-six-digits'],
    [{ code: '4'.repeat(1_000_000) }, 'code-not-six-digits'],
  ])('%.40j has the problem %s', (typed, code) => {
    expect(problemsOf(codeForm, typed)).toEqual({ code });
  });

  it('is always answered, and keeps its leading zeros', () => {
    expect(codeForm.parse({ code: '000 007' })).toEqual({ code: '000007' });
    fc.assert(
      fc.property(anyText, (typed) => {
        const read = parseCode(typed);
        if (read.result === 'code') expect(read.code).toMatch(/^[0-9]{6}$/);
      }),
    );
  });
});
