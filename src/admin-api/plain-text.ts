import { z } from '@hono/zod-openapi';
import { isPlainText } from '../methods/plain-text.ts';

export { isPlainText };

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
