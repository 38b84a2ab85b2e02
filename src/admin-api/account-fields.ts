import { z } from '@hono/zod-openapi';
import { isName, normaliseName } from '../administrators/name.ts';
import { parseEmailAddress } from '../methods/email-address.ts';
import { plainText } from './plain-text.ts';

/** The fields of an administrator's account, by the names the door uses. */
export const accountFields = {
  name: z
    .string()
    .max(200)
    .transform((typed, ctx) => {
      const name = normaliseName(typed);
      if (isName(name)) return name;
      ctx.addIssue({ code: 'custom', message: 'administrator-name-unusable' });
      return z.NEVER;
    }),
  displayName: plainText({ min: 1, max: 200 }),
  mail: z
    .string()
    .max(1000)
    .transform((typed, ctx) => {
      const read = parseEmailAddress(typed);
      if (read.result === 'address') return read.address;
      ctx.addIssue({ code: 'custom', message: read.result });
      return z.NEVER;
    }),
  /** Judged by the rules of every new password once the names are known. */
  newPassword: z.string().max(1000),
  token: z.string().max(200),
};
