import { makeAccessCodes } from './access-codes.ts';
import { makeAnswerHashing } from './answer-hashing.ts';
import { makeAnswerSeal } from './answer-seal.ts';
import { makeAuditSeal } from './audit-seal.ts';
import type { QueueBounds } from './bounded-queue.ts';
import { makeCodes } from './codes.ts';
import { makeHashing } from './hashing.ts';
import type { KeyRing } from './key-ring.ts';
import { makeSealing } from './sealing.ts';
import { makeTokens } from './tokens.ts';

/** Everything that needs a key or a slow hash. */
export type Secrets = ReturnType<typeof makeSecrets>;

/** Makes the secrets of one node from its key ring; `workers` hashes run at once, `waiting` more may queue. */
export function makeSecrets(ring: KeyRing, limits: QueueBounds) {
  const hashing = makeHashing(limits);
  return {
    hashing,
    sealing: makeSealing(ring),
    codes: makeCodes(ring),
    accessCodes: makeAccessCodes(ring),
    tokens: makeTokens(ring),
    answers: makeAnswerHashing(ring, hashing),
    answerSeal: makeAnswerSeal(ring, hashing),
    auditSeal: makeAuditSeal(ring),
  };
}
