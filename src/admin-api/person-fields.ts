import { z } from '@hono/zod-openapi';
import { parseEmailAddress } from '../methods/email-address.ts';
import { parseOfficePhone } from '../methods/office-phone.ts';
import type { OfficePhone } from '../people/person.ts';
import { normaliseUserName } from '../people/user-name.ts';
import type { Policy } from '../policy/policy.ts';
import { languages } from '../words/languages.ts';
import { plainText } from './plain-text.ts';

const workMailbox = z
  .string()
  .max(1000)
  .transform((typed, ctx) => {
    const read = parseEmailAddress(typed);
    if (read.result === 'address') return read.address;
    ctx.addIssue({ code: 'custom', message: read.result });
    return z.NEVER;
  });

/** The fields of a person that an administrator writes, by the names the door uses. */
export const personFields = {
  userName: z.string().max(256),
  displayName: plainText({ min: 1, max: 200 }),
  language: z.enum(languages).nullable(),
  workMailbox: workMailbox.nullable(),
  /** As people type it, with or without extension; null clears it. */
  officePhone: z.string().max(100).nullable(),
  groups: z.array(plainText({ min: 1, max: 100 })).max(100),
};

/** The user name of a path, in its one normal form. */
export const userNamePath = z.strictObject({
  userName: z
    .string()
    .max(256)
    .transform((typed) => normaliseUserName(typed)),
});

/** Where a page begins: the `next` of the page before, or any user name; no database need take a NUL. */
export const pageStart = z
  .string()
  .max(1500)
  .default('')
  .transform((after) => after.replaceAll('\0', '\ufffd'));

/** The country whose numbers are typed without a country code. */
export function defaultCountry(policy: Policy): string {
  return policy.phoneCountries[0] ?? 'NL';
}

/** Reads an office phone as typed; absent stays absent and null clears it. */
export function readOfficePhone(policy: Policy, typed: string | null | undefined) {
  if (typed === undefined || typed === null) return { result: 'number', officePhone: typed } as const;
  const read = parseOfficePhone(typed, defaultCountry(policy));
  if (read.result !== 'number') return read;
  const officePhone: OfficePhone = { number: read.number, extension: read.extension };
  return { result: 'number', officePhone } as const;
}
