import { z } from '@hono/zod-openapi';

/** Controls, line breaks, halves of characters and marks that turn the writing direction: never part of a name. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Tells whether a text is one line that shows what it holds. */
export function isPlainText(text: string): boolean {
  return !unfit.test(text);
}

/** One line of text without spaces around it, so long (in characters as code points); markup in it stays text (S48). */
export function plainText({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .max(max * 4)
    .trim()
    .refine((text) => isPlainText(text), { error: 'not-valid' })
    .superRefine((text, ctx) => {
      const length = Array.from(text).length;
      if (length < min) ctx.addIssue({ code: 'custom', message: length === 0 ? 'missing' : 'too-small' });
      if (length > max) ctx.addIssue({ code: 'custom', message: 'too-large' });
    });
}
