import { z } from 'zod';
import { emailKey } from './email-address.ts';

/** The four methods, in the order in which people see them. */
export const methodKinds = [
  'office-phone',
  'authentication-phone',
  'authentication-email',
  'security-questions',
] as const;
export type MethodKind = (typeof methodKinds)[number];

/** What carries a code: a text or a call to a number, a mail to an address. */
export type Channel = 'text' | 'call' | 'mail';

// Looser than the forms: a stored method must stay readable when the forms grow stricter.
const number = z.string().regex(/^\+[1-9]\d{4,14}$/);
const address = z
  .string()
  .max(254)
  .regex(/^[^\s\p{Cc}@<>,;:"\\()[\]]+@[a-z0-9.-]+$/u);

/** A method with a destination, as it is stored and carried by a challenge; numbers are E.164. */
export const addressedMethodSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('office-phone'),
    number,
    extension: z
      .string()
      .regex(/^\d{1,7}$/)
      .nullable(),
    channel: z.literal('call'),
  }),
  z.object({ kind: z.literal('authentication-phone'), number, channel: z.enum(['text', 'call']) }),
  z.object({ kind: z.literal('authentication-email'), address }),
]);
export type AddressedMethod = z.infer<typeof addressedMethodSchema>;

/** Tells what carries a code to this method. */
export function channelOf(method: AddressedMethod): Channel {
  return method.kind === 'authentication-email' ? 'mail' : method.channel;
}

/** Gives the number (without extension) or address a message for this method goes to. */
export function destinationOf(method: AddressedMethod): string {
  return method.kind === 'authentication-email' ? method.address : method.number;
}

/** Gives the destination in the one form in which two are compared: equal keys are one destination. */
export function destinationKey(method: AddressedMethod): string {
  return method.kind === 'authentication-email' ? emailKey(method.address) : method.number;
}
