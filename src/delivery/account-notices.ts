import { z } from 'zod';

/** When it happened, and from where as far as known: a part of a network address, never a whole one. */
const happened = { at: z.int(), place: z.string().max(60).nullable() };

/** The secret of a link: it stands in the sealed content of a message, and goes with it once that is sent. */
const token = z.string().regex(/^[\w-]{43}$/);

/** What happened to an account as a whole; `stop` and `cancel` are the tokens of the links that undo or stop it. */
export const accountNotices = [
  z.strictObject({
    kind: z.literal('password-reset'),
    /** By methods of the person's own, or by a one-time access code, after which the earlier methods are gone. */
    reason: z.enum(['reset', 'access-code']),
    ...happened,
    stop: token,
  }),
  z.strictObject({ kind: z.literal('account-unlocked'), ...happened, stop: token }),
  z.strictObject({ kind: z.literal('password-changed'), ...happened, stop: token }),
  z.strictObject({ kind: z.literal('access-code-issued'), at: z.int(), until: z.int(), stop: token }),
  z.strictObject({ kind: z.literal('change-announced'), ...happened, dueAt: z.int(), cancel: token }),
  z.strictObject({ kind: z.literal('change-cancelled'), ...happened }),
  z.strictObject({ kind: z.literal('account-stopped'), ...happened }),
] as const;

export type AccountNotice = z.infer<(typeof accountNotices)[number]>;

const kinds: ReadonlySet<string> = new Set(accountNotices.map(({ shape }) => shape.kind.value));

/** Whether a notice is about the account as a whole, not about one method. */
export function isAccountNotice(notice: { kind: string }): notice is AccountNotice {
  return kinds.has(notice.kind);
}
