import { z } from 'zod';
import type { Db, Time } from '../store/schema.ts';
import { defaultPolicy, type Policy, policySchema, storedPolicySchema } from './policy.ts';

const {
  enabledFor,
  officePhone,
  phoneText,
  phoneCall,
  authenticationEmail,
  securityQuestions,
  methodsToReset,
  methodsToRegister,
  questionsToRegister,
  questionsToReset,
  privilegedGroups,
} = policySchema.shape;

const askingSchema = z.object({
  enabledFor,
  officePhone,
  phoneText,
  phoneCall,
  authenticationEmail,
  securityQuestions,
  methodsToReset,
  methodsToRegister,
  questionsToRegister,
  questionsToReset,
  privilegedGroups,
});

/** The part of a policy that says who must prove what. */
export type Asking = z.infer<typeof askingSchema>;

/** What was asked from a moment on. */
export interface AskedFrom {
  at: Time;
  asking: Asking;
}

/** The policy in force, and what it and the versions before it asked: newest first, each differing from the one before. */
export interface Terms {
  policy: Policy;
  askings: readonly AskedFrom[];
}

/** So many changes of what is asked are remembered; the oldest of them then counts as asked of everybody anew. */
const remembered = 20;

const askingsSchema = z.array(z.object({ at: z.number(), asking: askingSchema })).min(1);

/** The terms of a new house: its default policy, asked since ever. */
export const defaultTerms: Terms = {
  policy: defaultPolicy,
  askings: [{ at: 0, asking: askingSchema.parse(defaultPolicy) }],
};

/** The terms as they would be with this policy in force from `at` on. */
export function termsAfter({ askings }: Terms, policy: Policy, at: Time): Terms {
  const asking = askingSchema.parse(policy);
  const same = JSON.stringify(askings[0]?.asking) === JSON.stringify(asking);
  return { policy, askings: same ? askings : [{ at, asking }, ...askings].slice(0, remembered) };
}

/** Reads the policy in force with what was asked when. */
export async function readTerms(db: Db): Promise<Terms> {
  const row = await db
    .selectFrom('policies')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return defaultTerms;
  if (row.askings === null) return replayTerms(db);
  const policy = storedPolicySchema.parse(JSON.parse(row.policy));
  return { policy, askings: askingsSchema.parse(JSON.parse(row.askings)) };
}

/** Versions from before `askings` were kept with each: what was asked when follows from all of them. */
async function replayTerms(db: Db): Promise<Terms> {
  const rows = await db.selectFrom('policies').select(['at', 'policy']).orderBy('version').execute();
  return rows.reduce(
    (terms, row) => termsAfter(terms, storedPolicySchema.parse(JSON.parse(row.policy)), row.at),
    defaultTerms,
  );
}
