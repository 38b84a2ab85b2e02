import { z } from '@hono/zod-openapi';
import { overdueReasons } from '../people/overdue.ts';

/** Text of a query; no database need take a NUL. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((typed) => typed.replaceAll('\0', '\ufffd'));

/** Which of the overdue people: all of what is named must hold. */
export const overdueFilter = z.strictObject({
  reason: z.enum(overdueReasons).optional(),
  group: text(100).optional(),
  /** How the user name, the name, or a word of the name begins. */
  prefix: text(100).optional(),
});
