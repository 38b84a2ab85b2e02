import { z } from 'zod';
import { plainDigits } from './digits.ts';
import { addProblem } from './problem.ts';
import { typedText } from './typed-text.ts';

/** Reads a code as people type it: groups, hyphens and digits of other scripts are forgiven; never throws. */
export function parseCode(
  text: string,
): { result: 'code'; code: string } | { result: 'code-empty' | 'code-not-six-digits' } {
  if (text.length > 100) return { result: 'code-not-six-digits' };
  const code = plainDigits(text).replace(/[\s\p{Pd}\u2212.]/gu, '');
  if (code === '') return { result: 'code-empty' };
  return /^\d{6}$/.test(code) ? { result: 'code', code } : { result: 'code-not-six-digits' };
}

/** The form `{code}`: six digits 0–9 come out, whatever was between them. */
export const codeForm = z.object({ code: typedText }).transform((typed, ctx) => {
  const read = parseCode(typed.code);
  if (read.result === 'code') return { code: read.code };
  addProblem(ctx, read.result, 'code');
  return z.NEVER;
});
