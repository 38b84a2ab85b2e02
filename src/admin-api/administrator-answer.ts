import { z } from '@hono/zod-openapi';
import type { Administrator } from '../administrators/administrator.ts';
import type { Invitation } from '../administrators/invitation.ts';
import { maskedAddress } from '../administrators/masked-address.ts';
import { roles } from '../administrators/rights.ts';
import { languages } from '../words/languages.ts';
import { isoTime } from './door.ts';

const role = z.enum(roles);

/** An account, its mail address as a mask. */
export const administratorAnswer = z
  .strictObject({
    name: z.string(),
    displayName: z.string(),
    role,
    /** As `a…@example.org`; null: can sign in on the machine itself only. */
    mail: z.string().nullable(),
    language: z.enum(languages).nullable(),
    addedAt: z.string(),
    lastSignInAt: z.string().nullable(),
  })
  .openapi('Administrator');

/** An open invitation, without its token. */
export const invitationAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    displayName: z.string(),
    role,
    madeBy: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Invitation');

/** Makes the answer of an account. */
export function administratorAnswerOf(known: Administrator): z.infer<typeof administratorAnswer> {
  const { name, displayName, role: ownRole, mail, language } = known;
  return {
    name,
    displayName,
    role: ownRole,
    mail: mail === null ? null : maskedAddress(mail),
    language,
    addedAt: isoTime(known.addedAt),
    lastSignInAt: isoTime(known.lastSignInAt),
  };
}

/** Makes the answer of an invitation. */
export function invitationAnswerOf(
  { id, name, displayName, role: offered, madeBy, expiresAt }: Invitation,
  names: ReadonlyMap<string, string>,
): z.infer<typeof invitationAnswer> {
  const by = names.get(madeBy ?? '') ?? '';
  return { id, name, displayName, role: offered, madeBy: by, expiresAt: isoTime(expiresAt) };
}
