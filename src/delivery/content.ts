import { z } from 'zod';
import { languages } from '../words/languages.ts';
import { accountNotices } from './account-notices.ts';
import { channels } from './delivery.ts';
import { reminderNotice } from './reminder-notice.ts';

/** Where a message goes; `extension` matters to a call only, `name` to a mail only. */
export const destinationSchema = z.strictObject({
  channel: z.enum(channels),
  address: z.string().min(1),
  name: z.string().optional(),
  extension: z.string().nullish(),
});
export type Destination = z.infer<typeof destinationSchema>;

/** As much of a challenge's sealed `value` as delivery needs: where its code goes. */
export const addressedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('authentication-phone'),
    number: z.string(),
    channel: z.enum(['text', 'call']),
  }),
  z.object({ kind: z.literal('office-phone'), number: z.string(), extension: z.string().nullish() }),
  z.object({ kind: z.literal('authentication-email'), address: z.string() }),
]);
export type Addressed = z.infer<typeof addressedSchema>;

/** Makes the destination of a message to a method, by the channel the method names. */
export function makeDestination(method: Addressed): Destination {
  switch (method.kind) {
    case 'authentication-phone':
      return { channel: method.channel, address: method.number };
    case 'office-phone':
      return { channel: 'call', address: method.number, extension: method.extension ?? null };
    case 'authentication-email':
      return { channel: 'mail', address: method.address };
  }
}

const methodFacts = {
  method: z.enum(['office-phone', 'authentication-phone', 'authentication-email']),
  at: z.int(),
};

const methodNotices = [
  z.strictObject({ kind: z.literal('method-added'), ...methodFacts }),
  z.strictObject({ kind: z.literal('method-changed'), ...methodFacts }),
  z.strictObject({ kind: z.literal('method-removed'), ...methodFacts }),
  z.strictObject({ kind: z.literal('questions-changed'), at: z.int() }),
] as const;

/** A change of a method: which kind and when, never a number, address or answer. */
export type MethodNotice = z.infer<(typeof methodNotices)[number]>;

/** What a notice tells: a change of a method, something that happened to the account as a whole, or what is due. */
export const noticeSchema = z.discriminatedUnion('kind', [
  ...methodNotices,
  ...accountNotices,
  reminderNotice,
]);
export type Notice = z.infer<typeof noticeSchema>;

/** The content of a notice as it is sealed in the queue. */
export const noticeContentSchema = z.strictObject({
  to: destinationSchema,
  language: z.enum(languages),
  notice: noticeSchema,
});
export type NoticeContent = z.infer<typeof noticeContentSchema>;
