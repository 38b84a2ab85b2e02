import { z } from 'zod';
import { encodings } from './encoding.ts';
import { importFields } from './fields.ts';
import { separators } from './separator.ts';

const place = z.enum([...importFields, 'ignore']);

/** What an administrator chooses for an import; null leaves it to what the file itself tells. */
export const importSettings = z.strictObject({
  separator: z.enum(separators).nullable().default(null),
  encoding: z.enum(encodings).nullable().default(null),
  /** What is in a column, by its header or by its place (`#3`). */
  mapping: z
    .array(z.strictObject({ header: z.string().min(1).max(200), field: place }))
    .max(200)
    .default([]),
  /** The cell that empties a field; null: an empty cell and every other text leave it. */
  clearMarker: z.string().trim().min(1).max(20).nullable().default(null),
  /** Whose numbers are written without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  /** Whether new people get a one-time password, told in the result. */
  firstPasswords: z.boolean().default(false),
});

export type ImportSettings = z.infer<typeof importSettings>;

/** The settings of a file that has just come in. */
export const firstSettings: ImportSettings = importSettings.parse({});
