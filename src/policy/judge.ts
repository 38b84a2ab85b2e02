import { type Policy, policySchema } from './policy.ts';

type Reason = 'too-few-for-privileged' | 'all-groups-excluded';

/**
 * What a policy must meet to be saved now. Apart from `policySchema`, by which what was saved before is read: a
 * version from before a rule was made stays readable.
 */
export const newPolicySchema = policySchema.superRefine((policy, ctx) => {
  for (const [path, message] of impossibilities(policy))
    ctx.addIssue({ code: 'custom', path: [path], message });
});

/** Phones and mailboxes a policy offers: for privileged people nothing else counts. */
function possessionOffered(policy: Policy): number {
  return [policy.officePhone, policy.phoneText || policy.phoneCall, policy.authenticationEmail].filter(
    Boolean,
  ).length;
}

function impossibilities(policy: Policy): [keyof Policy, Reason][] {
  const faults: [keyof Policy, Reason][] = [];
  const { enabledFor } = policy;
  const neededOfPrivileged = Math.max(2, policy.methodsToRegister);
  if (policy.privilegedGroups.length > 0 && possessionOffered(policy) < neededOfPrivileged)
    faults.push(['privilegedGroups', 'too-few-for-privileged']);
  if (enabledFor.who === 'groups' && enabledFor.groups.every((group) => enabledFor.except.includes(group)))
    faults.push(['enabledFor', 'all-groups-excluded']);
  return faults;
}
