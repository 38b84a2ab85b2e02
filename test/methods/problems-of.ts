import type { z } from 'zod';

/** The problem codes a form finds in what was typed, by field; fails when it finds none. */
export function problemsOf(form: z.ZodType, typed: unknown): Record<string, string> {
  const parsed = form.safeParse(typed);
  if (parsed.success) throw new Error('the form accepted it');
  return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
}
