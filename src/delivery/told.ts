import { z } from 'zod';
import { languages } from '../words/languages.ts';

/** What administrators are told of; names only, never a number, address or code. */
export const toldSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('privileged-person-reset'), userName: z.string() }),
  z.strictObject({ event: z.literal('reset-disowned'), userName: z.string() }),
  z.strictObject({ event: z.literal('budget-nearly-spent') }),
  z.strictObject({ event: z.literal('guessing-noticed') }),
  z.strictObject({ event: z.literal('spray-noticed') }),
  z.strictObject({ event: z.literal('directory-losses'), missing: z.int(), of: z.int() }),
  z.strictObject({ event: z.literal('administrator-invited'), name: z.string() }),
  z.strictObject({ event: z.literal('administrator-added'), name: z.string() }),
  z.strictObject({ event: z.literal('administrator-removed'), name: z.string() }),
  z.strictObject({ event: z.literal('administrator-recovered'), name: z.string() }),
  z.strictObject({ event: z.literal('administrator-mail-changed'), name: z.string() }),
]);
export type Told = z.infer<typeof toldSchema>;

const addressed = {
  to: z.strictObject({ address: z.string().min(1), name: z.string() }),
  language: z.enum(languages),
};

/** A mail to an administrator: what happened, or the code of a sign-in (by its gate, never the code). */
export const administratorMailSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('administrators-told'), ...addressed, told: toldSchema, at: z.int() }),
  z.strictObject({ kind: z.literal('administrator-code'), ...addressed, gate: z.string() }),
]);
export type AdministratorMail = z.infer<typeof administratorMailSchema>;

const kinds: ReadonlySet<string> = new Set(
  administratorMailSchema.options.map(({ shape }) => shape.kind.value),
);

/** Whether a message in the queue is a mail to an administrator. */
export function isAdministratorMail({ kind }: { kind: string }): boolean {
  return kinds.has(kind);
}
