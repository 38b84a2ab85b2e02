import { z } from '@hono/zod-openapi';
import type { AccessCode } from '../access-codes/access-codes.ts';
import { isoTime } from './door.ts';
import { optionalTime } from './person-answer.ts';

/** Names of administrators by id. */
export type Names = ReadonlyMap<string, string>;

/** An open access code, without the code; administrators by name. */
export const accessCodeAnswer = z
  .strictObject({
    id: z.string(),
    state: z.enum(['waiting', 'ready', 'collected']),
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    approvedBy: z.string().nullable(),
    approvedAt: optionalTime,
    collectedAt: optionalTime,
    expiresAt: z.string(),
  })
  .openapi('AccessCode');

/** Makes the answer of an open access code. */
export function accessCodeAnswerOf(names: Names, code: AccessCode): z.infer<typeof accessCodeAnswer> {
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    id: code.id,
    state: code.state,
    reason: code.reason,
    requestedBy: nameOf(code.requestedBy),
    requestedAt: isoTime(code.requestedAt),
    approvedBy: code.approvedBy && nameOf(code.approvedBy),
    approvedAt: isoTime(code.approvedAt),
    collectedAt: isoTime(code.collectedAt),
    expiresAt: isoTime(code.expiresAt),
  };
}
